"""Counts the access rows that a request writes, also where it is undone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

_INSERT = 'INSERT INTO "audit_accesslog"'


@contextmanager
def access_rows() -> Iterator[list[str]]:
    """Inside, the statements that write one are noted."""
    noted: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(_INSERT):
            noted.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield noted
