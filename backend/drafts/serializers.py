"""The shapes of autosave, whatever the form: changed answers in, what is saved and what it must not overwrite out."""

from collections.abc import Container, Mapping
from typing import Any

from rest_framework import serializers

from backend.access.actors import Actor
from backend.core.api.serializers import AnyValue, StrictSerializer
from backend.core.errors import Invalid
from backend.drafts.commands import Saved
from backend.drafts.merge import Answer, Change
from backend.drafts.models import Draft

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


class SavedShape(serializers.Serializer[Any]):
    """What a save did: the answers as they stand, and those it must not overwrite."""

    rev = serializers.IntegerField()
    saved_at = serializers.DateTimeField()
    answers = serializers.DictField(child=AnswerShape())
    conflicts = serializers.DictField(child=ConflictShape())


class TypedShape(serializers.Serializer[Any]):
    """What somebody has typed into a form of their own and not sent; nothing is saved where nothing was typed."""

    rev = serializers.IntegerField()
    saved_at = serializers.DateTimeField(allow_null=True)
    answers = serializers.DictField(child=AnswerShape())
    # Whoever left it behind, where it was passed on.
    begun_by = serializers.CharField(allow_blank=True)


def changes_in(data: Mapping[str, Any], asked: Container[str]) -> dict[str, Change]:
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


def typed_data(actor: Actor, draft: Draft | None, asked: Container[str]) -> dict[str, Any]:
    """Return what was typed so far; an answer that the form no longer asks for is left out."""
    answers = {name: one for name, one in draft.answers.items() if name in asked} if draft else {}
    others = dict.fromkeys(one["by"] for one in answers.values() if one.get("by") not in (None, actor.name))
    return {
        "rev": draft.rev if draft else 0,
        "saved_at": draft.saved_at if draft else None,
        "answers": {name: answer_data(one) for name, one in answers.items()},
        "begun_by": ", ".join(others),
    }
