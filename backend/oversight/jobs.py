"""What the worker does: once an hour, say which emergency readings nobody has decided about in time."""

from backend.notifications.schedule import register_job
from backend.oversight import commands


def register() -> None:
    """Put it on the schedule."""
    register_job(commands.JOB, cron="35 * * * *", run=commands.remind)
