"""What the demo city's partnership has configured: its own words at a level, and two thoughts nobody agreed to."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases.rules.planning import AGREEING_A_PLAN, SECOND_PERSON
from backend.configuration import commands, queries
from backend.configuration.inputs import CONFIGURATION_INPUTS
from backend.configuration.models import Version
from backend.core import clock
from backend.core.ids import uuid7
from backend.demonstration.staff import FRONT_DOOR
from backend.demonstration.stage import Company
from backend.referrals.rules.flagging import FLAG_RULES
from backend.referrals.rules.levels import THRESHOLD_TEXT
from backend.workflow import confirmations
from backend.workflow.models import Confirmation
from backend.workflow.views import validated

_REWORDED, _AGREED, _THOUGHT_OF = timedelta(days=45), timedelta(days=44), timedelta(days=12)
_TEXT = (
    "Made-up wording of the demonstration. The child needs a little more than every family gets, and one service that "
    "already knows the family, such as the school or the health visitor, can give it."
)
_WHY = "Schools asked when one service alone is enough."
_RULE = {
    "label": "Often absent from school",
    "tone": "grey",
    "conditions": ["factors_any"],
    "factors_any": ["persistent_absence"],
    "page": False,
}


def reword(company: Company, now: datetime) -> None:
    """Reword one level before the city's last weeks: one person asks, another agrees the day after."""
    administrator, manager = (_front_doors(company, role) for role in (Role.SYSTEM_ADMINISTRATOR, Role.MANAGER))
    text = _begin(administrator, THRESHOLD_TEXT, now - _REWORDED)
    _take(administrator, text, "put_entry", now - _REWORDED, code="universal_plus", entry={"text": _TEXT})
    _take(administrator, text, "publish", now - _REWORDED, note=_WHY)
    with clock.at(now - _AGREED), acting(manager):
        asked = Confirmation.objects.get(target_id=text, state=Confirmation.ASKED)
        confirmations.confirm(manager, asked.id, given={"note": _WHY, "effective_on": None})


def think_better_of_a_rule(company: Company, now: datetime) -> None:
    """Draft a rule, try it on the city's referrals, and give it up: it would flag too many."""
    administrator = _front_doors(company, Role.SYSTEM_ADMINISTRATOR)
    rule = _begin(administrator, FLAG_RULES, now - _THOUGHT_OF)
    _take(administrator, rule, "put_entry", now - _THOUGHT_OF, entry=_RULE)
    _take(administrator, rule, "try_out", now - _THOUGHT_OF)
    _take(administrator, rule, "discard", now - _THOUGHT_OF)


def think_of_four_eyes(company: Company, now: datetime) -> None:
    """Draft that a second person agrees to each plan; nobody has been asked about it yet."""
    administrator = _front_doors(company, Role.SYSTEM_ADMINISTRATOR)
    draft = _begin(administrator, SECOND_PERSON, now - _THOUGHT_OF)
    _take(administrator, draft, "put_entry", now - _THOUGHT_OF, code=AGREEING_A_PLAN, entry={"asked": True})


def _front_doors(company: Company, role: Role) -> Actor:
    return next(one for seat, one in company.actors.items() if seat.agency == FRONT_DOOR and one.role is role)


def _begin(actor: Actor, kind: str, at: datetime) -> UUID:
    with clock.at(at), acting(actor):
        in_force = queries.in_force(actor.partnership_id, kind, at.date()).first()
        if in_force is None:
            raise LookupError(f"nothing is in force of {kind}")
        return commands.copy(actor, in_force.id, uuid7()).id


def _take(actor: Actor, version_id: UUID, edge: str, at: datetime, **raw: Any) -> None:
    with clock.at(at), acting(actor):
        version = Version.objects.values_list("version", flat=True).get(pk=version_id)
        given = validated(CONFIGURATION_INPUTS[edge], {**raw, "version": version})
        commands.version_machine.perform(actor, edge, version_id, version=given.pop("version"), given=given, raw=raw)
