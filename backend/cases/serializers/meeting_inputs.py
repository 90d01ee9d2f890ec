"""What is asked about a meeting that is no review, and for the scores of a questionnaire."""

from datetime import date
from typing import Any

from rest_framework import serializers

from backend.core import clock
from backend.core.api.serializers import StrictSerializer
from backend.deadlines.calendar import local
from backend.outcomes.rules import SCALES
from backend.workflow import fields

_ALL_SCALES = "Enter all five scores, or none and why not."
_SCALE_LABELS = {
    "emotional": "Emotional",
    "conduct": "Conduct",
    "hyperactivity": "Hyperactivity",
    "peer": "Peer relationships",
    "prosocial": "Prosocial (helpful to others)",
}


def _past(value: date) -> date:
    if value > local(clock.now()).date():
        raise serializers.ValidationError("This day is in the future.")
    return value


class MeetingInput(StrictSerializer):
    """A meeting that is no review."""

    kind = fields.code("meeting_kinds", "What was it?")
    held_on = fields.date("On which day was it?")
    people = fields.codes("note_people", "Who was there?", required=True)
    who_was_there = fields.long_text("Their names", required=False)
    child_view = fields.long_text("What does the child say?", hint="In their own words", required=False)
    family_view = fields.long_text("What does the family say?", required=False)
    what_changed = fields.long_text("What was talked about?")
    decisions = fields.long_text("What was decided?", hint="New actions are added to the plan", required=False)
    next_on = fields.date("When is the next one?", required=False)

    def validate_held_on(self, value: date) -> date:
        """Refuse a meeting of the future."""
        return _past(value)


def scale_label(name: str) -> str:
    """Return the words of a scale of the questionnaire."""
    return _SCALE_LABELS.get(name, "Total difficulties")


def scale_field(name: str) -> Any:
    """Return the field of one scale."""
    return fields.whole_number(f"{_SCALE_LABELS[name]}, 0 to 10", most=10)


class ChildScoreInput(StrictSerializer):
    """The five scores of a Strengths and Difficulties Questionnaire, or why there are none."""

    measure = fields.code(
        "measures", "Which version?", only=("sdq_teacher", "sdq_parent", "sdq_self"), hint="Enter scores only"
    )
    stage = fields.code("score_stages", "When in the work is this?")
    taken_on = fields.date("On which day was it filled in?")
    emotional = scale_field("emotional")
    conduct = scale_field("conduct")
    hyperactivity = scale_field("hyperactivity")
    peer = scale_field("peer")
    prosocial = scale_field("prosocial")
    why_not = fields.code("sdq_why_not", "If there are no scores, why?", required=False, asked=True)
    comment = fields.long_text("What should a reader know?", required=False)

    def validate_taken_on(self, value: date) -> date:
        """Refuse a day that has not come."""
        return _past(value)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse half a questionnaire: a total of some scales would mislead."""
        missing = [scale for scale in SCALES if attrs[scale] is None]
        is_half = 0 < len(missing) < len(SCALES)
        if is_half or (missing and not attrs["why_not"]):
            where = missing if is_half else [SCALES[0]]
            raise serializers.ValidationError({scale: [_ALL_SCALES] for scale in where})
        return attrs
