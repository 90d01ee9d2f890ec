"""A grandmother of two brothers, known around both, and what one case has learnt since of how she is reached safely."""

from datetime import timedelta
from random import Random
from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.cases.commands.relationships import name_person
from backend.cases.commands.same_people import say_same
from backend.cases.models import Relationship
from backend.cases.serializers.relationship_inputs import NamePersonInput
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import local
from backend.demonstration.families import make_child, make_home
from backend.demonstration.households import change_person
from backend.demonstration.staff import FRONT_DOOR, named
from backend.demonstration.stage import Company
from backend.demonstration.two_cases import agree, case_of, send
from backend.referrals.models import Referral
from backend.workflow.views import validated

_REFERRER, _LEADS = "Joanna Fairweather", "Helen Stannard"
_AGES = (12, 10)
_SENT, _DECIDED = timedelta(days=4), timedelta(days=3, hours=20)
_SAID, _SINCE = timedelta(days=2), timedelta(hours=3)
_GIVEN = "Marisol"
_HER = {
    "relationship": "grandparent",
    "lives_with_child": "no",
    "parental_responsibility": "no",
    "number": "07700 900482",
}
_KNOWN = "She brought both of them to the first meeting."
_LEARNT = {"why": "known_now", "reason": "He answers her phone in the evenings, she says."}


def know_her_by_both(company: Company, *, seed: str) -> None:
    """Refer two brothers in one go, and say that their grandmother is one person; one case learns more of her."""
    random = Random(f"{seed} one grandmother")  # noqa: S311 - made-up people, no secret
    now = clock.now()
    home, today = make_home(random), local(now).date()
    children = [make_child(random, home, age=age, on=today, sex="M", school=None) for age in _AGES]
    leads = company.actors[named(_LEADS)]
    sent: list[Referral] = []
    for child in children:
        with clock.at(now - _SENT):
            sent.append(send(company, named(_REFERRER), child, random, beside=sent[0] if sent else None))
    with clock.at(now - _DECIDED):
        cases = [
            case_of(agree(company, leads, one, child, FRONT_DOOR)) for one, child in zip(sent, children, strict=True)
        ]
    her = {**_HER, "name": f"{_GIVEN} {home.family_name}"}
    with clock.at(now - _SAID), acting(leads):
        here, there = (_name(leads, case_id, {**her, "contact_rule": "any"}) for case_id in cases)
        say_same(leads, here.id, {"other": there.id, "reason": _KNOWN}, same_id=uuid7())
    with clock.at(now - _SINCE), acting(leads):
        change_person(leads, "change", there, {**her, "contact_rule": "school_hours", **_LEARNT})


def _name(who: Actor, case_id: UUID, said: dict[str, str]) -> Relationship:
    return name_person(who, case_id, validated(NamePersonInput, said), relationship_id=uuid7())
