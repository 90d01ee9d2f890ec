"""The shapes of whom a referral concerns: agencies and how to reach them, its hops, and who is to be told."""

from typing import Any

from rest_framework import serializers


class HolderShape(serializers.Serializer[Any]):
    """An agency by its name."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class ContactShape(HolderShape):
    """An agency and how to reach it."""

    phone = serializers.CharField(allow_blank=True)
    out_of_hours_phone = serializers.CharField(allow_blank=True)


class ToldShape(serializers.Serializer[Any]):
    """That somebody was told, or why not yet."""

    who = serializers.CharField()
    label = serializers.CharField()
    method_label = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField(allow_null=True)
    by = serializers.CharField()
    why_not = serializers.CharField(allow_blank=True)
    look_again_on = serializers.DateField(allow_null=True)


class HopShape(serializers.Serializer[Any]):
    """One offer on the referral's way, and how it ended."""

    from_agency = serializers.CharField()
    to_agency = serializers.CharField()
    state_label = serializers.CharField()
    offered_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    reason_label = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)


class TellingShape(serializers.Serializer[Any]):
    """Somebody who should hear the outcome, and the last that was recorded about it, if anything was."""

    who = serializers.CharField()
    # Who of those around the child, where the line is about one of them whom the form still offers.
    person = serializers.UUIDField(allow_null=True)
    label = serializers.CharField()
    told = ToldShape(allow_null=True)


class ConcernedShape(ContactShape):
    """An agency that has to do with the referral, why, and how to reach it out of hours."""

    why = serializers.CharField()
    out_of_hours_name = serializers.CharField(allow_blank=True)


class FlagShape(serializers.Serializer[Any]):
    """What a rule flagged, and what it suggests; it decides nothing."""

    code = serializers.CharField()
    label = serializers.CharField()
    tone = serializers.ChoiceField(["red", "orange", "blue", "grey"])
    suggests = serializers.ListField(child=serializers.CharField())
