"""What the plan of a case asks for: goals, actions, the agreement and its reviews."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from backend.cases.serializers.working_inputs import next_action, next_action_on
from backend.core import vocabulary
from backend.core.api.serializers import StrictSerializer
from backend.sharing import serializers as sharing
from backend.workflow import fields
from backend.workflow.fields import EdgeInput

_MISSING = "Enter a score from 0 to 10, or choose why there is none."
_LAST_MISSING = "Enter the last score from 0 to 10, or choose why there is none."
# More than any plan has that a family can keep in mind.
_MOST_GOALS = 50
OWNER_SEES = "They see this action and the child’s name, and nothing else of the case"


def _score(*, hint: str, asked: bool = False) -> Any:
    return fields.whole_number("How near is it, from 0 to 10?", most=10, hint=hint, asked=asked)


def _given_by() -> Any:
    return fields.code("score_givers", "Who says so?", required=False)


def _comment() -> Any:
    return fields.long_text("What did they say about it?", hint="In their words", required=False)


def _words() -> Any:
    return fields.long_text("What do they want to be different?", hint="In the family’s own words")


def why_corrected() -> Any:
    """Return the question why something written is put right."""
    return fields.text("Why do you correct it?", hint="A slip, or something you learned since", max_length=300)


def _headline() -> Any:
    return fields.code("headline_outcomes", "Which headline outcome does it belong to?", required=False)


# --- Goals -----------------------------------------------------------------------------------------------------------


class GoalInput(StrictSerializer):
    """A goal in the family’s words, with its first score."""

    words = _words()
    whose = fields.code("goal_whose", "Whose goal is it?")
    headline = _headline()
    score = _score(hint="This is what later scores are compared with. You can add it later")
    given_by = _given_by()
    comment = _comment()


class ScoreGoalInput(EdgeInput):
    """How near the goal is, or why nobody can say."""

    score = _score(hint="0 is as far away as can be, 10 is reached. Leave it empty if nobody can give one", asked=True)
    why_no_score = fields.code("score_why_not", "If there is no score, why?", required=False, asked=True)
    given_by = _given_by()
    comment = _comment()
    taken_on = fields.date("On which day?", hint="Leave this empty if it was today", required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse to look at a goal and say nothing of how near it is."""
        if attrs["score"] is None and not attrs["why_no_score"]:
            raise serializers.ValidationError({"score": [_MISSING]})
        return attrs


class ReviseGoalInput(EdgeInput):
    """The goal in other words."""

    words = _words()
    whose = fields.code("goal_whose", "Whose goal is it?")
    headline = _headline()


class EndGoalInput(EdgeInput):
    """What came of the goal, with its last score or why there is none."""

    outcome = fields.code("goal_outcomes", "What came of it?")
    note = fields.long_text("What helped, and what did not?", required=False)
    score = _score(hint="The last score. Leave it empty if nobody can give one", asked=True)
    why_no_score = fields.code("score_why_not", "If there is no last score, why?", required=False, asked=True)
    given_by = _given_by()
    comment = _comment()


class CorrectGoalInput(ReviseGoalInput):
    """The goal as it should have been written down, and why it was not."""

    reason = why_corrected()


class ReopenGoalInput(EdgeInput):
    """Why it has not ended after all."""

    reason = fields.long_text("Why has it not ended?")


class UndoGoalInput(EdgeInput):
    """Nothing is asked."""


GOAL_INPUTS: Mapping[str, type[EdgeInput]] = {
    "score": ScoreGoalInput,
    "revise": ReviseGoalInput,
    "end": EndGoalInput,
    "correct": CorrectGoalInput,
    "reopen": ReopenGoalInput,
    "undo": UndoGoalInput,
}


