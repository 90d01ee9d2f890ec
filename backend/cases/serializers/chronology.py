"""One entry of a chronology: something that happened by itself, a note, or an event that somebody has weighed."""

from typing import Any

from rest_framework import serializers

from backend.audit.models import Event
from backend.audit.verbs import details_of, label_of
from backend.cases.models import Note
from backend.cases.queries.chronology import Entry, Kind
from backend.cases.serializers.noting import told_note
from backend.cases.serializers.telling import words_of


class ChronologyShape(serializers.Serializer[Any]):
    """An entry; `written_at` where it was written down later than a working day, `analysis` where it was weighed."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField([Kind.AUTOMATIC.value, Kind.NOTES.value, Kind.SIGNIFICANT.value])
    label = serializers.CharField()
    at = serializers.DateTimeField()
    written_at = serializers.DateTimeField(allow_null=True)
    by = serializers.CharField()
    agency = serializers.CharField(allow_blank=True)
    mark_label = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    analysis = serializers.CharField(allow_blank=True)


def entry_data(entry: Entry) -> dict[str, Any]:
    """Return an entry of either kind."""
    return _note(entry) if isinstance(entry, Note) else _event(entry)


def _note(note: Note) -> dict[str, Any]:
    said = told_note(note)
    put_right = (f"Corrected by {one['by']}: {one['text']}" for one in said["corrections"])
    return {
        "id": note.id,
        "kind": (Kind.SIGNIFICANT if note.is_significant else Kind.NOTES).value,
        "label": said["kind_label"],
        "at": note.happened_at,
        "written_at": note.written_at if said["is_late"] else None,
        "text": "\n\n".join([said["text"], *put_right]),
        **{name: said[name] for name in ("by", "agency", "analysis", "mark_label")},
    }


def _event(event: Event) -> dict[str, Any]:
    said = (details_of(event.verb, event.data), words_of(event), event.reason)
    return {
        "id": event.id,
        "kind": Kind.AUTOMATIC.value,
        "label": label_of(event.verb),
        "at": event.at,
        "written_at": None,
        "by": event.actor_name,
        "agency": event.agency_name,
        "text": "\n\n".join(part for part in said if part),
        "analysis": "",
        "mark_label": "",
    }
