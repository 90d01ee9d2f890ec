"""What is asked of somebody who breaks the glass, and of those who look at it afterwards."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from backend.core import clock
from backend.core.api.serializers import StrictSerializer
from backend.deadlines.calendar import local
from backend.oversight.models import BreakGlass, UnusualReading
from backend.workflow import fields
from backend.workflow.fields import EdgeInput

LEAST = 20
_MORE = f"Say in at least {LEAST} characters why you need it now."


class OpenInput(StrictSerializer):
    """Whose records, and why now."""

    given_name = fields.text("Child’s first name", hint="Exactly as it is written in the record")
    family_name = fields.text("Child’s family name")
    date_of_birth = fields.date("Date of birth", hint="For example, 27 3 2012")
    reason_code = fields.code("break_glass_reasons", "Why do you need to read it?")
    reason = fields.long_text(
        "Why it cannot wait, in your own words",
        hint="At least 20 characters. Your manager and information governance read this today",
    )

    def validate_date_of_birth(self, value: Any) -> Any:
        """A child has been born."""
        if value > local(clock.now()).date():
            raise serializers.ValidationError("The date of birth cannot be in the future.")
        return value

    def validate_reason(self, value: str) -> str:
        """A word is no reason."""
        if len(value.strip()) < LEAST:
            raise serializers.ValidationError(_MORE)
        return value


class EndInput(EdgeInput):
    """That it is no longer needed."""


class LookInput(EdgeInput):
    """What the manager thinks of it."""

    words = fields.long_text("What do you know about it?", hint="For example, what you asked and what was answered")


class DecideInput(EdgeInput):
    """Whether it was justified."""

    outcome = fields.code("break_glass_outcomes", "Was it justified?")
    words = fields.long_text("Why?", hint="The person and their managers read this")


class UnusualLookInput(EdgeInput):
    """What the manager knows of it."""

    words = fields.long_text(
        "What do you know about it?",
        hint="For example, that you had asked them to look. Do not speak to them about it before it is decided",
    )


class UnusualDecideInput(EdgeInput):
    """What it was."""

    outcome = fields.code("unusual_outcomes", "What was it?")
    words = fields.long_text("Why?", hint="Their managers read this")


INPUTS: Mapping[str, type[EdgeInput]] = {"end": EndInput, "look": LookInput, "decide": DecideInput}
LABELS: Mapping[str, tuple[str, str]] = {
    "end": ("Close it now", "You do not see these records any more. What you read stays written down."),
    "look": ("Say what you know about it", "Information governance decides; what you say helps them."),
    "decide": ("Decide whether it was justified", "The person and their managers are told."),
}

UNUSUAL_INPUTS: Mapping[str, type[EdgeInput]] = {"look": UnusualLookInput, "decide": UnusualDecideInput}
UNUSUAL_LABELS: Mapping[str, tuple[str, str]] = {
    "look": ("Say what you know about it", "Information governance decides; what you say helps them."),
    "decide": ("Decide what it was", "Their managers are told. The person is not: you decide who speaks to them."),
}


def possible(one: BreakGlass, *, is_own: bool, manages: bool, governs: bool) -> list[str]:
    """Return what somebody may do about it now."""
    if is_own:
        return ["end"] if one.is_open else []
    waits = [("look", manages and one.looked_at is None), ("decide", governs)]
    return [name for name, may in waits if may and not one.outcome]


def unusual_possible(one: UnusualReading, *, manages: bool, governs: bool) -> list[str]:
    """Return what somebody may say about an unusual reading now."""
    waits = [("look", manages and one.looked_at is None), ("decide", governs)]
    return [name for name, may in waits if may and not one.outcome]
