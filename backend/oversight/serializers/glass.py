"""Shapes of break-glass: who, why, until when, which records, and what others said of it."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.core import vocabulary
from backend.oversight.inputs import INPUTS, LABELS, OpenInput, possible
from backend.oversight.models import BreakGlass, UnusualReading
from backend.oversight.queries.glass import Opened
from backend.oversight.queries.looks import Visit
from backend.oversight.serializers.looks import VisitShape, visits_data
from backend.oversight.words import role_said
from backend.workflow import options
from backend.workflow.descriptors import describe
from backend.workflow.serializers import ChoiceShape, DescriptorShape, OptionShape

VIEWS = {"mine": "Mine", "to_look": "To look at", "to_decide": "To decide", "all": "All"}


class BreakGlassShape(serializers.Serializer[Any]):
    """One of a list."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    person = serializers.CharField()
    agency = serializers.CharField()
    role = serializers.CharField()
    reason_label = serializers.CharField()
    reason = serializers.CharField()
    opened_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    is_open = serializers.BooleanField()
    is_own = serializers.BooleanField()
    records = serializers.ListField(child=serializers.CharField())
    nth = serializers.IntegerField()
    review_due_at = serializers.DateTimeField()
    looked_by = serializers.CharField(allow_blank=True)
    look = serializers.CharField(allow_blank=True)
    decided_by = serializers.CharField(allow_blank=True)
    outcome_label = serializers.CharField(allow_blank=True)
    decision = serializers.CharField(allow_blank=True)
    state_label = serializers.CharField()


class OpenedShape(serializers.Serializer[Any]):
    """One record, with its page where whoever reads this may open it."""

    reference = serializers.CharField()
    url = serializers.CharField(allow_blank=True)


class BreakGlassDetailShape(BreakGlassShape):
    """The same with what was opened and read, and what can be done; `leads_to` is its page."""

    reference = serializers.CharField()
    leads_to = serializers.CharField()
    opened = OpenedShape(many=True)
    visits = VisitShape(many=True)
    options = OptionShape(many=True)


class BreakGlassFormShape(serializers.Serializer[Any]):
    """What is asked, of whom may open anything, and which lists there are."""

    input = DescriptorShape(many=True)
    views = ChoiceShape(many=True)


def glass_data(actor: Actor, one: BreakGlass) -> dict[str, Any]:
    """Return one of a list."""
    return {
        "id": one.id,
        "version": one.version,
        "person": one.user_name,
        "agency": one.agency.name,
        "role": role_said(one.role),
        "reason_label": vocabulary.get("break_glass_reasons").label(one.reason_code),
        "reason": one.reason,
        "opened_at": one.opened_at,
        "ends_at": one.ends_at,
        "ended_at": one.ended_at,
        "is_open": one.is_open,
        "is_own": one.user_id == actor.user_id,
        "records": one.records,
        "nth": one.nth,
        "review_due_at": one.review_due_at,
        "looked_by": one.looked_by_name,
        "look": one.look,
        "decided_by": one.decided_by_name,
        "outcome_label": BreakGlass.OUTCOMES.get(one.outcome, ""),
        "decision": one.decision,
        "state_label": _state(one),
    }


def glass_detail(actor: Actor, one: BreakGlass, opened: Sequence[Opened], visits: Sequence[Visit]) -> dict[str, Any]:
    """Return one with what it opened, what was read through it, and what the actor may do about it."""
    names = possible(
        one,
        is_own=one.user_id == actor.user_id,
        manages=policy.holds(actor, Permission.BREAK_GLASS_LOOK) and one.agency_id == actor.agency_id,
        governs=policy.holds(actor, Permission.BREAK_GLASS_DECIDE),
    )
    return {
        **glass_data(actor, one),
        "reference": f"Emergency reading, {one.user_name}",
        "leads_to": one.path,
        "opened": [{"reference": row.reference, "url": row.url} for row in opened],
        "visits": visits_data(visits),
        "options": [_option(one, name) for name in names],
    }


def attention_rows(found: Sequence[BreakGlass | UnusualReading]) -> list[dict[str, Any]]:
    """Return those that a manager has to look at as what needs attention is listed; unusual readings too."""
    return [
        {
            "id": one.id,
            "reference": "",
            "title": one.user_name,
            "since": one.known_at,
            "due_at": one.review_due_at,
            "url": one.path,
        }
        for one in found
    ]


def form_data(actor: Actor) -> dict[str, Any]:
    """Return the form for whoever may break the glass, and the lists for everybody who sees any."""
    named = ["mine"] if policy.holds(actor, Permission.BREAK_GLASS_OPEN) else []
    named += ["to_look"] if policy.holds(actor, Permission.BREAK_GLASS_LOOK) else []
    named += ["to_decide"] if policy.holds(actor, Permission.BREAK_GLASS_DECIDE) else []
    named += ["all"] if len(named) > 1 or "mine" not in named else []
    views = [{"value": value, "label": VIEWS[value], "hint": "", "group": ""} for value in named]
    return {"input": describe(OpenInput) if "mine" in named else [], "views": views}


def _state(one: BreakGlass) -> str:
    if one.outcome:
        return BreakGlass.OUTCOMES[one.outcome]
    return "Open now" if one.is_open else "Waiting for a decision"


def _option(one: BreakGlass, name: str) -> dict[str, Any]:
    label, hint = LABELS[name]
    url = f"/api/v1/break-glass/{one.id}/{name}/"
    return {**options.addition(name, label, hint, url, INPUTS[name]), "kind": "edge", "primary": True}
