"""How a disagreement looks to its two sides."""

from typing import Any

from rest_framework import serializers

from backend.workflow.serializers import OptionNameShape, OptionShape


class ChallengeShape(serializers.Serializer[Any]):
    """On the page of what was decided: who disagrees and where that stands; `id` for those who may open it."""

    id = serializers.UUIDField(allow_null=True)
    decision_label = serializers.CharField()
    ground_label = serializers.CharField()
    agency = serializers.CharField()
    owner_agency = serializers.CharField()
    raised_at = serializers.DateTimeField()
    stage_label = serializers.CharField()
    state_label = serializers.CharField()
    is_open = serializers.BooleanField()
    child_is_unsafe = serializers.BooleanField()
    due_at = serializers.DateTimeField(allow_null=True)


class TurnShape(serializers.Serializer[Any]):
    """What one side said at one stage."""

    id = serializers.UUIDField()
    label = serializers.CharField()
    stage_label = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    wanted = serializers.CharField(allow_blank=True)
    by = serializers.CharField()
    agency = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


class DisagreementHeadShape(serializers.Serializer[Any]):
    """What a list says of a disagreement."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    reference = serializers.CharField()
    about_url = serializers.CharField()
    decision_label = serializers.CharField()
    ground_label = serializers.CharField()
    raising_agency = serializers.CharField()
    raised_by = serializers.CharField()
    raised_at = serializers.DateTimeField()
    deciding_agency = serializers.CharField()
    owner_agency = serializers.CharField()
    stage = serializers.IntegerField()
    stage_label = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    child_safe_label = serializers.CharField()
    child_is_unsafe = serializers.BooleanField()
    next_step = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)
    rag = serializers.ChoiceField(["red", "amber", "green", "none"])


class DisagreementRowShape(DisagreementHeadShape):
    """One row of a list."""

    options = OptionNameShape(many=True)


class DisagreementShape(DisagreementHeadShape):
    """A disagreement with everything both sides have said."""

    turns = TurnShape(many=True)
    options = OptionShape(many=True)
