"""What the worker does: nobody needs to know tomorrow who had a record open today."""

from backend.access.binding import acting_as_system
from backend.notifications.schedule import register_job
from backend.presence.commands import forget

FORGET = "presence.forget"


def register() -> None:
    """Register with the worker, once a night."""
    register_job(FORGET, cron="40 3 * * *", run=forget_old)


def forget_old() -> int:
    """Forget, in one transaction; return how many rows."""
    with acting_as_system(job=FORGET):
        return forget()
