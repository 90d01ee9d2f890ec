"""The forms of a session: the goals of its service, and why it was not held where that is so."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from backend.core import vocabulary
from backend.interventions.models import Session
from backend.interventions.queries.goals import TiedGoal
from backend.interventions.queries.sessions import codes_not_held
from backend.interventions.serializers.goals import ask_of_goals
from backend.workflow import fields

WHY, WORDS = "not_held_why", "not_held_text"
# What only the end of a service says.
_BY_ITSELF = ("service_ended",)
_SAY_WHY = "Say why it was not held, or that nobody knows."


def not_held_if() -> dict[str, Any]:
    """Return when a form asks why: the child did not come, or there was no session."""
    return {"field": "outcome", "values": codes_not_held()}


def reasons_to_choose() -> list[dict[str, str]]:
    """Return the reasons that whoever gives a session may choose from."""
    known = vocabulary.get("session_not_held_reasons")
    return [
        {"value": term.code, "label": term.label, "hint": term.hint} for term in known if term.code not in _BY_ITSELF
    ]


def why_field(*, required: bool = False, **more: Any) -> Any:
    """Return the question why a session was not held or not attended."""
    offered = [one["value"] for one in reasons_to_choose()]
    return fields.code("session_not_held_reasons", "Why?", required=required, only=offered, **more)


def words_field(**more: Any) -> Any:
    """Return the question what there is to add to that."""
    return fields.text("Anything to add?", required=False, max_length=300, **more)


def check_why(attrs: dict[str, Any]) -> dict[str, Any]:
    """Refuse a session that was not held without a reason; one that was held has none."""
    if attrs["outcome"] in codes_not_held():
        if not attrs[WHY]:
            raise serializers.ValidationError({WHY: [_SAY_WHY]})
    elif attrs["outcome"]:
        attrs[WHY] = attrs[WORDS] = ""
    return attrs


def session_form(form: list[dict[str, Any]], tied: Sequence[TiedGoal]) -> list[dict[str, Any]]:
    """Return the form of a session with its service's goals; why it was not held is not left out where it is asked."""
    return [{**one, "required": True} if one["name"] == WHY else one for one in ask_of_goals(form, tied)]


def why_not_held(session: Session) -> str:
    """Return why it was not held or not attended, with what was added to that."""
    label = vocabulary.get("session_not_held_reasons").label(session.not_held_why)
    return f"{label}: {session.not_held_text}" if session.not_held_text else label


def reasons_counted(codes: Sequence[str]) -> str:
    """Return how often each reason was given, as words in brackets; nothing where none was."""
    known = vocabulary.get("session_not_held_reasons")
    often = [f"{known.label(code).lower()} {number}" for code, number in Counter(codes).most_common()]
    return f" ({', '.join(often)})" if often else ""
