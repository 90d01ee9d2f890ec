"""Cases of the demo city whose lead is on the move: asked for by another agency, or by a family that has moved away."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.queries import relations_to
from backend.cases.commands import case_machine
from backend.cases.commands.asking import ask_for_lead
from backend.cases.commands.team import add_member
from backend.cases.models import Case
from backend.cases.queries import led
from backend.cases.serializers.asking import LeadRequestInput
from backend.cases.serializers.inputs import CASE_INPUTS
from backend.cases.serializers.team import MemberInput
from backend.core import clock
from backend.core.ids import uuid7
from backend.demonstration import answers
from backend.demonstration.staff import FRONT_DOOR, named
from backend.demonstration.stage import Company
from backend.workflow.views import validated

_LEADS, _ASKS, _LEAD = "Yasmin Farooqi", "Helen Stannard", "city-early-help"
_AN_HOUR_AGO, _LATELY = timedelta(hours=1), timedelta(minutes=40)
_AREA = {
    "area": "Coventry",
    "receiver": "Coventry Family Help",
    "contact": "Ms Dale, duty manager, 024 7649 6000",
    "what_matters": "The family has moved in with an aunt. School is the safe place; a place near there is promised.",
    "open_actions": "The school visit on Friday. Nothing else is open.",
    "risks": "None known to people who visit.",
    "who_to_speak_to": "The lead practitioner, 0121 496 0100",
}
_NOT_TAKEN = "They say that the family has not arrived, and is back with us."
_PART = "Answers for the front door, and knows the family from before."
_WHY = "The family rings us every week and has asked for one number."


def set_moving(company: Company) -> int:
    """Ask another area twice, once in vain; change a priority; let the front door ask for a lead; return how many."""
    leader = company.actors[named(_LEADS)]
    basis = answers.edge_basis(company.agencies[_LEAD].kind, company.agencies[FRONT_DOOR].kind)
    with clock.at(clock.now() - _AN_HOUR_AGO), acting(leader):
        cases = list(islice(_free(leader), 4))
        for case in cases[:2]:
            _take(leader, "transfer_out", case, told_at=clock.now().isoformat(), **_AREA, **basis)
    with clock.at(clock.now() - _LATELY):
        with acting(leader):
            for case in cases[1:2]:
                _take(leader, "end_transfer_out", case, reason=_NOT_TAKEN)
            for case in cases[2:3]:
                priority = "amber" if case.priority == "red" else "red"
                _take(leader, "change_priority", case, priority=priority, reason="He has stopped going to school.")
        for case in cases[3:4]:
            _ask(leader, company.actors[named(_ASKS)], case, basis)
    return len(cases)


def _free(leader: Actor) -> Iterator[Case]:
    """Yield a few cases with a lead practitioner at which nobody else is asked to lead, the latest due first."""
    worked = led(leader).filter(state__in=Case.WITH_PRACTITIONER, minded_for_id=None).order_by("-next_due_at", "id")
    for case in worked[:20]:
        option = next(one for one in _options(leader, case) if one.name == "transfer_out")
        if not option.obstacles:
            yield case


def _options(leader: Actor, case: Case) -> list[Any]:
    return case_machine.options(leader, case, relations_to(leader, case.id))


def _take(leader: Actor, edge: str, case: Case, **raw: Any) -> None:
    version = Case.objects.values_list("version", flat=True).get(pk=case.id)
    given = validated(CASE_INPUTS[edge], {**raw, "version": version})
    case_machine.perform(leader, edge, case.id, version=given.pop("version"), given=given)


def _ask(leader: Actor, asker: Actor, case: Case, basis: dict[str, str]) -> None:
    """Name a manager of the front door to the team, who asks for the lead."""
    raw = {"person": str(asker.membership_id), "part": _PART, "why": "knows_child", **basis}
    with acting(leader):
        member = add_member(leader, case.id, validated(MemberInput, raw), member_id=uuid7())
    with acting(asker):
        given = validated(LeadRequestInput, {"why": "child_or_family_choice", "reason": _WHY})
        ask_for_lead(asker, member.id, given, request_id=uuid7())
