"""For how long somebody may take back what they have just written (architecture.md, Undo; docs/adr/0045)."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
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


def done_until(past: Sequence[Any]) -> datetime | None:
    """Return until when the last thing done to a record can be undone."""
    return undo_until(past[0].history_date) if past else None


def why_not_undone(past: Sequence[Any], actor: Actor, verbs: Collection[str]) -> Iterator[str]:
    """Yield why somebody cannot undo the last thing done to a record: it is not one of `verbs`, not theirs, too late.

    `past` is its history, the latest first; to undo something is a thing done too, so nothing is undone twice.
    """
    last = past[0] if past else None
    if last is None or last.history_change_reason not in verbs:
        yield "What was done here last cannot be undone. Correct it with a reason instead."
    elif last.history_user_id != actor.user_id:
        yield "Only the person who did this can undo it. Correct it with a reason instead."
    elif done_until(past) is None:
        yield TOO_LATE
