"""The worker carries what two people recorded to every other record of the child, whichever agency has it.

Their clocks have stopped already, and nobody who is not named sees them (children/sql/40_death.sql); here each comes to
rest, or goes on, as the one at which it was recorded.
"""

from typing import Any
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError

from backend.access.binding import acting_as_system
from backend.cases.commands import case_machine
from backend.children import commands as children
from backend.children.models import Death
from backend.referrals.commands.machine import referral_machine
from backend.referrals.queries.deaths import roots_to_follow
from backend.workflow.machine import Machine

JOB = "referrals.follow_deaths"
_BATCH = 100
_MACHINES: dict[str, Machine[Any]] = {"case": case_machine, "referral": referral_machine}
log = structlog.get_logger(__name__)


def follow_deaths() -> int:
    """Let each record that does not say so yet follow, in a transaction of its own; return how many did."""
    with acting_as_system(job=JOB):
        waiting = [root for root, _ in zip(roots_to_follow(), range(_BATCH), strict=False)]
    return sum(_follow(*root) for root in waiting)


def _follow(death: Death, noun: str, root_id: UUID) -> bool:
    try:
        with acting_as_system(job=JOB) as actor:
            stands = death.taken_back_at is None
            if noun == "child":
                children.note_death(actor, root_id, died_on=death.died_on if stands else None)
                return True
            said = {"died_on": death.died_on, "how_known": death.how_known, "told_by": death.told_by}
            edge, given = ("record_death", said) if stands else ("take_back_death", {"reason": death.taken_back_reason})
            _MACHINES[noun].perform(actor, edge, root_id, version=None, given=given)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # One record must not keep the others waiting; it is tried again in a minute.
        log.error("record does not follow a death", noun=noun, root=str(root_id), error=type(error).__name__)
        return False
    return True
