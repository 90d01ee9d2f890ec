"""What needs attention, as the API says it: how many of each kind, and rows of one shape whatever they are."""

from typing import Any

from rest_framework import serializers


class ExceptionPartShape(serializers.Serializer[Any]):
    """Some of one kind that have more in common, each with a list of its own."""

    code = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()


class ExceptionKindShape(serializers.Serializer[Any]):
    """One kind of exception and how many there are; `is_more` says that there are more than that."""

    kind = serializers.CharField()
    label = serializers.CharField()
    hint = serializers.CharField()
    count = serializers.IntegerField()
    is_more = serializers.BooleanField()
    parts = ExceptionPartShape(many=True)


class AttentionShape(serializers.Serializer[Any]):
    """Every kind, and when it was looked up."""

    checked_at = serializers.DateTimeField()
    kinds = ExceptionKindShape(many=True)
    undelivered = serializers.IntegerField()


class ExceptionShape(serializers.Serializer[Any]):
    """One thing that needs attention."""

    id = serializers.UUIDField()
    reference = serializers.CharField(allow_blank=True)
    title = serializers.CharField()
    since = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField(allow_null=True)
