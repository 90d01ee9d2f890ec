"""What the end of a case asks for: why, what has changed, what child and parents say of the help, and who goes on."""

from collections.abc import Collection, Mapping
from typing import Any

from rest_framework import serializers

from backend.cases.models import Case
from backend.cases.serializers.plan_inputs import why_corrected
from backend.core import vocabulary
from backend.workflow import fields
from backend.workflow.fields import CodeField, EdgeInput

# What another edge says is never chosen: that two records were joined, that another area has it, that the child died.
_BY_OTHER_EDGES = (Case.JOINED, Case.MOVED, Case.DIED)
_OF_PARENTS_ONLY, _OF_CHILDREN_ONLY = ("turned_18", "died"), ("too_young", "unborn")
_MISSING = {
    "child_view": "Enter what the child says, or choose why they could not say.",
    "parent_view": "Enter what the parent or carer says, or choose why they could not say.",
}
_BOTH = "You have entered what they say. Leave this empty, or take their words out."


def _all_but(name: str, left_out: Collection[str]) -> list[str]:
    return [term.code for term in vocabulary.get(name) if term.code not in left_out]


def closing_summary() -> serializers.CharField:
    """Ask what the work has changed."""
    return fields.long_text("What changed for the child?", hint="What helped, and what did not, as you see it")


def child_view() -> serializers.CharField:
    """Ask the child what they make of the help."""
    hint = "In their own words: what helped, what did not, what they would have liked"
    return fields.long_text("What does the child say about the help?", hint=hint, required=False, asked=True)


def child_view_why_not() -> CodeField:
    """Ask why the child's words are missing."""
    only = _all_but("view_why_not", _OF_PARENTS_ONLY)
    return fields.code("view_why_not", "If the child could not say, why?", required=False, asked=True, only=only)


def parent_view() -> serializers.CharField:
    """Ask whoever brings the child up."""
    label = "What does the parent or carer say about the help?"
    return fields.long_text(label, hint="Who said it, in their own words", required=False, asked=True)


def parent_view_why_not() -> CodeField:
    """Ask why their words are missing."""
    only = _all_but("view_why_not", _OF_CHILDREN_ONLY)
    return fields.code("view_why_not", "If no parent or carer could say, why?", required=False, asked=True, only=only)


def views_are_asked(attrs: Mapping[str, Any]) -> None:
    """Refuse an end at which nobody says whether the family was asked, and an answer that says both."""
    problems = {}
    for name, missing in _MISSING.items():
        if attrs[name] and attrs[f"{name}_why_not"]:
            problems[f"{name}_why_not"] = [_BOTH]
        elif not attrs[name] and not attrs[f"{name}_why_not"]:
            problems[name] = [missing]
    if problems:
        raise serializers.ValidationError(problems)


class CloseInput(EdgeInput):
    """Why the work ends, what changed, what the child and the parents say, and who goes on."""

    reason_code = fields.code(
        "closing_reasons", "Why does the work end?", only=_all_but("closing_reasons", _BY_OTHER_EDGES)
    )
    closing_summary = closing_summary()
    child_view = child_view()
    child_view_why_not = child_view_why_not()
    parent_view = parent_view()
    parent_view_why_not = parent_view_why_not()
    risk_remains = fields.yes_no("Does a risk to the child remain?", hint="If so, a second person has to agree")
    goes_on = fields.long_text("Who goes on helping, and with what?", hint="If nobody needs to, say so", required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse to close without asking child and parents."""
        views_are_asked(attrs)
        return attrs


class RecordSustainedInput(EdgeInput):
    """Six months on: whether the change has lasted."""

    sustained = fields.code("sustained_answers", "Has the change lasted?")
    why_not_asked = fields.code(
        "view_why_not",
        "Why could nobody be asked?",
        required=False,
        asked=True,
        only=_all_but("view_why_not", (*_OF_CHILDREN_ONLY, "no_help_yet")),
        show_if={"field": "sustained", "values": [Case.NOT_ASKED]},
    )
    how_it_is = fields.long_text(
        "How is the child now?", hint="Who said so, and when. If nobody could be asked, what you tried"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Say why where nobody could be asked, and only there."""
        if attrs["sustained"] != Case.NOT_ASKED:
            return {**attrs, "why_not_asked": ""}
        if not attrs["why_not_asked"]:
            raise serializers.ValidationError({"why_not_asked": [fields.CHOOSE]})
        return attrs


class CorrectSustainedInput(RecordSustainedInput):
    """The answer as it should have been written down, and why it was not."""

    reason = why_corrected()


CLOSING_INPUTS: Mapping[str, type[EdgeInput]] = {
    "close": CloseInput,
    "record_sustained": RecordSustainedInput,
    "correct_sustained": CorrectSustainedInput,
}
