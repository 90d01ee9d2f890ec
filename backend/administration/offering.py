"""What this app offers at the records of the apps below it, and what its worker looks for."""

from functools import partial
from typing import Any

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.administration.commands import conflicts
from backend.administration.serializers.conflicts import addition
from backend.notifications.schedule import EVERY_MINUTE, register_job
from backend.workflow.options import also_offer

NOUNS = ("referral", "case", "intervention")


def register() -> None:
    """Offer at each record about a child to declare a conflict, and put finding children on the worker's schedule."""
    for noun in NOUNS:
        also_offer(noun, partial(_conflict, noun))
    register_job(conflicts.JOB, cron=EVERY_MINUTE, run=conflicts.find_children)


def _conflict(noun: str, actor: Actor, target: Any) -> dict[str, Any] | None:
    if target.child_id is None or not policy.holds(actor, Permission.CONFLICT_DECLARE):
        return None
    return addition(noun, target)
