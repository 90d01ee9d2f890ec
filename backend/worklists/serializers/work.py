"""The shapes of a person's work, and of finding a record again."""

from datetime import datetime
from typing import Any, get_args

from rest_framework import serializers

from backend.cases.models import Case
from backend.children.serializers import age_of
from backend.core import vocabulary
from backend.core.api.serializers import StrictSerializer
from backend.referrals.models import Referral
from backend.workflow import fields
from backend.workflow.serializers import DescriptorShape
from backend.worklists.queries.finding import Found
from backend.worklists.queries.items import Item, Kind
from backend.worklists.queries.work import Work

KINDS = list(get_args(Kind))


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
    # Since when somebody else has had it to answer.
    since = serializers.DateTimeField(allow_null=True)


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
        "since": item.since,
    }


class FindInput(StrictSerializer):
    """What somebody types to find a record again."""

    text = fields.text("Child’s name, or reference", hint="A part of the name is enough. For example, R-7KQ-MXDA4")
    date_of_birth = fields.date("Date of birth, if you know it", hint="For example, 27 3 2012", required=False)


class FindFormShape(serializers.Serializer[Any]):
    """What to ask for."""

    input = DescriptorShape(many=True)


class FoundShape(serializers.Serializer[Any]):
    """One record that was found."""

    id = serializers.UUIDField()
    kind_label = serializers.CharField()
    reference = serializers.CharField()
    url = serializers.CharField()
    child_name = serializers.CharField(allow_null=True)
    child_age = serializers.CharField(allow_null=True)
    state_label = serializers.CharField()
    with_agency = serializers.CharField()


class FindingsShape(serializers.Serializer[Any]):
    """What was found; `is_cut` says that more may be like it, so that somebody asks more narrowly."""

    results = FoundShape(many=True)
    is_cut = serializers.BooleanField()


def found_data(found: Found) -> dict[str, Any]:
    """Return what was found as plain data, cases before the referrals that may have led to them."""
    return {
        "results": [
            *(_record("Case", "cases", one, one.lead_agency.name, found) for one in found.cases),
            *(_record("Referral", "referrals", one, one.holder.name, found) for one in found.referrals),
        ],
        "is_cut": found.is_cut,
    }


def _record(kind: str, place: str, record: Case | Referral, agency: str, found: Found) -> dict[str, Any]:
    child = found.children.get(record.child_id) if record.child_id else None
    return {
        "id": record.id,
        "kind_label": kind,
        "reference": record.reference,
        "url": f"/{place}/{record.id}",
        "child_name": child.name if child else None,
        "child_age": age_of(child) if child else None,
        "state_label": record.LABELS[record.state],
        "with_agency": agency,
    }
