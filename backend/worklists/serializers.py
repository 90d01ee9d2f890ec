"""The shape of a person's work."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from backend.children.serializers import age_of
from backend.core import vocabulary
from backend.worklists.queries import Item, Work

KINDS = ["next_step", "clock", "task", "turning_point", "transfer", "confirmation"]


class WorkItemShape(serializers.Serializer[Any]):
    """One thing to do or to know: due at an instant (a clock, a task), or on a day (what was planned)."""

    id = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    label = serializers.CharField()
    reference = serializers.CharField(allow_blank=True)
    url = serializers.CharField()
    child_name = serializers.CharField(allow_null=True)
    child_age = serializers.CharField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    rag = serializers.ChoiceField(["red", "amber", "green", "none"])
    case_id = serializers.UUIDField(allow_null=True)


class WorkShape(serializers.Serializer[Any]):
    """A person's work now. `is_cut` says that they carry more cases than are looked through here."""

    overdue = WorkItemShape(many=True)
    today = WorkItemShape(many=True)
    soon = WorkItemShape(many=True)
    waiting = WorkItemShape(many=True)
    turning_points = WorkItemShape(many=True)
    unread_messages = serializers.IntegerField()
    is_cut = serializers.BooleanField()


def work_data(work: Work) -> dict[str, Any]:
    """Return a person's work as plain data."""
    return {
        **{place: [_item(item) for item in items] for place, items in work.places.items()},
        "waiting": [_item(item) for item in work.waiting],
        "turning_points": [_item(item) for item in work.turning],
        "unread_messages": work.unread,
        "is_cut": work.is_cut,
    }


def _item(item: Item) -> dict[str, Any]:
    has_hour = isinstance(item.due, datetime)
    return {
        "id": item.id,
        "kind": item.kind,
        "label": vocabulary.get("task_kinds").label(item.label) if item.kind == "task" else item.label,
        "reference": item.reference,
        "url": item.path,
        "child_name": item.child.name if item.child else None,
        "child_age": age_of(item.child) if item.child else None,
        "due_at": item.due if has_hour else None,
        "due_on": None if has_hour else item.due,
        "rag": item.rag,
        "case_id": item.case_id,
    }
