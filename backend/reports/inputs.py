"""What is asked of whoever makes a report."""

from typing import Any

from rest_framework import serializers

from backend.core.api.serializers import StrictSerializer
from backend.reports.content import KINDS
from backend.reports.rules import Span, spans
from backend.workflow import fields

_CHOOSE = "Choose a quarter or a year that is over."


class MakeInput(StrictSerializer):
    """Which report, about which months."""

    kind = fields.code(KINDS, "Which report?")
    period = serializers.CharField(
        label="Which months?",
        help_text="Years begin in April.",
        max_length=20,
        style={"kind": "choice"},
        error_messages=dict.fromkeys(("required", "blank", "null", "max_length"), _CHOOSE),
    )

    def validate_period(self, value: str) -> Span:
        """Return the months; refuse what is not over or not whole."""
        found = spans().get(value)
        if found is None:
            raise serializers.ValidationError(_CHOOSE)
        return found


class EditionInput(StrictSerializer):
    """Why there has to be another edition."""

    reason: Any = fields.long_text(
        "Why is a new edition needed?",
        hint="Say what was wrong or incomplete, and never write about a person. It is printed in the report.",
    )
