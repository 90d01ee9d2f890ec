"""The shapes of the children who may be the one a referral is about."""

from typing import Any

from rest_framework import serializers


class OpenCaseShape(serializers.Serializer[Any]):
    """The open case of a likely child."""

    reference = serializers.CharField()
    lead_agency = serializers.CharField()


class ComparedFactShape(serializers.Serializer[Any]):
    """One fact as the referral's child has it, and as the other record does."""

    name = serializers.CharField()
    label = serializers.CharField()
    here = serializers.CharField(allow_blank=True)
    there = serializers.CharField(allow_blank=True)
    how = serializers.ChoiceField(["same", "near", "different", "unknown"])


class ContactMadeShape(serializers.Serializer[Any]):
    """An earlier referral about a child: that it was made, when, and with whom it is."""

    reference = serializers.CharField()
    sent_at = serializers.DateTimeField()
    state_label = serializers.CharField()
    holder = serializers.CharField()


class LikelyChildShape(serializers.Serializer[Any]):
    """A child who may be the one the referral is about; how sure that is in words, never as a number."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    date_of_birth = serializers.DateField(allow_null=True)
    age = serializers.CharField(allow_null=True)
    strength = serializers.CharField()
    why = serializers.ListField(child=serializers.CharField())
    compared = ComparedFactShape(many=True)
    contacts_12_months = serializers.IntegerField()
    contacts_together = serializers.IntegerField()
    contacts = ContactMadeShape(many=True)
    open_case = OpenCaseShape(allow_null=True)


class LikelyChildrenShape(serializers.Serializer[Any]):
    """The children who may be the one, the surest first; nobody is preselected."""

    results = LikelyChildShape(many=True)
    is_known_elsewhere = serializers.BooleanField()
