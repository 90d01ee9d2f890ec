"""Several counts in one statement."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet


def count_together(querysets: Sequence[QuerySet[Any]]) -> list[int]:
    """Return how many rows each of these has, in one statement and in their order.

    They are counted as they stand, so that a slice bounds the work. Raises EmptyResultSet for one that can have none.
    """
    statements: list[str] = []
    values: list[Any] = []
    for queryset in querysets:
        compiled, given = queryset.query.sql_with_params()
        statements.append(f"(SELECT count(*) FROM ({compiled}) AS one)")  # noqa: S608 - compiled by Django
        values += list(given)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(statements)}", values)
        return list(cursor.fetchone())
