"""The shapes of the rules that flag, of what is tried on the bench, and of what came of it."""

from typing import Any

from rest_framework import serializers

from backend.core.api.serializers import AnyValue, StrictSerializer

_MOST_DAYS = 365


class RuleSetShape(serializers.Serializer[Any]):
    """One version of the rules."""

    version = serializers.IntegerField()
    in_force_from = serializers.DateField()
    by = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    is_in_force = serializers.BooleanField()
    rules = AnyValue()


class RulesShape(serializers.Serializer[Any]):
    """Every version, the latest first, the conditions there are, and the examples each version is tried on."""

    versions = RuleSetShape(many=True)
    conditions = serializers.ListField(child=serializers.CharField())
    examples = AnyValue()


class TryRulesInput(StrictSerializer):
    """Rules to try, as the file has them, and how far back to count."""

    rules: Any = serializers.ListField(child=serializers.DictField(), max_length=100)
    examples: Any = serializers.ListField(child=serializers.DictField(), max_length=100, required=False)
    days = serializers.IntegerField(min_value=1, max_value=_MOST_DAYS, default=90)


class TriedShape(serializers.Serializer[Any]):
    """One example: what was expected of the rules and what they flag."""

    name = serializers.CharField()
    expected = serializers.ListField(child=serializers.CharField())
    found = serializers.ListField(child=serializers.CharField())
    as_expected = serializers.BooleanField()


class RuleCountShape(serializers.Serializer[Any]):
    """How many referrals of late a rule flags and how many in force do; nothing where fewer than five would tell."""

    code = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField(allow_null=True)
    count_now = serializers.IntegerField(allow_null=True)


class BenchShape(serializers.Serializer[Any]):
    """What came of trying."""

    examples = TriedShape(many=True)
    counts = RuleCountShape(many=True)
    referrals = serializers.IntegerField(allow_null=True)
    fewest = serializers.IntegerField()
