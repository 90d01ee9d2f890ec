"""Inserting rows of several tables in one statement: one way to the database, and no row without the others."""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model
from django.db.models.sql import InsertQuery


def insert_together(*groups: Sequence[Model]) -> None:
    """Insert each group, rows of one table with their keys set, in one statement; raise what inserting raises.

    All rows are judged by what row-level security sees before the statement: none may depend on another one of it.
    """
    compiled = [_insert(group) for group in groups if group]
    if not compiled:
        return
    *before, (last, values) = compiled
    named = [f"written_{number} AS ({sql})" for number, (sql, _values) in enumerate(before)]
    beginning = f"WITH {', '.join(named)} " if named else ""
    with connection.cursor() as cursor:
        cursor.execute(beginning + last, [*(value for _sql, given in before for value in given), *values])
    for group in groups:
        for row in group:
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def _insert(rows: Sequence[Model]) -> tuple[str, Sequence[Any]]:
    model = type(rows[0])
    query = InsertQuery(model)
    query.insert_values(model._meta.local_concrete_fields, list(rows))
    ((sql, values),) = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    return sql, values
