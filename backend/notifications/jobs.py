"""The periodic jobs of this app, and of the access and audit apps below it, which know no schedule."""

from backend.access import shared
from backend.audit import checkpoints
from backend.notifications import email, heartbeat, retention
from backend.notifications.schedule import EVERY_MINUTE, register_job


def register() -> None:
    """Register them with the worker."""
    register_job("notifications.digest", cron="2 * * * *", run=email.make_digests)
    register_job("notifications.forget_stopped_workers", cron="15 3 * * *", run=heartbeat.forget_stopped)
    register_job("notifications.forget_sent", cron="25 3 * * *", run=retention.forget_sent)
    register_job("access.forget_shared", cron="35 3 * * *", run=shared.forget_expired)
    register_job(checkpoints.JOB, cron=EVERY_MINUTE, run=checkpoints.make_checkpoints)
