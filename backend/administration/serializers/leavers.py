"""What somebody has in hand, to be given to others: what it is, who could have it, who is proposed; in and out."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from rest_framework import serializers

from backend.access.actors import Actor
from backend.administration.queries import leavers
from backend.administration.rules import Piece, Receiver, spread
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.cases.models import Action, Case, Task
from backend.cases.queries.caseloads import WEIGHTS, weight_of
from backend.cases.rules import Practitioner
from backend.cases.serializers.representing import case_rows
from backend.cases.serializers.shapes import CaseRowShape
from backend.core import vocabulary
from backend.core.api.serializers import StrictSerializer
from backend.interventions.models import Intervention
from backend.workflow import fields
from backend.workflow.serializers import ChoiceShape

MOST = 200
_KINDS: Mapping[str, str] = {
    leavers.TASK: "Task",
    leavers.ACTION: "Action of a plan",
    leavers.SERVICE: "Service for a child",
}
_NOTHING = "Choose who gets at least one case, task, action or service."


class ChoiceInput(StrictSerializer):
    """Who gets one case."""

    case_id = serializers.UUIDField()
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    lead_practitioner_id = serializers.UUIDField()


class PieceInput(StrictSerializer):
    """Who gets one task, action or service."""

    kind = serializers.ChoiceField(list(_KINDS))
    id = serializers.UUIDField()
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    to_id = serializers.UUIDField()


class ReassignInput(StrictSerializer):
    """Who gets which case and which other piece of work; why, and what they must know, where cases are among them."""

    choices = serializers.ListField(child=ChoiceInput(), default=list, max_length=MOST)
    pieces = serializers.ListField(child=PieceInput(), default=list, max_length=MOST * len(_KINDS))
    reason_code = fields.code("reallocate_reasons", "Why does the lead practitioner change?", required=False)
    handover_note = fields.long_text(
        "What must they know on the first day?", hint="And how the children are told", required=False
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A lead practitioner changes for a reason; and somebody gets something, each thing once."""
        if not attrs["choices"] and not attrs["pieces"]:
            raise serializers.ValidationError({"choices": [_NOTHING]})
        wrong = {}
        if attrs["choices"] and not attrs["reason_code"]:
            wrong["reason_code"] = [fields.CHOOSE]
        if attrs["choices"] and not attrs["handover_note"]:
            wrong["handover_note"] = ["Say what they must know on the first day."]
        ids = [one["case_id"] for one in attrs["choices"]] + [one["id"] for one in attrs["pieces"]]
        if len(ids) != len(set(ids)):
            wrong["choices"] = ["Choose one person for each."]
        if wrong:
            raise serializers.ValidationError(wrong)
        return attrs


class GivenShape(serializers.Serializer[Any]):
    """How one thing may be given: who may not have it and why, and who is proposed for it."""

    unsuitable = serializers.ListField(child=serializers.UUIDField())
    why_not = serializers.ListField(child=serializers.CharField())
    proposed_id = serializers.UUIDField(allow_null=True)
    weight = serializers.IntegerField()


class CaseloadRowShape(CaseRowShape, GivenShape):
    """A case to be given to somebody."""

    version = serializers.IntegerField()


class PieceShape(GivenShape):
    """A task, an action or a service to be given to somebody."""

    kind = serializers.ChoiceField(list(_KINDS))
    kind_label = serializers.CharField()
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    reference = serializers.CharField()
    what = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)
    is_minded = serializers.BooleanField()


