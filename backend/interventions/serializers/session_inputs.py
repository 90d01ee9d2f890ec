"""What planning, recording, moving and correcting a session ask for; the fewest answers come first."""

import re
from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from backend.core.api.serializers import StrictSerializer
from backend.interventions.serializers.session_forms import check_why, not_held_if, why_field, words_field
from backend.interventions.states import CALLED_OFF, NO_CONCERN
from backend.workflow import fields
from backend.workflow.fields import EdgeInput

_MOST_MINUTES = 600
_LARGEST_GROUP = 30
_OUTCOME, _MODE = "Did they come?", "Where was it?"
_GOALS = "Which goals did it work on?"


class RecordedFields(serializers.Serializer[Any]):
    """Who came, and what it was like; only the first two are asked of everybody."""

    outcome = fields.code("session_outcomes", _OUTCOME)
    not_held_why = why_field(show_if=not_held_if())
    not_held_text = words_field(show_if=not_held_if())
    mode = fields.code("session_modes", _MODE)
    people = fields.codes("note_people", "Who was there?")
    child_feedback = fields.long_text("What did the child say about it?", required=False)
    goals = fields.chosen_ids(_GOALS)
    worked_on = fields.text("What did you work on?", hint="The topic, in a few words", required=False, max_length=300)
    text = fields.long_text("What happened?", hint="The child may read it one day", required=False)
    minutes = fields.whole_number("How many minutes?", most=_MOST_MINUTES)
    happened_at = fields.moment(
        "When was it?", hint="Leave this empty if it was just now or when it was planned", required=False
    )
    concern = fields.code(
        "session_concerns", "Is there anything to pass on?", hint="You need not see the case", required=False
    )
    concern_text = fields.long_text("What is it?", hint="They read exactly these words", required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what would leave somebody guessing: a concern without its words, no session without a reason."""
        if attrs["concern"] not in ("", NO_CONCERN) and not attrs["concern_text"]:
            raise serializers.ValidationError({"concern_text": ["Say what the lead practitioner must know."]})
        return check_why(attrs)


class AddSessionInput(RecordedFields, StrictSerializer):
    """A session that is over and was not planned here."""

    next_at = fields.moment("When is the next one?", hint="Leave this empty if nobody knows yet", required=False)


class RecordSessionInput(RecordedFields, EdgeInput):
    """A planned session that is over."""

    next_at = fields.moment("When is the next one?", hint="Leave this empty if nobody knows yet", required=False)


class CorrectSessionInput(EdgeInput):
    """What was not right, and what is true; an empty answer stays as it was."""

    reason = fields.text("What was not right?", max_length=300)
    outcome = fields.code("session_outcomes", _OUTCOME, required=False)
    not_held_why = why_field(show_if=not_held_if())
    not_held_text = words_field(show_if=not_held_if())
    mode = fields.code("session_modes", _MODE, required=False)
    people = fields.codes("note_people", "Who was there?")
    child_feedback = fields.long_text("What did the child say about it?", required=False)
    goals = fields.chosen_ids(_GOALS)
    worked_on = fields.text("What did you work on?", required=False, max_length=300)
    text = fields.long_text("What happened?", required=False)
    minutes = fields.whole_number("How many minutes?", most=_MOST_MINUTES)
    happened_at = fields.moment("When was it?", required=False)
    concern = fields.code("session_concerns", "Is there anything to pass on?", required=False)
    concern_text = fields.long_text("What is it?", required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask why there was no session where that is what is put right."""
        return check_why(attrs)


class PlanSessionInput(StrictSerializer):
    """When and where a session will be."""

    planned_at = fields.moment("When will it be?")
    mode = fields.code("session_modes", "Where will it be?")
    worked_on = fields.text("What is it about?", required=False, max_length=300)


class MoveSessionInput(EdgeInput):
    """When it will be instead, and who asked for that."""

    planned_at = fields.moment("When will it be instead?")
    moved_by = fields.code("session_moved_by", "Who asked for it?")
    reason = fields.text("Why?", required=False, max_length=300)


class CallOffSessionInput(EdgeInput):
    """Who called it off, and why."""

    outcome = fields.code("session_outcomes", "Who calls it off?", only=CALLED_OFF)
    not_held_why = why_field(required=True)
    not_held_text = words_field()


class UndoSessionInput(EdgeInput):
    """Nothing is asked."""


SESSION_INPUTS: Mapping[str, type[EdgeInput]] = {
    "record": RecordSessionInput,
    "move": MoveSessionInput,
    "call_off": CallOffSessionInput,
    "correct": CorrectSessionInput,
    "undo": UndoSessionInput,
}


class PlanGroupInput(PlanSessionInput):
    """When a group meets, and for whose interventions."""

    interventions = fields.chosen_ids("Who is it for?", most=_LARGEST_GROUP, required=True)


class AddToGroupInput(StrictSerializer):
    """Who else comes to a group that is planned."""

    interventions = fields.chosen_ids("Who comes too?", most=_LARGEST_GROUP, required=True)


class RegisterRow(RecordedFields, StrictSerializer):
    """How it was for one child of a group; where it was is known from the plan."""

    mode = fields.code("session_modes", _MODE, required=False)
    session = serializers.UUIDField()
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)


class RegisterAnswers:
    """The names of what is typed into a register: each answer about each session of the group."""

    _name = re.compile(r"r[0-9a-f]{32}_(outcome|not_held_why|not_held_text|goals|child_feedback|concern|concern_text)")

    def __contains__(self, name: object) -> bool:
        """Say whether a register asks for it."""
        return isinstance(name, str) and self._name.fullmatch(name) is not None


class RegisterGroupInput(StrictSerializer):
    """How it was for each child of a group, in one go."""

    rows = RegisterRow(many=True, allow_empty=False)
