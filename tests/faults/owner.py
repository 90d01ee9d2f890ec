"""What the owner of the tables sees of a database whose server was killed: every row, and who is still connected."""

import time
from typing import Any

from django.db import connections

from tests.faults.broken import ALWAYS

Contents = dict[str, tuple[Any, ...]]
_ASKED = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'alongside_web'"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_DIGEST = "SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{}\" t"


def read(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def contents() -> Contents:
    """What every table holds that not every request writes, whatever comes of it."""
    return {table: read(_DIGEST.format(table))[0] for (table,) in read(_TABLES) if table not in ALWAYS}


def wait_until_nobody_is_connected() -> None:
    """The database notices a dead client when it next speaks to it; what it has committed by then counts."""
    connections["default"].close()
    deadline = time.monotonic() + 30
    while read(_ASKED)[0][0]:
        assert time.monotonic() < deadline, "a transaction of the killed server goes on"
        time.sleep(0.02)
