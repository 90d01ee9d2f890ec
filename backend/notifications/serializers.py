"""The shape of a message as its reader gets it."""

from typing import Any

from rest_framework import serializers

from backend.core.api.serializers import StrictSerializer
from backend.notifications.models import ITSELF, Message


class MessageShape(serializers.Serializer[Message]):
    """One message; `url` is a path of this site, empty where there is nothing to open."""

    id = serializers.UUIDField()
    subject = serializers.CharField()
    body = serializers.CharField()
    url = serializers.CharField(source="path")
    urgent = serializers.BooleanField()
    at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class NothingInput(StrictSerializer):
    """The body of an act that needs no words: an empty object."""


def message_data(message: Message) -> dict[str, Any]:
    """Return a message as plain data, without a serializer's cost for each row of a list."""
    return {
        "id": message.id,
        "subject": message.subject,
        "body": message.body,
        "url": "" if message.path == ITSELF else message.path,
        "urgent": message.urgent,
        "at": message.at,
        "read_at": message.read_at,
    }
