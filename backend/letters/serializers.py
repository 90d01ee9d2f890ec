"""Shapes of a letter: what it can begin with, and the template as it is filled."""

from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework import serializers

from backend.access.actors import Actor
from backend.cases.models import Case
from backend.children.models import Child
from backend.letters import queries
from backend.letters.commands import Filled, may_write
from backend.letters.inputs import FillInput, LetterInput
from backend.letters.rules import AGENCY, FAMILY, Recipient
from backend.workflow.descriptors import fill
from backend.workflow.options import addition
from backend.workflow.serializers import OptionShape

_GROUPS = {FAMILY: "The family", AGENCY: "Organisations"}
_BASIS = ("article6", "condition", "power", "ends_on")
# Asked only where nobody here knows them by name.
_NAMED = ("other_name", "through")


class LettersShape(serializers.Serializer[Any]):
    """What whoever may write a letter on a case is asked: which template and for whom, and then the letter itself."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    version = serializers.IntegerField()
    options = OptionShape(many=True)


class FilledLetterShape(serializers.Serializer[Any]):
    """A template filled for somebody, and why it may not be posted to them."""

    title = serializers.CharField()
    text = serializers.CharField()
    warnings = serializers.ListField(child=serializers.CharField())


def letters_data(actor: Actor, case: Case) -> dict[str, Any]:
    """Return what a letter can begin with; nothing, and nobody of the family, for who may write none."""
    return {"id": case.id, "reference": case.reference, "version": case.version, "options": _writing(actor, case)}


def _writing(actor: Actor, case: Case) -> list[dict[str, Any]]:
    if not may_write(actor, case):
        return []
    child = Child.objects.filter(pk=case.child_id).first()
    return _options(case, queries.templates(case), queries.recipients(actor, case, child))


def filled_data(found: Filled) -> dict[str, Any]:
    """Return a filled template."""
    return {"title": found.title, "text": found.text, "warnings": found.warnings}


def _options(case: Case, templates: Iterable[Mapping[str, Any]], recipients: list[Recipient]) -> list[dict[str, Any]]:
    base = f"/api/v1/cases/{case.id}/letters/"
    first = {
        "template": [_choice(one["code"], one["name"], _GROUPS[one["reader"]]) for one in templates],
        "recipient": [_choice(one.value, _name(one), _GROUPS[one.reader], one.hint) for one in recipients],
    }
    begin = addition(
        "begin_letter",
        "Write a letter",
        "You see it filled in first, and can change every word.",
        f"{base}fill/",
        FillInput,
    )
    begin["input"] = [{**field, "choices": first[field["name"]]} for field in begin["input"]]
    write = addition(
        "write_letter",
        "Keep this letter",
        "It becomes a document of the case that you can print or send. What it says cannot be changed after that.",
        base,
        LetterInput,
        draft_url=f"{base}draft/",
    )
    outside = [one.value for one in recipients if one.reader == AGENCY]
    write["kind"] = "command"
    write["input"] = [_asked(field, outside) for field in fill(write["input"], {})]
    return [begin, write]


def _asked(field: dict[str, Any], outside: list[str]) -> dict[str, Any]:
    """Ask on which basis only where it goes to another organisation; what is asked for one answer alone is needed."""
    if field["name"] in _NAMED:
        return {**field, "required": True}
    if field["name"] not in _BASIS:
        return field
    return {**field, "show_if": {"field": "recipient", "values": outside}, "required": field["name"] != "ends_on"}


def _choice(value: str, label: str, group: str, hint: str = "") -> dict[str, Any]:
    return {"value": value, "label": label, "hint": hint, "group": group}


def _name(recipient: Recipient) -> str:
    return recipient.name or "Somebody who has no account here"
