"""What somebody says is wrong, as the API says it: beside a note, on its own page, and the form that writes it down."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from backend.access import queries as access
from backend.access.actors import Actor
from backend.cases.models import Note
from backend.core import vocabulary
from backend.rights.commands.rectifying import rectification_machine
from backend.rights.models import Rectification
from backend.rights.rectification_inputs import RectificationInput
from backend.workflow import options
from backend.workflow.serializers import OptionShape

_LABEL = "Write down that somebody says it is wrong"
_HINT = (
    "The note stays as it was written. What they say stands beside it wherever it is read, and a manager of the agency "
    "that wrote it decides what is done."
)


class RectificationRowShape(serializers.Serializer[Any]):
    """What somebody says of one note, and what was decided."""

    id = serializers.UUIDField()
    note_id = serializers.UUIDField()
    case_id = serializers.UUIDField()
    reference = serializers.CharField(help_text="Of the case")
    agency = serializers.CharField(help_text="That wrote the note")
    said_by = serializers.CharField()
    said_as = serializers.CharField()
    said_on = serializers.DateField()
    wrong = serializers.CharField()
    right = serializers.CharField()
    recorded_by = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    decision = serializers.CharField(allow_blank=True)
    decided_by = serializers.CharField(allow_blank=True)
    decided_at = serializers.DateTimeField(allow_null=True)


class RectificationShape(RectificationRowShape):
    """One, with the note it is about where its reader may read that, and what can be done."""

    version = serializers.IntegerField()
    note = serializers.CharField(allow_blank=True)
    options = OptionShape(many=True)


class DisputedNoteShape(serializers.Serializer[Any]):
    """A note that somebody says is wrong: its reference and the form."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    note = serializers.CharField()
    options = OptionShape(many=True)


def rectification_rows(found: Sequence[Rectification]) -> list[dict[str, Any]]:
    """Return a page of them."""
    return [_row(one) for one in found]


def rectification_data(actor: Actor, one: Rectification, note: Note | None) -> dict[str, Any]:
    """Return one exactly as GET gives it to this actor."""
    relations = access.relations_to(actor, one.root_id)
    base = f"/api/v1/rectifications/{one.id}/"
    return {
        **_row(one),
        "version": one.version,
        "note": note.text if note else "",
        "options": options.shapes(rectification_machine, actor, one, relations, base=base, choices={}),
    }


def disputed_note(note: Note, reference: str) -> dict[str, Any]:
    """Return a note with the form that writes down what somebody says of it."""
    url = f"/api/v1/disputed-notes/{note.id}/dispute/"
    return {
        "id": note.id,
        "reference": reference,
        "note": note.text,
        "options": [options.addition("dispute", _LABEL, _HINT, url, RectificationInput)],
    }


def _row(one: Rectification) -> dict[str, Any]:
    return {
        "id": one.id,
        "note_id": one.note_id,
        "case_id": one.root_id,
        "reference": one.case_reference,
        "agency": one.agency.name,
        "said_by": one.said_by,
        "said_as": vocabulary.get("rights_askers").label(one.said_as),
        "said_on": one.said_on,
        "wrong": one.wrong,
        "right": one.right,
        "recorded_by": one.recorded_by_name,
        "recorded_at": one.recorded_at,
        "state": one.state,
        "state_label": Rectification.LABELS[one.state],
        "decision": one.decision,
        "decided_by": one.decided_by_name,
        "decided_at": one.decided_at,
    }
