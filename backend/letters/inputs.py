"""What is asked of who writes a template, and of who writes a letter."""

from typing import Any

from rest_framework import serializers

from backend.core.api.serializers import StrictSerializer
from backend.letters.rules import AGENCY, FIELDS, OTHER, THROUGH, WAYS, left_open, unknown_fields
from backend.sharing import serializers as sharing
from backend.workflow import fields
from backend.workflow.fields import CHOOSE, EdgeInput

_NAMES = ", ".join(f"{{{name}}}" for name in FIELDS)
_BASIS = ("article6", "condition", "power")


def _choice(label: str) -> serializers.CharField:
    return serializers.CharField(
        label=label,
        max_length=60,
        style={"kind": "record"},
        error_messages=dict.fromkeys(("required", "blank", "null", "invalid"), CHOOSE),
    )


class TemplateInput(StrictSerializer):
    """A template: what it is called, who reads it, and its words."""

    name = fields.text("What is this letter called?", hint="For example, Invitation to a first meeting", max_length=100)
    reader = fields.code("letter_readers", "Who is it for?")
    text = fields.long_text("What does it say?", hint=f"It can be filled with: {_NAMES}")

    def validate_text(self, text: str) -> str:
        """Refuse a name that no letter could be filled with."""
        unknown = unknown_fields(text)
        if unknown:
            named = ", ".join(f"{{{name}}}" for name in unknown)
            raise serializers.ValidationError(f"A letter cannot be filled with {named}. Use only {_NAMES}.")
        return text


class FillInput(StrictSerializer):
    """Which template, for whom; both are chosen from the lists that the page brings."""

    template = _choice("Which letter?")
    recipient = _choice("Who is it for?")


class LetterInput(EdgeInput):
    """The letter as its writer leaves it, for whom it is and how it reaches them."""

    template = _choice("Which letter?")
    recipient = _choice("Who is it for?")
    other_name = fields.text(
        "Who are they?", hint="Name and organisation", required=False, show_if={"field": "recipient", "values": [OTHER]}
    )
    title = fields.text("What is the letter called?", hint="Its title, and its name among the documents")
    text = fields.long_text("What does it say?", hint="Put it into your own words. The family may keep it for years")
    way = fields.code("told_methods", "How does it reach them?", only=WAYS)
    through = fields.text(
        "Who is the adult they trust?",
        hint="Their name, and who they are to them",
        required=False,
        show_if={"field": "way", "values": [THROUGH]},
    )
    names_address = fields.code(
        "letter_addresses",
        "If it names an address, may everybody on the case know it?",
        hint="Leave this open if it names none. Where a family lives may be protected",
        required=False,
    )
    article6 = sharing.article6(required=False)
    condition = sharing.condition(required=False)
    power = sharing.power(required=False)
    ends_on = sharing.ends_on()

    def validate_text(self, text: str) -> str:
        """Let nothing go out that still has to be filled in."""
        open_ones = left_open(text)
        if open_ones:
            raise serializers.ValidationError(f"Fill in what stands in square brackets: {', '.join(open_ones)}.")
        return text

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for a basis where it goes to another organisation, and by name whom nobody here knows."""
        wrong: dict[str, list[str]] = {}
        if attrs["recipient"].partition(":")[0] in (AGENCY, OTHER):
            wrong = {name: [CHOOSE] for name in _BASIS if not attrs[name]}
        if attrs["way"] == THROUGH and not attrs["through"]:
            wrong["through"] = ["Say who the adult is."]
        if attrs["recipient"] == OTHER and not attrs["other_name"]:
            wrong["other_name"] = ["Enter who they are."]
        if wrong:
            raise serializers.ValidationError(wrong)
        return attrs
