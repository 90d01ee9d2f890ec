"""Shapes that every record shares: options with their forms, confirmations, errors."""

from typing import Any

from rest_framework import serializers

from backend.core.api.serializers import AnyValue
from backend.workflow import fields
from backend.workflow.fields import EdgeInput


class OfferedIfShape(serializers.Serializer[Any]):
    """A choice is offered only when one of these is chosen in another field."""

    field = serializers.CharField()
    values = serializers.ListField(child=serializers.CharField())


class ChoiceShape(serializers.Serializer[Any]):
    """One thing to choose."""

    value = serializers.CharField()
    label = serializers.CharField()
    hint = serializers.CharField(allow_blank=True)
    group = serializers.CharField(allow_blank=True)
    show_if = OfferedIfShape(required=False)


class ShowIfShape(serializers.Serializer[Any]):
    """A field is asked only when another field has one of these values."""

    field = serializers.CharField()
    values = serializers.ListField(child=AnyValue())


class DescriptorShape(serializers.Serializer[Any]):
    """One field of a form, enough to draw it."""

    name = serializers.CharField()
    label = serializers.CharField()
    hint = serializers.CharField(allow_blank=True)
    kind = serializers.CharField()
    required = serializers.BooleanField()
    # Not required by itself, but needed where another answer is missing: the label does not call it optional.
    asked = serializers.BooleanField(required=False)
    choices = ChoiceShape(many=True, allow_null=True)
    max_length = serializers.IntegerField(allow_null=True)
    fields = serializers.ListField(child=serializers.DictField(), allow_null=True)
    show_if = ShowIfShape(allow_null=True)
    not_known = serializers.BooleanField()
    # What the form begins with: what stands there already, where it is changed as a whole.
    value = AnyValue(required=False)


class WayOnShape(serializers.Serializer[Any]):
    """A page where something goes on that is no edge of this record."""

    label = serializers.CharField()
    hint = serializers.CharField()
    url = serializers.CharField()


class OptionShape(serializers.Serializer[Any]):
    """What the actor may do now, what stands in the way, and who would be told."""

    name = serializers.CharField()
    label = serializers.CharField()
    hint = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(["edge", "command", "addition"])
    obstacles = serializers.ListField(child=serializers.CharField())
    url = serializers.CharField()
    # Where to ask what other agencies will see, for an edge that shows them something; empty for others.
    preview_url = serializers.CharField(allow_blank=True)
    # Where what is typed is kept until it is sent; empty where it is not.
    draft_url = serializers.CharField(allow_blank=True)
    input = DescriptorShape(many=True)
    tells = serializers.ListField(child=serializers.CharField())
    needs_second_person = serializers.CharField(allow_blank=True)
    primary = serializers.BooleanField(required=False)
    # Where what stands in the way is done, if something does.
    way = WayOnShape(required=False)
    # When it can no longer be done, where it can be for a few minutes only.
    until = serializers.DateTimeField(required=False)


class OptionNameShape(serializers.Serializer[Any]):
    """An option in a list: its name and label only."""

    name = serializers.CharField()
    label = serializers.CharField()
    until = serializers.DateTimeField(required=False)


class PairShape(serializers.Serializer[Any]):
    """A label and a value to read."""

    label = serializers.CharField()
    value = serializers.CharField()


class ConfirmationShape(serializers.Serializer[Any]):
    """A question that waits for a second person."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    edge = serializers.CharField()
    label = serializers.CharField()
    why = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    asked_by = serializers.CharField()
    asked_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    subject_reference = serializers.CharField()
    subject_url = serializers.CharField()
    given_summary = PairShape(many=True)
    options = OptionShape(many=True)


class ErrorShape(serializers.Serializer[Any]):
    """Every refusal: a code, sentences, and sentences by field."""

    code = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())
    fields = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))


class ConfirmInput(EdgeInput):
    """Agree as the second person."""


class RefuseInput(EdgeInput):
    """Do not agree, and say why."""

    reason = fields.long_text("Why do you not agree?")


class WithdrawConfirmationInput(EdgeInput):
    """Take the question back."""
