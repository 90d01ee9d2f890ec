"""Of which records information governance may ask that they are sealed, and what it has asked for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

_CALLED = "SELECT id, noun, child_id, reference FROM app.record_to_seal_called(%s)"
_PROPOSED = "SELECT id, root_id, child_id, noun, reference, edge, asked_at FROM app.seals_proposed()"


@dataclass(frozen=True, slots=True)
class Record:
    """A case, or a referral that is none yet, by its reference."""

    id: UUID
    noun: str
    child_id: UUID
    reference: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What somebody asked for and still waits for."""

    id: UUID
    record_id: UUID
    child_id: UUID
    noun: str
    reference: str
    edge: str
    asked_at: datetime


def records_called(reference: str) -> list[Record]:
    """Return the record of the actor's own agency that is called so, or nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_CALLED, [reference])
        return [Record(*row) for row in cursor.fetchall()]


def proposed() -> list[Proposed]:
    """Return what the actor asked for and nobody has answered, the longest waiting first."""
    with connection.cursor() as cursor:
        cursor.execute(_PROPOSED)
        return [Proposed(*row) for row in cursor.fetchall()]
