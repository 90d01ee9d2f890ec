"""What the worker does: once a day, publish the months that are ready."""

from backend.access.binding import acting_as_system
from backend.insights.commands import publish_months
from backend.notifications.schedule import register_job

JOB = "insights.publish_months"


def register() -> None:
    """Put it on the schedule, at night: most nights there is nothing to do."""
    register_job(JOB, cron="25 2 * * *", run=publish)


def publish() -> int:
    """Publish what is ready, in one transaction; return how many months."""
    with acting_as_system(job=JOB):
        return publish_months()
