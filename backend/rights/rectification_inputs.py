"""What is asked of whoever writes down that something is wrong, and of who decides about it."""

from collections.abc import Mapping
from datetime import date

from backend.core.api.serializers import StrictSerializer
from backend.rights.inputs import not_to_come
from backend.workflow import fields
from backend.workflow.fields import EdgeInput


class RectificationInput(StrictSerializer):
    """Who says what is wrong with a note, and what is right."""

    said_by = fields.text("Who says so?", hint="Their whole name")
    said_as = fields.code("rights_askers", "What are they to the child?")
    said_on = fields.date("When did they say it?")
    wrong = fields.long_text("What is wrong, as they see it?", hint="In their words")
    right = fields.long_text("What do they say is right?", hint="In their words")

    def validate_said_on(self, value: date) -> date:
        """They have said it."""
        return not_to_come(value)


class DecideRectificationInput(EdgeInput):
    """What is done about it, and why."""

    outcome = fields.code("rectification_outcomes", "What is done about it?")
    reason = fields.long_text("Why?", hint="Whoever said it is told this, and it stands beside the note")


RECTIFICATION_INPUTS: Mapping[str, type[EdgeInput]] = {"decide": DecideRectificationInput}
