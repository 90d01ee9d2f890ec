"""Looks through every table of the database, and the store of documents, for ids and words."""

from collections.abc import Collection
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connections

# Ids only, and they outlive what they speak of: who looked, and the proof of what was deleted.
OUTLIVES = {"audit_accesslog", "retention_certificate"}


def rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Read as the owner, whom no row policy holds."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def tables_that_name(words: Collection[str | UUID]) -> dict[str, list[str]]:
    """Which tables have a row in which one of these stands, in any column and of any type, and which of them."""
    tables = [name for (name,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    wanted = [str(word) for word in words]
    found = {}
    for table in tables:
        there = rows(
            f"SELECT DISTINCT w FROM {table} t CROSS JOIN unnest(%s::text[]) w WHERE strpos(t::text, w) > 0",
            wanted,
        )
        if there:
            found[table] = [word for (word,) in there]
    return {table: words for table, words in found.items() if table not in OUTLIVES}


def files_that_hold(folder: Path, content: bytes) -> list[Path]:
    """Which files have these bytes in them."""
    return [path for path in folder.rglob("*") if path.is_file() and content in path.read_bytes()]
