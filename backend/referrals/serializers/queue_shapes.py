"""The shape of the numbers above the queue."""

from typing import Any

from rest_framework import serializers


class QueueCountsShape(serializers.Serializer[Any]):
    """How much of the queue is new, due when, and in whose hands."""

    new = serializers.IntegerField()
    overdue = serializers.IntegerField()
    today = serializers.IntegerField()
    later = serializers.IntegerField()
    mine = serializers.IntegerField()
    nobodys = serializers.IntegerField()
