"""The child's own details on a page of a case: what the record says, said before, and what can be done about it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any
from uuid import UUID

from rest_framework import serializers

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.models import Event
from backend.audit.verbs import label_of
from backend.cases.models import Case
from backend.cases.queries.detailing import MOST, events_behind, past_of, protected_homes
from backend.cases.rules.detailing import HOME, PROTECTED, asked_of
from backend.cases.serializers.detail_inputs import AmendChildInput
from backend.cases.serializers.differing import SaidTurnShape, Words, differences, in_words
from backend.children.models import Address, Child
from backend.core import clock, vocabulary
from backend.core.errors import NotFound
from backend.deadlines.calendar import local
from backend.workflow import options
from backend.workflow.descriptors import begin_with
from backend.workflow.serializers import OptionShape, PairShape

_KEPT_APART = "Kept apart"
_WORDS: Words = (
    ("given_name", "First name", ""),
    ("family_name", "Last name", ""),
    ("known_as", "Likes to be called", ""),
    ("date_of_birth", "Date of birth", ""),
    ("expected_date", "Expected", ""),
    ("language", "Language at home", "languages"),
    ("school", "School, nursery or college", ""),
    ("address", "Address", ""),
    ("postcode", "Postcode", ""),
    ("ward", "Ward", "wards"),
    ("phone", "The child’s own phone number", ""),
    ("phone_rule", "How it may be used safely", "contact_rules"),
)
# What nobody is asked twice without looking: of a new home or number it is said anew.
_SAID_ANEW = ("phone_rule",)


class CaseChildShape(serializers.Serializer[Any]):
    """The child of a case as its record says it; `version` is the record's, `past` the latest change first."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    version = serializers.IntegerField()
    answers = PairShape(many=True)
    # Somebody must not find the child: whoever may ask for the address does so by itself.
    has_protected = serializers.BooleanField()
    past = SaidTurnShape(many=True)
    options = OptionShape(many=True)


class ProtectedHomeShape(serializers.Serializer[Any]):
    """Where a child lives who must not be found."""

    answers = PairShape(many=True)


def child_page(actor: Actor, case: Case) -> dict[str, Any]:
    """Return the details of the child of a case, in six statements; raise NotFound for whoever may not know them."""
    child = Child.objects.filter(pk=case.child_id).first()
    if child is None:
        raise NotFound
    past = past_of(child)
    asked = {*asked_of(child, local(clock.now()).date())}
    return {
        "id": case.id,
        "reference": case.reference,
        "version": child.version,
        "answers": [
            {"label": label, "value": value}
            for name, label, codes in _WORDS
            if name in asked and (value := in_words(getattr(child, name), codes))
        ],
        "has_protected": protected_homes(case.id).exists(),
        "past": list(_turns(past, events_behind(past))),
        "options": _ways(actor, case, child),
    }


def protected_data(homes: Sequence[Address]) -> dict[str, Any]:
    """Return protected addresses, one line each."""
    wards = vocabulary.get("wards")
    lines = [(one.address, wards.label(one.ward), one.postcode) for one in homes]
    return {"answers": [{"label": "Address", "value": ", ".join(part for part in line if part)} for line in lines]}


def _ways(actor: Actor, case: Case, child: Child) -> list[dict[str, Any]]:
    relations = access.relations_to(actor, case.id)
    if case.state == Case.CLOSED or not policy.allows(actor, Permission.CASE_AMEND_CHILD, relations):
        return []
    today = local(clock.now()).date()
    stands = {name: _as_json(getattr(child, name)) for name, _label, _codes in _WORDS}
    shown = options.addition(
        "amend_child",
        "Put right the child’s details",
        "What stood there before stays in the history. What a referral said stays in the referral. "
        "Whoever else works with the child is told that it changed, and not what it is.",
        f"/api/v1/cases/{case.id}/child/",
        AmendChildInput,
    )
    left_out = {name for name, _label, _codes in _WORDS} - {*asked_of(child, today)}
    asked = [one for one in shown["input"] if one["name"] not in left_out]
    begins = {name: value for name, value in stands.items() if value and name not in _SAID_ANEW}
    return [{**shown, "kind": "command", "input": begin_with(asked, begins)}]


def _as_json(value: Any) -> Any:
    """Return what a column says, as a form takes it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _turns(past: Sequence[Any], events: Mapping[UUID, Event]) -> Iterator[dict[str, Any]]:
    """Yield each time the details changed; of an address that is kept apart now no line is read again."""
    said = (one.data.get("address_safety") for row in past if (one := events.get(row.event_id)))
    is_hidden = next((one for one in said if one), "") == PROTECTED
    words = [one for one in _WORDS if not is_hidden or one[0] not in HOME]
    for row, before in pairwise([*past, None] if len(past) < MOST else past):
        event = events.get(row.event_id)
        data = event.data if event else {}
        changes = list(differences(words, before, row)) if before else []
        if is_hidden and before and any(getattr(row, name) != getattr(before, name) for name in HOME):
            changes.append({"label": "Address", "before": _KEPT_APART, "after": _KEPT_APART})
        if changes or before is None:
            yield {
                "label": label_of(row.history_change_reason),
                "at": row.history_date,
                "by": event.actor_name if event else "",
                "why_label": vocabulary.get("relationship_change_reasons").label(data.get("why", "")),
                "reason": event.reason if event else "",
                "changes": changes,
            }
