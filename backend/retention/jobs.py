"""What the worker does: holds after a death, the days on which records become due, and orders whose days are over."""

from backend.notifications.schedule import register_job
from backend.retention.commands import computing, disposing, holding


def register() -> None:
    """Put them on the schedule."""
    register_job(holding.JOB, cron="*/5 * * * *", run=holding.hold_after_deaths)
    register_job(computing.JOB, cron="17 * * * *", run=computing.compute_all)
    register_job(disposing.JOB, cron="41 * * * *", run=disposing.carry_out_all)