class GoalNowInput(serializers.Serializer[Any]):
    """What is said of one goal on the page of all of them; nothing is asked of a goal that nobody spoke of."""

    score = _score(hint="0 is as far away as can be, 10 is reached. Ask the child and the family")
    why_no_score = fields.code("score_why_not", "If nobody can give a score, why?", required=False)
    given_by = _given_by()
    comment = _comment()
    outcome = fields.code(
        "goal_outcomes",
        "Does the goal end now? What came of it?",
        hint="Leave this open if you go on with it",
        required=False,
    )
    note = fields.long_text(
        "What helped, and what did not?",
        required=False,
        show_if={"field": "outcome", "values": [term.code for term in vocabulary.get("goal_outcomes")]},
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse words and endings without a score or why there is none, and a note on an end that is not chosen."""
        is_scored = attrs["score"] is not None or attrs["why_no_score"]
        if not is_scored and attrs["outcome"]:
            raise serializers.ValidationError({"score": [_LAST_MISSING]})
        if not is_scored and (attrs["given_by"] or attrs["comment"] or attrs["note"]):
            raise serializers.ValidationError({"score": [_MISSING]})
        if attrs["note"] and not attrs["outcome"]:
            raise serializers.ValidationError({"outcome": ["Choose what came of it."]})
        return attrs


class GoalNowRow(GoalNowInput, StrictSerializer):
    """The same, and which goal it is."""

    goal = serializers.UUIDField()


class ScoreGoalsInput(EdgeInput):
    """What is said of each open goal of a plan, in one go."""

    rows = serializers.ListField(child=GoalNowRow(), allow_empty=False, max_length=_MOST_GOALS)

    def validate_rows(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Refuse a page on which nothing was said, and two answers about one goal."""
        if len({row["goal"] for row in rows}) < len(rows):
            raise serializers.ValidationError("Say each goal once.")
        if not any(row["score"] is not None or row["why_no_score"] for row in rows):
            raise serializers.ValidationError("Score at least one goal, or choose why there is no score.")
        return rows


# --- Actions ---------------------------------------------------------------------------------------------------------


def left_out(*, required: bool = True) -> Any:
    """Return the question whether the family's own page leaves an action out."""
    label, hint = "Is it left out of the family’s own page?", "For example a call to the police"
    return fields.yes_no(label, hint=hint, required=required)


def _done() -> Any:
    return fields.long_text("What will be done?", hint="So that whoever does it needs to know nothing else")


class ActionInput(StrictSerializer):
    """Something one person does by a day."""

    text = _done()
    goal = fields.chosen_id("record", "Towards which goal?", required=False)
    owner = fields.chosen_id("person", "Who does it?", hint=OWNER_SEES)
    due_on = fields.date("By which day?")
    not_for_family = left_out()
    article6 = sharing.article6(required=False)
    condition = sharing.condition(required=False)
    power = sharing.power(required=False)
    ends_on = sharing.ends_on()


class CompleteActionInput(EdgeInput):
    """What was done."""

    outcome = fields.long_text("What did you do, and what came of it?")


class CancelActionInput(EdgeInput):
    """Why it will not be done."""

    reason_code = fields.code("action_cancel_reasons", "What is the reason?")
    reason = fields.long_text("What should others know?", required=False)


class MoveActionInput(EdgeInput):
    """By when it is done instead."""

    due_on = fields.date("By which day?")


class ReassignActionInput(EdgeInput):
    """Who does it from now on."""

    owner = fields.chosen_id("person", "Who does it?", hint=OWNER_SEES)
    article6 = sharing.article6(required=False)
    condition = sharing.condition(required=False)
    power = sharing.power(required=False)
    ends_on = sharing.ends_on()


class GoOnActionInput(EdgeInput):
    """Its owner has said that they go on; nothing more is asked."""


class CorrectActionInput(EdgeInput):
    """The action as it should have been written down, and why it was not."""

    text = _done()
    reason = why_corrected()


class ReopenActionInput(EdgeInput):
    """Why it is open again, and until when."""

    reason = fields.long_text("Why is it open again?")
    due_on = fields.date("By which day?")


class UndoActionInput(EdgeInput):
    """Nothing is asked."""


ACTION_INPUTS: Mapping[str, type[EdgeInput]] = {
    "complete": CompleteActionInput,
    "cancel": CancelActionInput,
    "move": MoveActionInput,
    "reassign": ReassignActionInput,
    "go_on": GoOnActionInput,
    "correct": CorrectActionInput,
    "reopen": ReopenActionInput,
    "undo": UndoActionInput,
}


# --- The plan and its reviews ----------------------------------------------------------------------------------------


class AgreePlanInput(EdgeInput):
    """Who agreed to the plan, what they say about it, and when it is looked at again."""

    agreed_by = fields.code("agreed_by", "Who agreed?")
    family_view = fields.long_text("What do they say about the plan?", hint="In their words")
    review_on = fields.date("On which day is it reviewed?", hint="After about 6 weeks, and no later than in 12")
    next_action = next_action()
    next_action_on = next_action_on()


class HoldReviewInput(EdgeInput):
    """Who was there, what they say, what has changed, and what happens until the next review."""

    held_on = fields.date("On which day was it?")
    people = fields.codes("note_people", "Who was there?", required=True)
    who_was_there = fields.long_text("Their names", required=False)
    child_view = fields.long_text("What does the child say?", hint="In their own words", required=False, asked=True)
    child_view_why_not = fields.code(
        "voice_why_not", "If the child’s view is missing, why?", required=False, asked=True
    )
    family_view = fields.long_text("What does the family say?", hint="In their words")
    conclusion = fields.code("review_conclusions", "How does it go?")
    what_changed = fields.long_text("What has changed, and what helped?")
    decisions = fields.long_text("What was decided?", hint="New actions are added to the plan", required=False)
    review_on = fields.date("On which day is the next review?", hint="No later than in 12 weeks")
    next_action = next_action()
    next_action_on = next_action_on()


PLANNING_INPUTS: Mapping[str, type[EdgeInput]] = {"agree_plan": AgreePlanInput, "hold_review": HoldReviewInput}
