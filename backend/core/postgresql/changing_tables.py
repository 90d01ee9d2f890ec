"""How tables are changed while people work: their locks are asked for briefly and again, and nobody queues behind."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.errors import DeadlockDetected, LockNotAvailable
from psycopg.pq import TransactionStatus

# Whoever wants a table after us waits behind us: for one lock we wait so long, and for all of one transaction together
# less than the second after which PostgreSQL ends one of two who wait for each other. That would be one of theirs.
LONGEST_MS, TOGETHER_MS = 400, 900
PAUSE_SECONDS = 2.0
# Ten minutes of asking: whatever holds a table for longer has to be looked at by somebody.
TRIES = 200
# What locks rows, and no table against those who work in it.
_ROWS_ONLY = ("SELECT", "INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE")
# What the server says of a table that somebody holds.
IN_USE = (LockNotAvailable, DeadlockDetected)
Done = TypeVar("Done")


def patiently(
    connection: BaseDatabaseWrapper, work: Callable[[], Done], *, say: Callable[[str], object], tries: int = TRIES
) -> Done:
    """Do work that locks tables, again from where it stands for as long as somebody holds one of them.

    Raise OperationalError where it is never let in. Each try must be a transaction, or go on where the last one ended.
    """
    for left in reversed(range(tries)):
        try:
            with _asking_briefly(connection):
                return work()
        except OperationalError as refused:
            if not left or not isinstance(refused.__cause__, IN_USE):
                raise
        say("A table is in use; trying again in a moment.")
        time.sleep(PAUSE_SECONDS)
    raise AssertionError("the last try returns or raises")


@contextmanager
def _asking_briefly(connection: BaseDatabaseWrapper) -> Iterator[None]:
    try:
        with connection.execute_wrapper(_Briefly()):
            yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")


class _Briefly:
    """Says before each statement how long it may wait for a lock, counted from the first change of its transaction."""

    def __init__(self) -> None:
        self._began: float | None = None

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        own = context["connection"].connection
        status = own.info.transaction_status
        # In one that has failed nothing is heard but that it is taken back.
        if status != TransactionStatus.INERROR:
            own.execute(f"SET lock_timeout = {self._milliseconds(str(sql), begins=status == TransactionStatus.IDLE)}")
        return execute(sql, params, many, context)

    def _milliseconds(self, sql: str, *, begins: bool) -> int:
        if "CONCURRENTLY" in sql:
            # It waits for others, and they do not wait for it; given up, it would leave half an index.
            return 0
        if begins:
            self._began = None
        if self._began is None and not sql.lstrip().upper().startswith(_ROWS_ONLY):
            self._began = time.monotonic()
        gone = 0.0 if self._began is None else (time.monotonic() - self._began) * 1000
        return max(1, min(LONGEST_MS, TOGETHER_MS - int(gone)))


def statements_of(text: str) -> Iterator[str]:
    """Yield the statements of a file one by one, so that each says how long it waits for its table."""
    statement = ""
    for line in text.splitlines(keepends=True):
        statement += line
        is_remark = line.startswith("--")
        if not is_remark and line.rstrip().endswith(";") and statement.count("$$") % 2 == 0:
            yield statement
            statement = ""
    if statement.strip():
        yield statement
