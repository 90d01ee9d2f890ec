"""What the worker does: each minute it reads on in the log; once an hour it says what nobody has decided about."""

from backend.notifications.schedule import EVERY_MINUTE, register_job
from backend.oversight import commands, watching


def register() -> None:
    """Put them on the schedule."""
    register_job(commands.JOB, cron="35 * * * *", run=commands.remind)
    register_job(watching.JOB, cron=EVERY_MINUTE, run=watching.watch)
