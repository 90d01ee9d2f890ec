"""A caseload as large as somebody's really is: the first case comes by the real edges, the others are like it."""

from typing import Any

from django.db import connections

from backend.access.actors import Actor
from backend.cases.models import Case
from backend.core.ids import uuid7
from tests.administration.leading import as_system, led_by

_COLUMNS = "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"


def many_cases(who: Actor, number: int) -> list[Case]:
    """Open cases of `number` children, all led by `who`."""
    first = led_by(who)
    with connections["owner"].cursor() as cursor:
        for each in range(1, number):
            child = _like(cursor, "children_child", first.child_id, id=uuid7())
            _like(cursor, "cases_case", first.id, id=uuid7(), reference=f"C-MANY-{each}", child_id=child)
    return as_system(Case, lead_practitioner_id=who.user_id)


def _like(cursor: Any, table: str, original: Any, **other: Any) -> Any:
    """Write a row that is like another one but for these columns; return its key."""
    cursor.execute(_COLUMNS, [table])
    kept = ", ".join(name for (name,) in cursor.fetchall() if name not in other)
    places = ", ".join("%s" for _ in other)
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(other)}, {kept}) SELECT {places}, {kept} FROM {table} WHERE id = %s",
        [*other.values(), original],
    )
    return other["id"]
