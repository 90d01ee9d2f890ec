"""The shapes of a child's past as the API's schema describes them."""

from typing import Any

from rest_framework import serializers

from backend.referrals.serializers.again import HelpedBeforeShape


class EarlierReferralShape(serializers.Serializer[Any]):
    """An earlier request about the child, in no one's words."""

    reference = serializers.CharField()
    sent_at = serializers.DateTimeField()
    from_agency = serializers.CharField()
    source_label = serializers.CharField(allow_blank=True)
    level_label = serializers.CharField(allow_blank=True)
    is_urgent = serializers.BooleanField()
    state_label = serializers.CharField()
    ended_at = serializers.DateTimeField(allow_null=True)
    holder = serializers.CharField()


class EarlierCaseShape(serializers.Serializer[Any]):
    """Help the child has or had, in no one's words."""

    reference = serializers.CharField()
    state_label = serializers.CharField()
    is_open = serializers.BooleanField()
    lead_agency = serializers.CharField()
    theme_label = serializers.CharField(allow_blank=True)
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    closing_reason_label = serializers.CharField(allow_blank=True)
    goals = serializers.ListField(child=serializers.CharField())
    is_within_12_months = serializers.BooleanField()
    is_followed = serializers.BooleanField()


class PastShape(serializers.Serializer[Any]):
    """What went before a referral, counted together."""

    sentence = serializers.CharField()
    contacts_12_months = serializers.IntegerField()
    agencies = serializers.IntegerField()
    is_re_referral = serializers.BooleanField()
    # The case that the referrer says this follows, also before anybody has said that it is the same child.
    follows = HelpedBeforeShape(allow_null=True)
    referrals = EarlierReferralShape(many=True)
    cases = EarlierCaseShape(many=True)
