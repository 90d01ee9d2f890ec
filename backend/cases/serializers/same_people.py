"""Who is said to be the same person around another child, for who reads both cases, and the ways to say it."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.cases.models import Relationship, SamePerson
from backend.cases.queries.same_people import possibly_same
from backend.cases.serializers.people import NO_NAME, reached
from backend.cases.serializers.relationship_inputs import SaySameInput, TakeBackSameInput
from backend.children.serializers import FamilyContactShape
from backend.core import vocabulary
from backend.workflow import options


class SamePersonShape(serializers.Serializer[Any]):
    """Somebody around another child who is the same person, who says so and why; once taken back, when and why."""

    id = serializers.UUIDField()
    person_id = serializers.UUIDField()
    name = serializers.CharField()
    relationship_label = serializers.CharField()
    case_reference = serializers.CharField()
    contact = FamilyContactShape(allow_null=True)
    said_at = serializers.DateTimeField()
    said_by = serializers.CharField()
    reason = serializers.CharField()
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_by = serializers.CharField(allow_blank=True)
    end_reason = serializers.CharField(allow_blank=True)


def same_data(target: Relationship, said: Sequence[SamePerson]) -> list[dict[str, Any]]:
    """Return what was said of somebody, with how the other case reaches them."""
    return [_one(one, one.beside(target.id)) for one in said]


def offered(actor: Actor, target: Relationship, relations: frozenset[Relation], *, is_open: bool) -> list[Relationship]:
    """Return who can be said to be the same person, for who may say it; nobody where it cannot be said now."""
    may = policy.allows(actor, Permission.SAME_PERSON_SAY, relations)
    return possibly_same(actor, target) if may and is_open and target.state == Relationship.STANDS else []


def ways_to_say(
    actor: Actor,
    target: Relationship,
    relations: frozenset[Relation],
    others: Sequence[Relationship],
    said: Sequence[SamePerson],
) -> list[dict[str, Any]]:
    """Return what can be said of who is the same person; nothing where there is nobody to say it of."""
    standing = [one for one in said if one.ended_at is None]
    may = policy.allows(actor, Permission.SAME_PERSON_TAKE_BACK, relations)
    return [*_saying(target, others), *(_taking_back(target, standing) if standing and may else [])]


def _one(same: SamePerson, other: Relationship) -> dict[str, Any]:
    return {
        "id": same.id,
        "person_id": other.id,
        "name": other.name or NO_NAME,
        "relationship_label": vocabulary.get("relationships").label(other.relationship),
        "case_reference": other.case_reference,
        "contact": reached(other) if other.state == Relationship.STANDS else None,
        "said_at": same.said_at,
        "said_by": same.said_by_name,
        "reason": same.reason,
        "ended_at": same.ended_at,
        "ended_by": same.ended_by_name,
        "end_reason": same.end_reason,
    }


def _saying(target: Relationship, others: Sequence[Relationship]) -> list[dict[str, Any]]:
    if not others:
        return []
    shown = options.addition(
        "say_same",
        "Say who is the same person",
        "Around a brother or sister. Each case keeps its own word, and is warned when they are reached otherwise.",
        f"/api/v1/relationships/{target.id}/say-same/",
        SaySameInput,
    )
    return [_choosing(shown, "other", [_choice(one.id, one) for one in others])]


def _taking_back(target: Relationship, standing: Sequence[SamePerson]) -> list[dict[str, Any]]:
    shown = options.addition(
        "take_back_same",
        "They are not the same person",
        "What was said stands among what was said before, with why it was taken back.",
        f"/api/v1/relationships/{target.id}/take-back-same/",
        TakeBackSameInput,
    )
    return [_choosing(shown, "same", [_choice(one.id, one.beside(target.id)) for one in standing])]


def _choosing(shown: dict[str, Any], name: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
    fields = [{**one, "kind": "choice", "choices": choices} if one["name"] == name else one for one in shown["input"]]
    return {**shown, "input": fields}


def _choice(value: Any, one: Relationship) -> dict[str, Any]:
    relationship = vocabulary.get("relationships").label(one.relationship).lower()
    return {
        "value": str(value),
        "label": one.name or NO_NAME,
        "hint": f"{relationship}, case {one.case_reference}",
        "group": "",
    }
