"""What is asked about a peer or a place of concern: who or where, what is known, from whom, and when to look again."""

from datetime import date
from typing import Any

from rest_framework import serializers

from backend.cases.commands.concerns import CHANGED, ENDED
from backend.cases.models import Concern
from backend.cases.serializers.alert_inputs import WITHIN, is_within_a_year
from backend.core.api.serializers import StrictSerializer
from backend.workflow import fields
from backend.workflow.fields import EdgeInput

_WHAT, _TEXT, _AGAIN = "What is the concern?", "What is known?", "When is it looked at again?"
_IS_PEER = {"field": "kind", "values": [Concern.PEER]}
_IF_CHANGED = {"field": "outcome", "values": [CHANGED]}
_IF_GOES_ON = {"field": "outcome", "values": ["stands", CHANGED]}
_BY_NAME = "Say who or where it is."


class AddConcernInput(StrictSerializer):
    """A peer or a place of concern."""

    kind = fields.code("concern_subjects", "Is it a peer or a place?")
    peer = fields.chosen_id(
        "record",
        "Is it a child you work with?",
        hint="Leave this empty if it is not, or if you do not know",
        required=False,
        show_if=_IS_PEER,
    )
    name = fields.text(
        "Who or where is it?",
        hint="The place, or the name of a peer you do not work with. Leave it empty if you chose a child above",
        required=False,
    )
    what = fields.codes("outside_home_concerns", _WHAT, hint="Choose all that apply", required=True)
    text = fields.long_text(_TEXT, hint="What was seen or said, and what it means for the child")
    since = fields.date("Since when?", hint="Leave this empty if nobody knows", required=False)
    source = fields.code("statement_bases", "How do you know?")
    told_by = fields.text("Who told you?", required=False, show_if={"field": "source", "values": ["told"]})
    review_on = fields.date(_AGAIN, hint="Within a year")

    def validate_review_on(self, value: date) -> date:
        """Refuse a day that is past, or more than a year ahead."""
        if not is_within_a_year(value):
            raise serializers.ValidationError(WITHIN)
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for a name where no child was chosen; a chosen child has one."""
        if attrs["kind"] != Concern.PEER:
            attrs["peer"] = None
        if attrs["peer"] is not None:
            attrs["name"] = ""
        elif not attrs["name"]:
            raise serializers.ValidationError({"name": [_BY_NAME]})
        attrs["what"] = list(dict.fromkeys(attrs["what"]))
        return attrs


class ReviewConcernInput(EdgeInput):
    """Whether it is still so, and why."""

    outcome = fields.code("concern_outcomes", "Is it still so?")
    reason = fields.long_text("What is that based on?", hint="Who was asked, what was seen")
    what = fields.codes("outside_home_concerns", _WHAT, show_if=_IF_CHANGED, asked=True)
    text = fields.long_text(_TEXT, required=False, show_if=_IF_CHANGED, asked=True)
    review_on = fields.date(_AGAIN, hint="Within a year", required=False, show_if=_IF_GOES_ON, asked=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for the next day where it goes on, and for what is known now where it has changed."""
        if attrs["outcome"] == ENDED:
            return attrs
        problems = {}
        if not attrs["review_on"] or not is_within_a_year(attrs["review_on"]):
            problems["review_on"] = [WITHIN]
        if attrs["outcome"] == CHANGED and not attrs["what"]:
            problems["what"] = [fields.CHOOSE]
        if attrs["outcome"] == CHANGED and not attrs["text"]:
            problems["text"] = ["Say what is known now."]
        if problems:
            raise serializers.ValidationError(problems)
        return attrs
