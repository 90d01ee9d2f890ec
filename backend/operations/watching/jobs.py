"""What the worker does by the clock: it looks at what Alongside stands on, and warns in its log of what is not well."""

import structlog

from backend.notifications.schedule import EVERY_MINUTE, register_job
from backend.operations.watching.dependencies import findings

JOB = "operations.look_after"
log = structlog.get_logger(__name__)


def register() -> None:
    """Put it on the schedule."""
    register_job(JOB, cron=EVERY_MINUTE, run=look_after)


def look_after() -> int:
    """Warn of each thing that is not well; return how many there are."""
    ill = [one for one in findings(using="default") if not one.is_well]
    for one in ill:
        log.warning("not well", dependency=one.name, reason=one.reason)
    return len(ill)
