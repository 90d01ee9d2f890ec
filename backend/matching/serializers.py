"""The shape of what was said about a referral's child and other records."""

from typing import Any

from rest_framework import serializers

from backend.access import queries
from backend.access.actors import Actor
from backend.children.ages import age_in_words
from backend.children.queries import LikelyChild
from backend.core import clock
from backend.deadlines.calendar import local
from backend.matching.commands import merge_machine
from backend.matching.models import Merge
from backend.matching.queries import latest_merge, likely_children
from backend.referrals.models import Referral
from backend.workflow.confirmation_data import open_about
from backend.workflow.serializers import ConfirmationShape


class SetAsideShape(serializers.Serializer[Any]):
    """A child who looks alike and was said to be another child."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    date_of_birth = serializers.DateField(allow_null=True)
    age = serializers.CharField(allow_null=True)
    why = serializers.ListField(child=serializers.CharField())


class MergeShape(serializers.Serializer[Any]):
    """Two records said to be one child."""

    id = serializers.UUIDField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    child_id = serializers.UUIDField()
    into_id = serializers.UUIDField()
    proposed_by = serializers.CharField()
    proposed_at = serializers.DateTimeField()
    confirmation = ConfirmationShape(allow_null=True)


class MatchingShape(serializers.Serializer[Any]):
    """What was said about the records of a referral's child."""

    set_aside = SetAsideShape(many=True)
    merge = MergeShape(allow_null=True)


def matching_data(actor: Actor, referral: Referral) -> dict[str, Any]:
    """Return what was said about the records of a referral's child, for who may match it."""
    if referral.child_id is None:
        return {"set_aside": [], "merge": None}
    found = likely_children(referral.child_id, with_set_aside=True)
    merge = latest_merge(actor, referral.child_id)
    return {
        "set_aside": [_set_aside(child) for child in found if child.is_set_aside],
        "merge": _merge(actor, merge) if merge else None,
    }


def _set_aside(child: LikelyChild) -> dict[str, Any]:
    today = local(clock.now()).date()
    return {
        "id": child.id,
        "name": f"{child.given_name} {child.family_name}".strip(),
        "date_of_birth": child.date_of_birth,
        "age": age_in_words(born=child.date_of_birth, expected=child.expected_date, on=today),
        "why": list(child.why),
    }


def _merge(actor: Actor, merge: Merge) -> dict[str, Any]:
    relations = queries.relations_to(actor, merge.root_id)
    return {
        "id": merge.id,
        "state": merge.state,
        "state_label": Merge.LABELS[merge.state],
        "child_id": merge.child_id,
        "into_id": merge.into_id,
        "proposed_by": merge.proposed_by_name,
        "proposed_at": merge.proposed_at,
        "confirmation": open_about(actor, merge, relations, merge_machine),
    }
