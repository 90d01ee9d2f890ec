"""Shapes of documents, and the form by which one is handed in."""

import base64
import binascii
from collections.abc import Collection, Sequence
from typing import Any

from rest_framework import serializers

from backend.access.actors import Actor
from backend.access.marks import Mark
from backend.core import vocabulary
from backend.core.api.serializers import NameField, StrictSerializer
from backend.documents.inspecting import KINDS, LARGEST
from backend.documents.models import Document
from backend.documents.rules import withdrawable_until
from backend.workflow import fields
from backend.workflow.descriptors import describe, offer_only
from backend.workflow.serializers import DescriptorShape

# Four letters stand for three bytes.
_LONGEST = LARGEST * 4 // 3 + 8
_NO_FILE = "Choose a file."
_KILO = 1_000
_ASKED = ("kind", "title", "mark")


class ContentField(serializers.CharField):
    """The bytes of a file, written in base 64 as the rest of the API is written in JSON."""

    default_error_messages = {"required": _NO_FILE, "blank": _NO_FILE, "null": _NO_FILE, "invalid": _NO_FILE}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": _LONGEST, "trim_whitespace": False, **kwargs})
        self.error_messages["max_length"] = f"The file is larger than {LARGEST // 1_000_000} MB."

    def to_internal_value(self, data: Any) -> Any:
        """Return bytes; raise ValidationError for what is not base 64."""
        text = super().to_internal_value(data)
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise serializers.ValidationError(_NO_FILE) from error


class DocumentInput(StrictSerializer):
    """A file, what it is, and which document it is a newer version of."""

    kind = fields.code("document_kinds", "What is it?")
    title = fields.text("What should it be called?", hint="If empty: the name of the file", required=False)
    mark = fields.code(
        "document_labels", "Does it need a label?", hint="Only if not everybody on the case may read it", required=False
    )
    name = NameField()
    content = ContentField()
    replaces = serializers.UUIDField(required=False, allow_null=True, default=None)


class DocumentShape(serializers.Serializer[Any]):
    """One document in the list of its record."""

    id = serializers.UUIDField()
    series_id = serializers.UUIDField()
    number = serializers.IntegerField()
    has_newer = serializers.BooleanField()
    title = serializers.CharField()
    kind_label = serializers.CharField()
    mark_label = serializers.CharField(allow_blank=True)
    file_label = serializers.CharField()
    size_label = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    can_be_read = serializers.BooleanField()
    has_preview = serializers.BooleanField()
    by = serializers.CharField()
    agency = serializers.CharField()
    added_at = serializers.DateTimeField()
    withdrawable_until = serializers.DateTimeField(allow_null=True)


class DocumentFormShape(serializers.Serializer[Any]):
    """What is asked of who hands a document in, nothing of who may not, and which files are taken."""

    input = DescriptorShape(many=True)
    accept = serializers.CharField()
    largest = serializers.IntegerField()


def form_data(*, may_add: bool, may_give: Collection[Mark]) -> dict[str, Any]:
    """Return what is asked, without the file itself, each label only to whoever may give it there."""
    asked = [field for field in describe(DocumentInput) if field["name"] in _ASKED] if may_add else []
    accept = ",".join(f".{extension}" for extension in KINDS)
    return {"input": offer_only(asked, "mark", may_give), "accept": accept, "largest": LARGEST}


def document_rows(actor: Actor, documents: Sequence[Document]) -> list[dict[str, Any]]:
    """Return documents as plain data, without another statement."""
    kinds, labels = vocabulary.get("document_kinds"), vocabulary.get("document_labels")
    return [
        {
            "id": one.id,
            "series_id": one.series_id,
            "number": one.number,
            "has_newer": bool(getattr(one, "has_newer", False)),
            "title": one.title,
            "kind_label": kinds.label(one.kind),
            "mark_label": labels.label(one.mark) if one.mark else "",
            "file_label": KINDS[one.extension].label,
            "size_label": size_in_words(one.size),
            "state": one.state,
            "state_label": Document.LABELS[one.state],
            "can_be_read": one.state == Document.CHECKED,
            "has_preview": bool(one.preview_name),
            "by": one.added_by_name,
            "agency": one.agency.name,
            "added_at": one.added_at,
            "withdrawable_until": withdrawable_until(actor, one),
        }
        for one in documents
    ]


def size_in_words(size: int) -> str:
    """Return “840 bytes”, “12 kB” or “3.4 MB”."""
    if size < _KILO:
        return f"{size} bytes"
    return f"{size // _KILO} kB" if size < _KILO * _KILO else f"{size / _KILO / _KILO:.1f} MB"
