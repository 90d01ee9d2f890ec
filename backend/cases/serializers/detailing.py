"""The child's own details on a page of a case: what the record says, said before, and what can be done about it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from backend.cases.queries.detailing import LEARNS, MOST, events_behind, hides_whereabouts, past_of, protected_homes
from backend.cases.rules import turning
from backend.cases.rules.detailing import HOME, PROTECTED, SCHOOL, asked_of
from backend.cases.serializers.detail_inputs import AmendChildInput
from backend.cases.serializers.differing import SaidTurnShape, Words, differences, in_words
from backend.cases.serializers.turning_inputs import (
    MoveSchoolInput,
    RecordBirthInput,
    RecordLossInput,
    TakeBackLossInput,
)
from backend.children.models import Address, Child
from backend.core import clock, vocabulary
from backend.core.errors import NotFound
from backend.deadlines.calendar import local
from backend.workflow import options
from backend.workflow.descriptors import begin_with
from backend.workflow.fields import EdgeInput
from backend.workflow.serializers import OptionShape, PairShape

_KEPT_APART, _SCHOOL = "Kept apart", "School, nursery or college"
_WORDS: Words = (
    ("given_name", "First name", ""),
    ("family_name", "Last name", ""),
    ("known_as", "Likes to be called", ""),
    ("date_of_birth", "Date of birth", ""),
    ("expected_date", "Expected", ""),
    ("language", "Language at home", "languages"),
    ("pregnancy_ended_on", "The pregnancy ended", ""),
    ("school", _SCHOOL, ""),
    ("next_school", "Moves to", ""),
    ("school_changes_on", "Day of the move", ""),
    ("address", "Address", ""),
    ("postcode", "Postcode", ""),
    ("ward", "Ward", "wards"),
    ("phone", "The child’s own phone number", ""),
    ("phone_rule", "How it may be used safely", "contact_rules"),
)
# Said by a way of its own, and read beside what the form asks.
_TURNS = ("pregnancy_ended_on", "next_school", "school_changes_on")
# What nobody is asked twice without looking: of a new home or number it is said anew.
_SAID_ANEW = ("phone_rule",)


@dataclass(frozen=True, slots=True)
class _Way:
    """One thing that can be done about the child of a case, on a page of its own."""

    name: str
    permission: Permission
    label: str
    hint: str
    path: str
    input_class: type[EdgeInput]


_WAYS = (
    _Way(
        "record_birth",
        Permission.CASE_RECORD_BIRTH,
        "Record that the baby is born",
        "From then on the record says who the baby is and how old, instead of when it is expected.",
        "birth",
        RecordBirthInput,
    ),
    _Way(
        "record_loss",
        Permission.CASE_RECORD_LOSS,
        "Record that the pregnancy has ended",
        "Nothing asks about the birth any more. Whoever else works with the family is asked to ring you first. "
        "The family may still want your help.",
        "loss",
        RecordLossInput,
    ),
    _Way(
        "take_back_loss",
        Permission.CASE_TAKE_BACK_LOSS,
        "Record that the baby is still expected",
        "It was recorded in error. Everything about the birth is as it was.",
        "loss-taken-back",
        TakeBackLossInput,
    ),
    _Way(
        "move_school",
        Permission.CASE_MOVE_SCHOOL,
        "Record a change of school",
        "Also one that is ahead. It stands among the turning points of the child, with the way to the plan: "
        "who at the new school knows, and what may they be told?",
        "school-move",
        MoveSchoolInput,
    ),
    _Way(
        "amend_child",
        Permission.CASE_AMEND_CHILD,
        "Put right the child’s details",
        "What stood there before stays in the history. What a referral said stays in the referral. "
        "Whoever else works with the child is told that it changed, and not what it is.",
        "child",
        AmendChildInput,
    ),
)
_BEGINS = ("record_birth", "amend_child")


class CaseChildShape(serializers.Serializer[Any]):
    """The child of a case as its record says it; `version` is the record's, `past` the latest change first."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    version = serializers.IntegerField()
    answers = PairShape(many=True)
    # Somebody must not find the child: whoever may ask for the address does so by itself.
    has_protected = serializers.BooleanField()
    past = SaidTurnShape(many=True)
    # What to look at after what was just done.
    done = serializers.ListField(child=serializers.CharField(), required=False)
    options = OptionShape(many=True)


class ProtectedHomeShape(serializers.Serializer[Any]):
    """Where a child lives who must not be found."""

    answers = PairShape(many=True)


def child_page(actor: Actor, case: Case) -> dict[str, Any]:
    """Return the details of the child of a case, in seven statements; raise NotFound for whoever may not know them."""
    child = Child.objects.filter(pk=case.child_id).first()
    if child is None:
        raise NotFound
    child.settle(local(clock.now()).date())
    past = past_of(child)
    asked = {*asked_of(child, local(clock.now()).date()), *_TURNS}
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
        "past": list(_turns(past, events_behind(past), hides=hides_whereabouts(case.id))),
        "options": _ways(actor, case, child),
    }


def protected_data(homes: Sequence[Address]) -> dict[str, Any]:
    """Return protected addresses and schools, one line each."""
    wards = vocabulary.get("wards")
    lines = [(one.kind, (one.address, wards.label(one.ward), one.postcode)) for one in homes]
    return {
        "answers": [
            {"label": _SCHOOL if kind == LEARNS else "Address", "value": ", ".join(part for part in line if part)}
            for kind, line in lines
        ]
    }


def _ways(actor: Actor, case: Case, child: Child) -> list[dict[str, Any]]:
    """Return what can be done about the child: of a turning point only what can have happened."""
    if case.state == Case.CLOSED:
        return []
    relations = access.relations_to(actor, case.id)
    wanted = {
        "record_birth": turning.is_expected(child),
        "record_loss": turning.is_expected(child),
        "take_back_loss": child.pregnancy_ended_on is not None,
        "move_school": turning.is_at_school(child),
        "amend_child": True,
    }
    stands = {name: _as_json(getattr(child, name)) for name, _label, _codes in _WORDS}
    begins = {name: value for name, value in stands.items() if value and name not in _SAID_ANEW}
    left_out = {name for name, _label, _codes in _WORDS} - {*asked_of(child, local(clock.now()).date())}
    return [
        _way(case, one, begins if one.name in _BEGINS else {}, left_out if one.name == "amend_child" else set())
        for one in _WAYS
        if wanted[one.name] and policy.allows(actor, one.permission, relations)
    ]


def _way(case: Case, way: _Way, begins: Mapping[str, Any], left_out: Collection[str]) -> dict[str, Any]:
    url = f"/api/v1/cases/{case.id}/{way.path}/"
    shown = options.addition(way.name, way.label, way.hint, url, way.input_class)
    asked = [one for one in shown["input"] if one["name"] not in left_out]
    # Something that stands is changed: the page sends which version of it was read.
    return {**shown, "kind": "command", "input": begin_with(asked, begins)}


def _as_json(value: Any) -> Any:
    """Return what a column says, as a form takes it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _turns(past: Sequence[Any], events: Mapping[UUID, Event], *, hides: bool) -> Iterator[dict[str, Any]]:
    """Yield each time the details changed; of an address that is kept apart now no line is read again.

    `hides` says that another record keeps it apart, where this one has not said so itself.
    """
    said = (one.data.get("address_safety") for row in past if (one := events.get(row.event_id)))
    is_hidden = hides or next((one for one in said if one), "") == PROTECTED
    words = [one for one in _WORDS if not is_hidden or one[0] not in (*HOME, *SCHOOL)]
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
