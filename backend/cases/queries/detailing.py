"""Reads of a child's own details at a case: what they were, a home that must not be found, and who else works."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from backend.access.marks import Mark
from backend.audit.models import Event
from backend.children.models import Address, Child

# Further back, the history of the case itself is read.
MOST = 50
# The kind of a place where the child learns, among addresses that are kept apart.
LEARNS = "learns"


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else who works with the child, with the record of theirs that a message may lead them to."""

    root_id: UUID
    reference: str
    path: str
    agency_id: UUID
    person_id: UUID | None
    # What was put right stands in the record they read; others have their own.
    reads_it: bool


def past_of(child: Child) -> list[Any]:
    """Return what a record of a child was, the latest first."""
    return list(child.history.filter(id=child.id).order_by("-history_date", "-history_id")[:MOST])


def events_behind(past: Sequence[Any]) -> dict[UUID, Event]:
    """Return by whom and why each of these rows was written, as far as the reader reads it."""
    return Event.objects.in_bulk([row.event_id for row in past if row.event_id])


def protected_homes(case_id: UUID) -> QuerySet[Address]:
    """Return where the child of a case lives and learns who must not be found; none for who may not ask for it."""
    return Address.objects.filter(root_id=case_id, mark=Mark.LOCATION.value, until_on=None).order_by("-id")


def hides_whereabouts(case_id: UUID) -> bool:
    """Say whether nobody must find the child of a case, said at whichever of its records; for who reads the case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.hides_whereabouts(%s)", [case_id])
        return bool(cursor.fetchone()[0])


def others_with(event_id: UUID) -> list[Other]:
    """Return who else works with the child that one's own change of its details is about, to be told of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT root_id, reference, path, agency_id, person_id, reads_it FROM app.others_with_child(%s)", [event_id]
        )
        return [Other(*row) for row in cursor.fetchall()]
