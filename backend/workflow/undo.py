"""For how long somebody may take back what they have just written (architecture.md, Undo; docs/adr/0045)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.core import clock

# The time in which one sees that it was the wrong file, the wrong box or the wrong child.
UNDO_WITHIN = timedelta(minutes=10)
TOO_LATE = "More than 10 minutes have passed. Correct it with a reason instead."


def undo_until(written_at: datetime) -> datetime | None:
    """Return until when what was written then can be taken back; None when it is too late."""
    until = written_at + UNDO_WITHIN
    return until if clock.now() <= until else None


def past_of(target: Any, *, most: int = 2) -> list[Any]:
    """Return the last rows of a record's history, the latest first: how it is, and how it was before that."""
    return list(target.history.filter(id=target.id).order_by("-version")[:most])


def first_event_of(target: Any) -> UUID:
    """Return the event by which a record was written: what its undoing points to."""
    kept = target.history.filter(id=target.id).order_by("version")
    event_id: UUID = kept.values_list("event_id", flat=True)[0]
    return event_id
