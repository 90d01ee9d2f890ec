"""What is asked about a version."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from backend.core.api.serializers import StrictSerializer
from backend.workflow import fields
from backend.workflow.fields import EdgeInput

_NOTHING = "Send what the entry should say."


class CopyInput(StrictSerializer):
    """A draft that begins as a copy: nothing more is asked."""


class PutEntryInput(EdgeInput):
    """One entry as it should be: its kind's own form says what is asked (`form` of the version)."""

    code = serializers.CharField(
        max_length=80,
        allow_blank=True,
        required=False,
        default="",
        label="Which one",
        help_text="Empty for a new one",
        style={"kind": "text"},
    )
    entry: Any = serializers.DictField(
        child=serializers.JSONField(allow_null=True),
        allow_empty=False,
        label="What it says",
        style={"kind": "entry"},
        error_messages=dict.fromkeys(("required", "null", "empty", "not_a_dict"), _NOTHING),
    )


class RemoveEntryInput(EdgeInput):
    """Which entry goes."""

    code = fields.text("Which one?", max_length=80)


class TryOutInput(EdgeInput):
    """Nothing is asked."""


class PublishInput(EdgeInput):
    """From when it counts, and why."""

    effective_on = fields.date(
        "From which day should it count?",
        hint="Leave this empty for as soon as the second person has agreed",
        required=False,
    )
    note = fields.long_text("What changes, and why?", hint="Everybody who looks at the versions reads this")


class DiscardInput(EdgeInput):
    """Nothing is asked."""


CONFIGURATION_INPUTS: Mapping[str, type[EdgeInput]] = {
    "put_entry": PutEntryInput,
    "remove_entry": RemoveEntryInput,
    "try_out": TryOutInput,
    "publish": PublishInput,
    "discard": DiscardInput,
}
