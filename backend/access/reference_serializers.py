"""Shapes of the lists every form needs."""

from typing import Any

from rest_framework import serializers


class AgencyShape(serializers.Serializer[Any]):
    """An agency as everybody in the partnership may see it."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.CharField()
    kind_label = serializers.CharField()
    what_it_does = serializers.CharField(allow_blank=True)
    receives_by_duty = serializers.BooleanField()
    can_be_offered = serializers.BooleanField()
    phone = serializers.CharField(allow_blank=True)
    hours_text = serializers.CharField(allow_blank=True)
    out_of_hours_name = serializers.CharField(allow_blank=True)
    out_of_hours_phone = serializers.CharField(allow_blank=True)