class PractitionerShape(serializers.Serializer[Any]):
    """Somebody who could have it, with what they have in hand already."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    role_label = serializers.CharField()
    team = serializers.CharField(allow_blank=True)
    caseload = serializers.IntegerField()
    weight = serializers.IntegerField()


class CaseloadShape(serializers.Serializer[Any]):
    """What one person has in hand, or had until they left, and who could take it."""

    person = serializers.CharField()
    has_left = serializers.BooleanField()
    cases = CaseloadRowShape(many=True)
    pieces = PieceShape(many=True)
    people = PractitionerShape(many=True)
    weighed = serializers.ListField(child=serializers.CharField())
    reasons = ChoiceShape(many=True)


class ReassignedShape(serializers.Serializer[Any]):
    """How much is in other hands now."""

    moved = serializers.IntegerField()


def caseload_data(actor: Actor, row: Membership, cases: Sequence[Case], pieces: Sequence[Any]) -> dict[str, Any]:
    """Return what somebody has in hand with everybody who could take a part of it, in a fixed number of statements."""
    people = leavers.receivers(actor, row.user_id)
    overlays = leavers.Overlays([one.child_id for one in (*cases, *pieces)])
    proposed = _proposed(people, overlays, cases, pieces)
    by_case = {case.id: case for case in cases}
    return {
        "person": row.user.name,
        "has_left": row.ended_at is not None,
        "cases": [
            {**shown, "version": case.version, **_given(people, overlays, case, proposed, weight_of(case))}
            for shown in case_rows(actor, cases)
            for case in [by_case[shown["id"]]]
        ],
        "pieces": [{**_piece(one), **_given(people, overlays, one, proposed, 0)} for one in pieces],
        "people": [_person(one) for one in people.values()],
        "weighed": [f"{term.label} counts {term.more['weight']}" for term in vocabulary.get(WEIGHTS)],
        "reasons": [
            {"value": term.code, "label": term.label, "hint": "", "group": ""}
            for term in vocabulary.get("reallocate_reasons")
        ],
    }


def _proposed(
    people: Mapping[UUID, Practitioner], overlays: leavers.Overlays, cases: Sequence[Case], pieces: Sequence[Any]
) -> dict[UUID, UUID]:
    def barred(child_id: UUID | None) -> frozenset[UUID]:
        return frozenset(pk for pk, one in people.items() if not overlays.of(one, child_id).can_take_it)

    given = [Piece(case.id, weight_of(case), barred(case.child_id)) for case in cases]
    # Whoever works on the case from now on does what is still to do there.
    given += [Piece(one.id, 0, barred(one.child_id), leavers.case_of(one)) for one in pieces]
    case_work = Role.CASE_WORKER.label
    return spread(given, [Receiver(pk, one.caseload.weight, one.role == case_work) for pk, one in people.items()])


def _given(
    people: Mapping[UUID, Practitioner],
    overlays: leavers.Overlays,
    one: Any,
    proposed: Mapping[UUID, UUID],
    weight: int,
) -> dict[str, Any]:
    barred = [
        person for person in (overlays.of(each, one.child_id) for each in people.values()) if not person.can_take_it
    ]
    return {
        "unsuitable": [person.user_id for person in barred],
        "why_not": [_why_not(person) for person in barred],
        "proposed_id": proposed.get(one.id),
        "weight": weight,
    }


def _why_not(person: Practitioner) -> str:
    if person.has_conflict:
        return f"{person.name} has a conflict of interest with this family."
    return f"{person.name} is not named on this sealed record."


def _person(one: Practitioner) -> dict[str, Any]:
    return {
        "id": one.user_id,
        "name": one.name,
        "role_label": one.role,
        "team": one.team,
        "caseload": one.caseload.cases,
        "weight": one.caseload.weight,
    }


def _piece(one: Task | Action | Intervention) -> dict[str, Any]:
    kind = leavers.kind_of(one)
    return {
        "kind": kind,
        "kind_label": _KINDS[kind],
        "id": one.id,
        "version": one.version,
        "reference": leavers.reference_of(one),
        "what": _what(one),
        "due_at": one.next_due_at,
        "is_minded": one.minded_for_id is not None,
    }


def _what(one: Task | Action | Intervention) -> str:
    if isinstance(one, Task):
        return vocabulary.get("task_kinds").label(one.kind)
    return one.text if isinstance(one, Action) else one.service_name
