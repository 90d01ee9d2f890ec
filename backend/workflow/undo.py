"""For how long somebody may take back what they have just written (architecture.md, Undo)."""

from datetime import datetime, timedelta

from backend.core import clock

# The time in which one sees that it was the wrong file, the wrong box or the wrong child.
UNDO_WITHIN = timedelta(minutes=10)


def undo_until(written_at: datetime) -> datetime | None:
    """Return until when what was written then can be taken back; None when it is too late."""
    until = written_at + UNDO_WITHIN
    return until if clock.now() <= until else None
