"""How a case ended: why, what changed, what the child and the parents said of the help, and who goes on."""

from typing import Any

from rest_framework import serializers

from backend.cases.models import Case
from backend.core import vocabulary


class EndingShape(serializers.Serializer[Any]):
    """How the case ended; of each view the words, or why there are none."""

    closed_at = serializers.DateTimeField()
    reason_label = serializers.CharField(allow_blank=True)
    summary = serializers.CharField(allow_blank=True)
    child_view = serializers.CharField(allow_blank=True)
    parent_view = serializers.CharField(allow_blank=True)
    goes_on = serializers.CharField(allow_blank=True)


def ending_data(case: Case) -> dict[str, Any] | None:
    """Return how a case ended, if it has."""
    if case.closed_at is None:
        return None
    return {
        "closed_at": case.closed_at,
        "reason_label": vocabulary.get("closing_reasons").label(case.closing_reason),
        "summary": case.closing_summary,
        "child_view": view_or_why_not(case.child_view, case.child_view_why_not),
        "parent_view": view_or_why_not(case.parent_view, case.parent_view_why_not),
        "goes_on": case.goes_on,
    }


def view_or_why_not(words: str, why_not: str) -> str:
    """Return what somebody said, or why they could not say; nothing where nobody was to be asked."""
    return words or (f"Not asked. {vocabulary.get('view_why_not').label(why_not)}." if why_not else "")
