"""What the worker does: keep figures counted every minute and, once a day, publish the months that are ready."""

from backend.access.binding import acting_as_system
from backend.insights import refreshing
from backend.insights.commands import publish_months
from backend.notifications.schedule import EVERY_MINUTE, register_job

JOB = "insights.publish_months"


def register() -> None:
    """Put them on the schedule; months at night: most nights there is nothing to do."""
    register_job(JOB, cron="25 2 * * *", run=publish)
    register_job(refreshing.JOB, cron=EVERY_MINUTE, run=refreshing.refresh_for_a_while)


def publish() -> int:
    """Publish what is ready, in one transaction; return how many months."""
    with acting_as_system(job=JOB):
        return publish_months()
