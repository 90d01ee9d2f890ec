"""The shapes of comparing a referral's child with known ones, and of what was said about them."""

from typing import Any

from rest_framework import serializers

from backend.matching.serializers.choosing import ChoiceHeadShape
from backend.referrals.serializers.likely_shapes import ComparedFactShape, LikelyChildShape
from backend.workflow.serializers import ConfirmationShape, OptionShape


class ChildOptionShape(OptionShape):
    """What may be done about one pair of records; `child` is sent with what the form asks."""

    child = serializers.UUIDField(allow_null=True)


class CandidateShape(LikelyChildShape):
    """A child who may be the one, what can be said of the two, and what joining them would do."""

    consequences = serializers.ListField(child=serializers.CharField())
    shows_to = serializers.ListField(child=serializers.CharField())
    options = ChildOptionShape(many=True)


class SetAsideShape(serializers.Serializer[Any]):
    """A child who was said to be another one: by whom, when and why. Without a name where the actor sees it no more."""

    id = serializers.UUIDField()
    name = serializers.CharField(allow_null=True)
    date_of_birth = serializers.DateField(allow_null=True)
    age = serializers.CharField(allow_null=True)
    reason = serializers.CharField()
    said_by = serializers.CharField()
    said_at = serializers.DateTimeField()
    options = ChildOptionShape(many=True)


class MergeShape(serializers.Serializer[Any]):
    """Two records said to be one child, side by side, and what follows."""

    id = serializers.UUIDField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    child_id = serializers.UUIDField()
    into_id = serializers.UUIDField()
    into_name = serializers.CharField(allow_null=True)
    compared = ComparedFactShape(many=True)
    proposed_by = serializers.CharField()
    proposed_at = serializers.DateTimeField()
    consequences = serializers.ListField(child=serializers.CharField())
    shows_to = serializers.ListField(child=serializers.CharField())
    confirmation = ConfirmationShape(allow_null=True)
    options = ChildOptionShape(many=True)


class MatchingShape(serializers.Serializer[Any]):
    """Everything about who a referral's child is: who may be the same, who was said not to be, what was joined."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    version = serializers.IntegerField()
    candidates = CandidateShape(many=True)
    is_known_elsewhere = serializers.BooleanField()
    set_aside = SetAsideShape(many=True)
    merge = MergeShape(allow_null=True)
    choice = ChoiceHeadShape(allow_null=True)
    options = ChildOptionShape(many=True)
