"""What is asked about something that was said; nothing in it leads to a child or to a record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rest_framework import serializers

from backend.core import clock
from backend.core.api.serializers import StrictSerializer
from backend.deadlines.calendar import local
from backend.voices.rules import MOST_WORDS, months, telling
from backend.workflow import fields
from backend.workflow.fields import EdgeInput

_CHOOSE_MONTH = "Choose a month from the list."
_ASKED = {"field": "agreement", "values": ["words", "counted"]}
_NO_NAMES = "No names of people, schools or streets, and nothing by which somebody could be known"


def _checked(words: str) -> str:
    if len(words) > MOST_WORDS:
        raise serializers.ValidationError(f"Use {MOST_WORDS:,} characters or fewer.")
    found = telling(words)
    if found:
        raise serializers.ValidationError(
            f"We could not keep these words, because they may tell who said them: there is {' and '.join(found)} in "
            "them. Take it out, then try again."
        )
    return words


class SayingInput(StrictSerializer):
    """One thing that somebody said."""

    speaker = fields.code("voice_speakers", "Who said it?")
    direction = fields.code("voice_directions", "What is it about?")
    themes = fields.codes("voice_themes", "Which themes does it touch?", hint="At least one", required=True)
    words = fields.long_text("What did they say, in their own words?", hint=_NO_NAMES, required=False)
    agreement = fields.code("voice_agreements", "Did they agree that their words are used?")
    asked_by = fields.text("Who asked them?", hint="Your own name if it was you", required=False, show_if=_ASKED)
    asked_on = fields.date("When were they asked?", required=False, show_if=_ASKED)
    month = serializers.CharField(
        label="In which month did they say it?",
        help_text="No day is kept",
        max_length=7,
        style={"kind": "choice"},
        error_messages=dict.fromkeys(("required", "blank", "null", "max_length"), _CHOOSE_MONTH),
    )
    ward = fields.code("wards", "Which ward was it about?", hint="Leave it empty for the whole city", required=False)

    def validate_words(self, value: str) -> str:
        """Refuse what shows by its form who said it."""
        return _checked(value)

    def validate_month(self, value: str) -> date:
        """Return its first day; refuse a month that is to come, or long over."""
        found = {f"{month:%Y-%m}": month for month in months()}.get(value)
        if found is None:
            raise serializers.ValidationError(_CHOOSE_MONTH)
        return found

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """An agreement is somebody's answer to somebody; without one nobody is said to have asked."""
        if attrs["agreement"] not in _ASKED["values"]:
            return {**attrs, "asked_by": "", "asked_on": None}
        missing = {
            "asked_by": [] if attrs["asked_by"] else ["Enter who asked them."],
            "asked_on": list(_day_problems(attrs["asked_on"])),
        }
        problems = {name: sentences for name, sentences in missing.items() if sentences}
        if problems:
            raise serializers.ValidationError(problems)
        return attrs


def _day_problems(day: date | None) -> list[str]:
    if day is None:
        return ["Enter when they were asked."]
    return ["The day they were asked cannot be in the future."] if day > local(clock.now()).date() else []


class CorrectInput(EdgeInput, SayingInput):
    """What was said, as it should have been written down."""


class ReleaseInput(EdgeInput):
    """The words as analysts may read them."""

    released_words = fields.long_text(
        "The words as others may read them",
        hint=f"Make them shorter where they tell who it was. {_NO_NAMES}. The words as they were stay with us",
    )

    def validate_released_words(self, value: str) -> str:
        """Refuse what shows by its form who said it."""
        return _checked(value)


class KeepBackInput(EdgeInput):
    """What has to be different first."""

    reason = fields.text("What has to be different?", hint="Whoever wrote it down reads this", max_length=300)


class TakeBackInput(EdgeInput):
    """It is not used any more: why, and whether it still counts."""

    reason = fields.text("Why is it taken back?", hint="No names here either", max_length=300)
    still_counted = fields.yes_no(
        "May it still be counted?",
        hint="Without its words. A month whose figures have been published stays as it is",
    )


class BringBackInput(EdgeInput):
    """It was taken back by mistake: what happened."""

    reason = fields.text("Why is it brought back?", max_length=300)


SAYING_INPUTS: Mapping[str, type[EdgeInput]] = {
    "correct": CorrectInput,
    "release": ReleaseInput,
    "keep_back": KeepBackInput,
    "take_back": TakeBackInput,
    "bring_back": BringBackInput,
}
