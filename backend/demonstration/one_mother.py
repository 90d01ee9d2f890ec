"""A mother of two, known around both, and what one case has learnt since of how she is reached safely."""

from datetime import timedelta
from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.cases.commands.relationships import name_person
from backend.cases.commands.same_people import say_same
from backend.cases.models import Case, Relationship
from backend.cases.queries import led
from backend.cases.serializers.relationship_inputs import NamePersonInput
from backend.children.models import Child
from backend.core import clock
from backend.core.errors import Refusal
from backend.core.ids import uuid7
from backend.demonstration.households import change_person
from backend.demonstration.staff import named
from backend.demonstration.stage import Company
from backend.referrals.queries.seeing import visible_to
from backend.workflow.views import validated

# Those who answer for the agencies that lead most cases.
_LEADS = ("Yasmin Farooqi", "Helen Stannard")
_SAID, _SINCE = timedelta(days=2), timedelta(hours=3)
_GIVEN = "Marisol"
_HER = {
    "relationship": "mother",
    "lives_with_child": "yes",
    "parental_responsibility": "yes",
    "responsibility_source": "birth_certificate",
    "number": "07700 900482",
}
_KNOWN = "She brought both of them to the first meeting."
_LEARNT = {"why": "known_now", "reason": "He answers her phone in the evenings, she says."}


def know_her_by_both(company: Company) -> None:
    """Say that she is one person, and change the rule at one case: the other warns of it. Where a family has two."""
    for name in _LEADS:
        manager = company.actors[named(name)]
        try:
            with acting(manager):
                pair = _brothers(manager)
                if pair is not None:
                    _say(manager, *pair)
                    return
        except Refusal:
            # Of these two it cannot be said now, such as where one has died: another agency’s family will do.
            continue


def _brothers(manager: Actor) -> tuple[Case, Case] | None:
    """Return two open cases of one family, at which she has not been named yet."""
    cases = led(manager).in_bulk()
    together = visible_to(manager).filter(family_id__isnull=False, case_id__in=cases).order_by("family_id", "id")
    seen: dict[UUID | None, UUID] = {}
    for family_id, case_id in together.values_list("family_id", "case_id"):
        first = seen.setdefault(family_id, case_id)
        if first != case_id:
            return None if _is_named(first) else (cases[first], cases[case_id])
    return None


def _is_named(case_id: UUID) -> bool:
    return Relationship.objects.filter(root_id=case_id, name__startswith=_GIVEN).exists()


def _say(manager: Actor, first: Case, second: Case) -> None:
    family = Child.objects.get(pk=first.child_id).family_name
    said = {**_HER, "name": f"{_GIVEN} {family}", "contact_rule": "any"}
    now = clock.now()
    with clock.at(now - _SAID):
        here, there = (_name(manager, case, said) for case in (first, second))
        say_same(manager, here.id, {"other": there.id, "reason": _KNOWN}, same_id=uuid7())
    with clock.at(now - _SINCE):
        change_person(manager, "change", there, {**said, "contact_rule": "school_hours", **_LEARNT})


def _name(manager: Actor, case: Case, said: dict[str, str]) -> Relationship:
    return name_person(manager, case.id, validated(NamePersonInput, said), relationship_id=uuid7())
