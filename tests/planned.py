"""What tests ask of many tables again and again: planning so many row policies takes longer than answering."""

from typing import Any

import psycopg
from django.db import connection


def asked(statement: str) -> list[tuple[Any, ...]]:
    """What the running transaction answers; a connection plans the statement once."""
    with psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(statement, prepare=True).fetchall()
