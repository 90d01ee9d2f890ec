"""Who else is at a record."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from backend.core import clock
from backend.presence.rules import LASTS


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has the record open, in the words in which colleagues know them."""

    name: str
    agency: str
    is_writing: bool


def may_be_at(root_id: UUID) -> bool:
    """Return whether the actor reads what the record says; nobody else is told who is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.reads_root(%s)", [root_id])
        row = cursor.fetchone()
    return bool(row and row[0])


def others_at(root_id: UUID) -> list[Present]:
    """Return who else has said within the last minute that they have it open; nobody where one may not read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, agency, is_writing FROM app.present_at(%s, %s)", [root_id, clock.now() - LASTS])
        return [Present(*row) for row in cursor.fetchall()]
