"""The shapes of what is due, held, ordered and certified: references and days, never a name of a child."""

from typing import Any

from rest_framework import serializers

from backend.workflow.serializers import ConfirmationShape, OptionShape


class ObstacleShape(serializers.Serializer[Any]):
    """What keeps a child’s records although they are due."""

    code = serializers.CharField()
    label = serializers.CharField()


class DueChildShape(serializers.Serializer[Any]):
    """A child of whom everything is due, by the references of its records."""

    id = serializers.UUIDField()
    references = serializers.ListField(child=serializers.CharField())
    due_on = serializers.DateField()
    schedule = serializers.IntegerField()
    obstacles = ObstacleShape(many=True)


class DueRecordShape(serializers.Serializer[Any]):
    """A record that has ended, and when it becomes due."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    record = serializers.CharField()
    ended_on = serializers.DateField()
    starts_from = serializers.CharField()
    starts_on = serializers.DateField()
    due_on = serializers.DateField()
    is_due = serializers.BooleanField()
    schedule = serializers.IntegerField()


class ScheduleRuleShape(serializers.Serializer[Any]):
    """One rule of the schedule, in words."""

    record = serializers.CharField()
    starts_from = serializers.CharField()
    years = serializers.IntegerField()
    action = serializers.CharField()
    source = serializers.CharField()


class ScheduleShape(serializers.Serializer[Any]):
    """The schedule in force."""

    partnership = serializers.CharField()
    number = serializers.IntegerField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    rules = ScheduleRuleShape(many=True)


class KeptReasonShape(serializers.Serializer[Any]):
    """Why a record is kept, and since when."""

    reason = serializers.CharField()
    since = serializers.DateTimeField()


class KeptShape(serializers.Serializer[Any]):
    """What keeps a record, for whoever reads it."""

    id = serializers.UUIDField()
    kept = KeptReasonShape(many=True)


class HoldRowShape(serializers.Serializer[Any]):
    """A hold in a list."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    reason = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    agency = serializers.CharField()
    placed_by = serializers.CharField()
    placed_at = serializers.DateTimeField()


class HoldShape(HoldRowShape):
    """A hold, whole."""

    version = serializers.IntegerField()
    words = serializers.CharField(allow_blank=True)
    release_reason = serializers.CharField(allow_blank=True)
    released_by = serializers.ListField(child=serializers.CharField())
    released_at = serializers.DateTimeField(allow_null=True)
    leads_to = serializers.CharField()
    confirmation = ConfirmationShape(allow_null=True)
    options = OptionShape(many=True)


class OrderRowShape(serializers.Serializer[Any]):
    """An order in a list."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    agency = serializers.CharField()
    children = serializers.IntegerField()
    deleted = serializers.IntegerField()
    proposed_by = serializers.CharField()
    proposed_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)


class OrderLineShape(serializers.Serializer[Any]):
    """One child of an order; its references until the order has ended."""

    id = serializers.UUIDField()
    references = serializers.ListField(child=serializers.CharField())
    due_on = serializers.DateField()
    state_label = serializers.CharField()
    obstacles = ObstacleShape(many=True)


class OrderShape(OrderRowShape):
    """An order, whole."""

    version = serializers.IntegerField()
    schedule = serializers.IntegerField()
    approved_by = serializers.CharField(allow_blank=True)
    confirmed_by = serializers.CharField(allow_blank=True)
    confirmed_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    end_reason = serializers.CharField(allow_blank=True)
    certificate_id = serializers.UUIDField(allow_null=True)
    leads_to = serializers.CharField()
    lines = OrderLineShape(many=True)
    confirmation = ConfirmationShape(allow_null=True)
    options = OptionShape(many=True)


class CertificateShape(serializers.Serializer[Any]):
    """What was deleted: numbers, and the proof that nobody has changed them."""

    id = serializers.UUIDField()
    order_id = serializers.UUIDField()
    reference = serializers.CharField()
    at = serializers.DateTimeField()
    children = serializers.IntegerField()
    left = serializers.IntegerField()
    rows = serializers.IntegerField()
    files = serializers.IntegerField()
    sha256 = serializers.CharField()
    is_unchanged = serializers.BooleanField()


class RetentionFormShape(serializers.Serializer[Any]):
    """A form of its own page."""

    id = serializers.CharField()
    options = OptionShape(many=True)
