"""Conflicts of interest: what is declared, and what a manager answers; never whether a child is known here."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.administration.models import Declaration
from backend.core import clock, vocabulary
from backend.core.api.serializers import StrictSerializer
from backend.deadlines.calendar import local
from backend.workflow import fields, options
from backend.workflow.descriptors import describe
from backend.workflow.fields import EdgeInput
from backend.workflow.serializers import ChoiceShape, DescriptorShape, OptionShape


class DeclareAboutInput(StrictSerializer):
    """A close link with the child or family of a record that is in front of somebody."""

    kind = fields.code("conflict_kinds", "How do you know the child or the family?")
    note = fields.long_text("Is there anything your manager should know?", required=False)


class DeclareInput(DeclareAboutInput):
    """The same about a child as the person describes it."""

    given_name = fields.text("Child’s given name")
    family_name = fields.text("Child’s family name")
    date_of_birth = fields.date("Date of birth", hint="For example, 27 3 2012", required=False)

    def validate_date_of_birth(self, value: Any) -> Any:
        """A child has been born."""
        if value is not None and value > local(clock.now()).date():
            raise serializers.ValidationError("The date of birth cannot be in the future.")
        return value


class ConfirmConflictInput(EdgeInput):
    """That it is a conflict."""


class RefuseConflictInput(EdgeInput):
    """That it is none, and why."""

    reason = fields.long_text("Why is it no conflict of interest?")


class EndConflictInput(EdgeInput):
    """That it is over, and why."""

    reason = fields.long_text("Why is it over?")


class WithdrawConflictInput(EdgeInput):
    """That it is taken back."""


CONFLICT_INPUTS: Mapping[str, type[EdgeInput]] = {
    "confirm": ConfirmConflictInput,
    "refuse": RefuseConflictInput,
    "end": EndConflictInput,
    "withdraw": WithdrawConflictInput,
}
LABELS: Mapping[str, tuple[str, str]] = {
    "confirm": ("Confirm the conflict", "They do not see this child’s records, now or later, until a manager ends it."),
    "refuse": ("It is no conflict", "They are told why, and go on as before."),
    "end": ("End the conflict", "They may see the child’s records again, as far as their role goes."),
    "withdraw": ("Take it back", "Nothing has changed yet."),
}
_DECLARE = "Declare a conflict of interest"
_FROM_NOW = "From then on you do not see this child’s records. What you have in hand passes to a manager at once."


class ConflictOfInterestShape(serializers.Serializer[Any]):
    """One declared conflict; `about` is what the person wrote, or what the record was called."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    person = serializers.CharField()
    agency = serializers.CharField()
    about = serializers.CharField()
    kind = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    state = serializers.CharField()
    state_label = serializers.CharField()
    declared_at = serializers.DateTimeField()
    confirmed_by = serializers.CharField(allow_blank=True)
    ended_by = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    is_own = serializers.BooleanField()


class ConflictDetailShape(ConflictOfInterestShape):
    """The same with what can be done; `leads_to` is its page."""

    reference = serializers.CharField()
    leads_to = serializers.CharField()
    options = OptionShape(many=True)


class ConflictFormShape(serializers.Serializer[Any]):
    """What is asked of somebody who declares one."""

    input = DescriptorShape(many=True)
    views = ChoiceShape(many=True)


def conflict_data(actor: Actor, one: Declaration) -> dict[str, Any]:
    """Return one conflict of a list."""
    return {
        "id": one.id,
        "version": one.version,
        "person": one.person_name,
        "agency": one.agency.name,
        "about": _about(one),
        "kind": vocabulary.get("conflict_kinds").label(one.kind),
        "note": one.note,
        "state": one.state,
        "state_label": Declaration.LABELS[one.state],
        "declared_at": one.declared_at,
        "confirmed_by": one.confirmed_by_name,
        "ended_by": one.ended_by_name,
        "reason": one.reason,
        "is_own": one.person_id == actor.user_id,
    }


def conflict_detail(actor: Actor, one: Declaration) -> dict[str, Any]:
    """Return one conflict with what the actor may do about it."""
    return {
        **conflict_data(actor, one),
        "reference": f"Conflict of interest, {one.person_name}",
        "leads_to": f"/conflicts/{one.id}",
        "options": [_option(one, name) for name in _possible(actor, one)],
    }


def form_data(actor: Actor) -> dict[str, Any]:
    """Return the form of a declaration, and which lists of them there are for the actor."""
    named = [("mine", "Mine")]
    if policy.holds(actor, Permission.CONFLICT_CONFIRM):
        named += [("to_confirm", "To look at"), ("agency", "My agency’s")]
    views = [{"value": value, "label": label, "hint": "", "group": ""} for value, label in named]
    return {"input": describe(DeclareInput), "views": views}


def addition(noun: str, target: Any) -> dict[str, Any]:
    """Return, for the page of a record about a child, that the reader may declare a conflict."""
    url = f"/api/v1/{noun}s/{target.id}/declare-conflict/"
    return options.addition("declare_conflict", _DECLARE, _FROM_NOW, url, DeclareAboutInput)


def _about(one: Declaration) -> str:
    if one.reference:
        return one.reference
    born = f", born {one.date_of_birth:%-d %B %Y}" if one.date_of_birth else ""
    return f"{one.given_name} {one.family_name}{born}"


def _possible(actor: Actor, one: Declaration) -> list[str]:
    if one.person_id == actor.user_id:
        return ["withdraw"] if one.state == Declaration.WAITING else []
    if one.state == Declaration.WAITING:
        return ["confirm", "refuse"]
    if one.state == Declaration.IN_FORCE:
        return [*(["confirm"] if one.confirmed_at is None else []), "end"]
    return []


def _option(one: Declaration, name: str) -> dict[str, Any]:
    label, hint = LABELS[name]
    return {
        "name": name,
        "label": label,
        "hint": hint,
        "kind": "edge",
        "obstacles": [],
        "url": f"/api/v1/conflicts/{one.id}/{name}/",
        "preview_url": "",
        "draft_url": "",
        "input": describe(CONFLICT_INPUTS[name]),
        "tells": [],
        "needs_second_person": "",
        "primary": name == "confirm",
    }
