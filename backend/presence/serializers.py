"""The shapes of presence."""

from typing import Any

from rest_framework import serializers

from backend.core.api.serializers import StrictSerializer
from backend.presence.queries import Present


class PresenceInput(StrictSerializer):
    """Whether the person is changing the record, or only reads it."""

    is_writing = serializers.BooleanField()


class PresentShape(serializers.Serializer[Present]):
    """Somebody who has the record open."""

    name = serializers.CharField()
    agency = serializers.CharField()
    is_writing = serializers.BooleanField()


class PresenceShape(serializers.Serializer[Any]):
    """Who else has it open."""

    others = PresentShape(many=True)
