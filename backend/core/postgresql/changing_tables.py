"""How tables are changed while people work: their locks are asked for briefly and again, and nobody queues behind."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.errors import DeadlockDetected, LockNotAvailable

# Whoever wants the table after us waits behind us: not longer than a page may take to open.
BRIEFLY = "SET lock_timeout = '700ms'"
AT_LENGTH = "SET lock_timeout = 0"
PAUSE_SECONDS = 2.0
# Ten minutes of asking: whatever holds a table for longer has to be looked at by somebody.
TRIES = 200
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
            if not left or not isinstance(refused.__cause__, LockNotAvailable | DeadlockDetected):
                raise
        say("A table is in use; trying again in a moment.")
        time.sleep(PAUSE_SECONDS)
    raise AssertionError("the last try returns or raises")


@contextmanager
def _asking_briefly(connection: BaseDatabaseWrapper) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(BRIEFLY)
    try:
        with connection.execute_wrapper(_at_length_where_nobody_waits):
            yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")


def _at_length_where_nobody_waits(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """An index that is made beside the work of others waits for them, and they do not wait for it.

    Given up, it would leave half an index.
    """
    if "CONCURRENTLY" not in str(sql):
        return execute(sql, params, many, context)
    own = context["connection"].connection
    own.execute(AT_LENGTH)
    try:
        return execute(sql, params, many, context)
    finally:
        own.execute(BRIEFLY)
