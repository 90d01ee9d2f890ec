"""The shapes of autosave, whatever the form: changed answers in, what is saved and what it must not overwrite out."""

from collections.abc import Collection, Mapping
from typing import Any

from rest_framework import serializers

from backend.core.api.serializers import AnyValue, StrictSerializer
from backend.core.errors import Invalid
from backend.drafts.commands import Saved
from backend.drafts.merge import Answer, Change

NOT_ASKED = "This is not something we ask for here."


class AnswerInput(StrictSerializer):
    """A new value, and the revision of the answer it was typed over: 0 for none."""

    value = serializers.JSONField(allow_null=True)
    base_rev = serializers.IntegerField(min_value=0, max_value=2**31 - 1)


class DraftInput(StrictSerializer):
    """Changed answers by field name; unfinished and invalid ones are kept too."""

    answers = serializers.DictField(child=AnswerInput())


class AnswerShape(serializers.Serializer[Any]):
    """An answer as it is saved."""

    value = AnyValue()
    rev = serializers.IntegerField()
    at = serializers.DateTimeField()


class ConflictShape(AnswerShape):
    """What somebody else saved meanwhile, and who."""

    by = serializers.CharField()


def changes_in(data: Mapping[str, Any], asked: Collection[str]) -> dict[str, Change]:
    """Return validated input as drafts take it; raise Invalid for names that the form does not ask for."""
    unknown = {name: [NOT_ASKED] for name in data["answers"] if name not in asked}
    if unknown:
        raise Invalid("Some of what was sent is not asked for here.", fields=unknown)
    return {name: (one["value"], one["base_rev"]) for name, one in data["answers"].items()}


def answer_data(answer: Answer) -> Answer:
    """Return one saved answer without who typed it."""
    return {name: answer[name] for name in ("value", "rev", "at")}


def saved_data(result: Saved) -> dict[str, Any]:
    """Return what a save did to the answers."""
    return {
        "rev": result.rev,
        "saved_at": result.saved_at,
        "answers": {name: answer_data(answer) for name, answer in result.applied.items()},
        "conflicts": {name: {**answer_data(one), "by": one.get("by", "")} for name, one in result.conflicts.items()},
    }
