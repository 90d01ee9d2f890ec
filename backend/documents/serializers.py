"""Shapes of documents, and the form by which one is handed in."""

import base64
import binascii
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from rest_framework import serializers

from backend.access import queries
from backend.access.actors import Actor
from backend.access.marks import Mark, marks_given
from backend.access.relations import Relation
from backend.core import vocabulary
from backend.core.api.serializers import NameField, StrictSerializer
from backend.core.vocabulary import Term
from backend.documents.commands import document_machine
from backend.documents.inspecting import KINDS, LARGEST
from backend.documents.models import Document
from backend.documents.rules import CASE, DocumentFacts, withdrawable_until
from backend.workflow import fields, options
from backend.workflow.descriptors import describe, offer_only
from backend.workflow.fields import EdgeInput
from backend.workflow.serializers import DescriptorShape, OptionNameShape, OptionShape

# Four letters stand for three bytes.
_LONGEST = LARGEST * 4 // 3 + 8
_WIDER = Term(CASE, "Whoever reads the case")
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


class RelabelDocumentInput(EdgeInput):
    """Who may read it from now on, and why."""

    readers = fields.ReadersField("document_labels", wider=(_WIDER,), label="Who may read it from now on?")
    reason = fields.text("Why do you change it?", hint="Whoever may read the document reads this too", max_length=300)


DOCUMENT_INPUTS: Mapping[str, type[EdgeInput]] = {"relabel": RelabelDocumentInput}


class DocumentRelabelledShape(serializers.Serializer[Any]):
    """That somebody said anew who may read it: when, who and why, and nothing of who might before."""

    at = serializers.DateTimeField()
    by = serializers.CharField()
    why = serializers.CharField()


class DocumentShape(serializers.Serializer[Any]):
    """One document in the list of its record."""

    id = serializers.UUIDField()
    series_id = serializers.UUIDField()
    number = serializers.IntegerField()
    has_newer = serializers.BooleanField()
    title = serializers.CharField()
    kind_label = serializers.CharField()
    mark_label = serializers.CharField(allow_blank=True)
    relabelled = DocumentRelabelledShape(allow_null=True)
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


class DocumentRowShape(DocumentShape):
    """One document among others, with the names of what its reader may do about it."""

    options = OptionNameShape(many=True)


class DocumentDetailShape(DocumentShape):
    """One document on a page of its own, with the forms of what its reader may do about it."""

    version = serializers.IntegerField()
    options = OptionShape(many=True)


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
            "relabelled": one.relabelled,
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


def rows_with_options(
    actor: Actor, documents: Sequence[Document], relations: frozenset[Relation]
) -> list[dict[str, Any]]:
    """Return a page of documents with what can be done about each: of a list, all its versions are among them."""
    series: dict[Any, list[Document]] = {}
    for one in documents:
        series.setdefault(one.series_id, []).append(one)
    return [
        {**row, "options": options.rows(document_machine.options(actor, one, relations, facts=facts))}
        for row, one in zip(document_rows(actor, documents), documents, strict=True)
        for facts in [DocumentFacts(actor, series[one.series_id])]
    ]


def document_data(actor: Actor, document: Document) -> dict[str, Any]:
    """Return one document exactly as GET gives it."""
    relations, base = queries.relations_to(actor, document.root_id), f"/api/v1/documents/{document.id}/"
    shown = options.shapes(document_machine, actor, document, relations, base=base, choices={})
    circles = {CASE, *marks_given(actor, relations)}
    forms = [{**one, "input": offer_only(one["input"], "readers", circles)} for one in shown]
    return {**document_rows(actor, [document])[0], "version": document.version, "options": forms}


def size_in_words(size: int) -> str:
    """Return “840 bytes”, “12 kB” or “3.4 MB”."""
    if size < _KILO:
        return f"{size} bytes"
    return f"{size // _KILO} kB" if size < _KILO * _KILO else f"{size / _KILO / _KILO:.1f} MB"
