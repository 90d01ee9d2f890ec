"""Exports as the API says them, and what is asked of whoever wants one."""

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers

from backend.core import vocabulary
from backend.core.api.serializers import StrictSerializer
from backend.core.spreadsheets import FORMATS
from backend.documents.serializers import size_in_words
from backend.exports.lists import LISTS
from backend.exports.lists.listing import Exportable
from backend.exports.models import UNFINISHED, Export, Repeat, State
from backend.workflow import fields
from backend.workflow.descriptors import describe
from backend.workflow.serializers import DescriptorShape

_ASKED = ("file_format", "recipient", "recipient_name", "purpose", "every")
_ONLY_SELF = "Only a list for yourself is made again by itself. Leave this open."
_BODY = "body"
# What a person reads where there is no file, and what they can do.
FAILURES: Mapping[str, str] = {
    "too_long": "This list has more than 20,000 rows. Narrow it, for example by days or by state, and export it again.",
    "left": "Your role in this agency had ended before it was made.",
    "not_allowed": "Your role did not allow this list any more when it was made.",
    "error": "Something went wrong three times. Ask for it again; if that fails, tell whoever runs Alongside for you.",
}


CHANGED = "What you may see has changed since this file was made. Delete it, and ask for the list again."
_CLOSED = "Closed to you"


class ExportInput(StrictSerializer):
    """Which list, as it is narrowed on its page, in which format, for whom and what for."""

    list = serializers.ChoiceField(choices=[(one.code, one.label) for one in LISTS.values()])
    filters = serializers.DictField(default=dict)
    file_format = fields.code("export_formats", "Which kind of file?")
    recipient = fields.code("export_recipients", "Who will have it?")
    recipient_name = fields.text(
        "Which body?",
        hint="For example, the inspectorate or the board",
        required=False,
        show_if={"field": "recipient", "values": [_BODY]},
        asked=True,
    )
    purpose = fields.text("What is it for?", hint="In a few words. Name no child")

    every = fields.code(
        "export_rhythms",
        "Should it be made again by itself?",
        hint="If empty: only now. You can stop it at any time",
        required=False,
        show_if={"field": "recipient", "values": ["self"]},
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse filters that the list does not take, and a body without a name; keep the filters as they came."""
        LISTS[attrs["list"]].filters(attrs["filters"])
        if attrs["recipient"] == _BODY and not attrs["recipient_name"]:
            raise serializers.ValidationError({"recipient_name": ["Enter the name of the body that will have it."]})
        if attrs["recipient"] == _BODY and attrs["every"]:
            raise serializers.ValidationError({"every": [_ONLY_SELF]})
        return attrs


class ExportFormShape(serializers.Serializer[Any]):
    """What is asked, and what the list is called as it is narrowed."""

    title = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField(), help_text="Or the lists, where there are several")
    is_several = serializers.BooleanField()
    input = DescriptorShape(many=True)


class ExportOfferShape(serializers.Serializer[Any]):
    """A list that can be asked for as it is."""

    list = serializers.CharField()
    title = serializers.CharField()


class ExportOffersShape(serializers.Serializer[Any]):
    """The lists that can be asked for as they are."""

    offers = ExportOfferShape(many=True)


class ExportRepeatShape(serializers.Serializer[Any]):
    """A list that is made again by itself, and when next."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    format_label = serializers.CharField()
    purpose = serializers.CharField()
    every_label = serializers.CharField()
    next_on = serializers.DateField()
    is_stopped = serializers.BooleanField()


class ExportShape(serializers.Serializer[Any]):
    """One export: what it is, how far it is, and until when its file is there."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    format_label = serializers.CharField()
    recipient = serializers.CharField()
    purpose = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    is_unfinished = serializers.BooleanField()
    is_ready = serializers.BooleanField()
    is_kept = serializers.BooleanField(help_text="Whether there is a file that can be deleted")
    failure = serializers.CharField(allow_blank=True)
    rows_done = serializers.IntegerField()
    rows_total = serializers.IntegerField(allow_null=True)
    size_label = serializers.CharField(allow_blank=True)
    asked_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


def form_data(code: str, filters: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is asked of whoever wants this list; raise ValidationError for filters it does not take."""
    listing = LISTS[code]
    sheets = listing.sheets
    is_several = len(sheets) > 1
    return {
        "title": listing.named(listing.filters(filters)),
        "columns": [one.label for one in sheets] if is_several else list(sheets[0].columns),
        "is_several": is_several,
        "input": [one for one in describe(ExportInput) if one["name"] in _ASKED],
    }


def offers_data(offered: Sequence[Exportable]) -> dict[str, Any]:
    """Return these lists by the names that they have when nothing narrows them."""
    return {"offers": [{"list": one.code, "title": one.named(one.filters({}))} for one in offered]}


def export_data(export: Export) -> dict[str, Any]:
    """Return one export as GET gives it."""
    state = State(export.state)
    is_kept, is_closed = state is State.READY, getattr(export, "is_closed", False)
    is_ready = is_kept and not is_closed
    return {
        "id": export.id,
        "title": export.title,
        "format_label": FORMATS[export.file_format].label,
        "recipient": export.recipient_name or vocabulary.get("export_recipients").label(export.recipient),
        "purpose": export.purpose,
        "state": state.value,
        "state_label": _CLOSED if is_kept and is_closed else state.label,
        "is_unfinished": state in UNFINISHED,
        "is_ready": is_ready,
        "is_kept": is_kept,
        "failure": CHANGED if is_kept and is_closed else FAILURES.get(export.failure, ""),
        "rows_done": export.rows_done,
        "rows_total": export.rows_total,
        "size_label": size_in_words(export.size) if is_ready else "",
        "asked_at": export.asked_at,
        "expires_at": export.expires_at,
        "ended_at": export.ended_at,
    }


def repeat_data(one: Repeat) -> dict[str, Any]:
    """Return a list that is made again, as GET gives it."""
    return {
        "id": one.id,
        "title": one.title,
        "format_label": FORMATS[one.file_format].label,
        "purpose": one.purpose,
        "every_label": vocabulary.get("export_rhythms").label(one.every),
        "next_on": one.next_on,
        "is_stopped": one.stopped_at is not None,
    }


def export_rows(found: Sequence[Export]) -> list[dict[str, Any]]:
    """Return a page of exports."""
    return [export_data(one) for one in found]
