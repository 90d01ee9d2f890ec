"""What was said as the agency reads it that wrote it down: a row of the list, one whole, and the form of a new one."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from backend.access import queries as access
from backend.access.actors import Actor
from backend.core import vocabulary
from backend.voices import rules
from backend.voices.commands import saying_machine
from backend.voices.inputs import SayingInput
from backend.voices.models import Saying
from backend.workflow import options
from backend.workflow.serializers import OptionNameShape, OptionShape

_HINT = (
    "It is not tied to any child, referral or case, and nobody can be found by it. Write no names. What people say "
    "about a child’s own situation belongs in the record of that child."
)
_NEXT = {
    Saying.RELEASED: "Analysts of the partnership can read the words, without a name",
    Saying.KEPT_BACK: "Whoever wrote it down corrects it",
    Saying.TAKEN_BACK: "Nothing more",
}


class SayingRowShape(serializers.Serializer[Any]):
    """One saying in a list."""

    id = serializers.UUIDField()
    speaker = serializers.CharField()
    direction = serializers.CharField()
    themes = serializers.ListField(child=serializers.CharField())
    words = serializers.CharField(allow_blank=True)
    ward = serializers.CharField(allow_blank=True)
    month = serializers.DateField(help_text="Its first day: no day is kept")
    state = serializers.CharField()
    state_label = serializers.CharField()
    next_step = serializers.CharField()
    recorded_by = serializers.CharField()
    options = OptionNameShape(many=True)


class SayingShape(SayingRowShape):
    """One saying, whole."""

    version = serializers.IntegerField()
    agency = serializers.CharField()
    agreement = serializers.CharField()
    asked_by = serializers.CharField(allow_blank=True)
    asked_on = serializers.DateField(allow_null=True)
    recorded_at = serializers.DateTimeField()
    released_words = serializers.CharField(allow_blank=True)
    released_by = serializers.CharField(allow_blank=True)
    released_at = serializers.DateTimeField(allow_null=True)
    state_reason = serializers.CharField(allow_blank=True)
    is_counted = serializers.BooleanField()
    options = OptionShape(many=True)


class NewSayingShape(serializers.Serializer[Any]):
    """Where something that was said is written down: the form."""

    id = serializers.CharField()
    options = OptionShape(many=True)


def saying_rows(actor: Actor, page: Sequence[Saying]) -> list[dict[str, Any]]:
    """Return a page of sayings, with one statement whatever its length."""
    relations = access.relations(actor, [one.id for one in page])
    return [
        {
            **_row(one),
            "options": [
                {"name": name, "label": label} for name, label in saying_machine.names(actor, one, relations[one.id])
            ],
        }
        for one in page
    ]


def saying_data(actor: Actor, saying: Saying) -> dict[str, Any]:
    """Return one saying exactly as GET gives it to this actor."""
    relations = access.relations_to(actor, saying.id)
    base = f"/api/v1/voices/{saying.id}/"
    found = options.shapes(saying_machine, actor, saying, relations, base=base, choices={})
    return {
        **_row(saying),
        "version": saying.version,
        "agency": saying.agency.name,
        "agreement": vocabulary.get("voice_agreements").label(saying.agreement),
        "asked_by": saying.asked_by,
        "asked_on": saying.asked_on,
        "recorded_at": saying.recorded_at,
        "released_words": saying.released_words,
        "released_by": saying.released_by_name,
        "released_at": saying.released_at,
        "state_reason": saying.state_reason,
        "is_counted": saying.is_counted,
        "options": [{**one, "input": _with_months(one["input"])} for one in found],
    }


def new_saying() -> dict[str, Any]:
    """Return the form that writes one down."""
    form = options.addition("record", "Write down what somebody said", _HINT, "/api/v1/voices/", SayingInput)
    return {"id": "new", "options": [{**form, "input": _with_months(form["input"])}]}


def _with_months(form: list[dict[str, Any]]) -> list[dict[str, Any]]:
    months = [
        {"value": f"{month:%Y-%m}", "label": f"{month:%B %Y}", "hint": "", "group": ""} for month in rules.months()
    ]
    return [{**one, "choices": months} if one["name"] == "month" else one for one in form]


def _row(saying: Saying) -> dict[str, Any]:
    themes = vocabulary.get("voice_themes")
    return {
        "id": saying.id,
        "speaker": vocabulary.get("voice_speakers").label(saying.speaker),
        "direction": vocabulary.get("voice_directions").label(saying.direction),
        "themes": [themes.label(code) for code in saying.themes],
        "words": saying.words,
        "ward": vocabulary.get("wards").label(saying.ward),
        "month": saying.month,
        "state": saying.state,
        "state_label": Saying.LABELS[saying.state],
        "next_step": _NEXT.get(saying.state) or _waits(saying),
        "recorded_by": saying.recorded_by_name,
    }


def _waits(saying: Saying) -> str:
    return "A manager who did not write it down reads the words" if saying.has_words_to_read else "It is counted"
