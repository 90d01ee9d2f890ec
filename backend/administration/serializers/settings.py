"""One's own settings: how messages reach one by email, as they stand and as they are chosen."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from backend.core import vocabulary
from backend.notifications.models import NotificationSettings
from backend.notifications.wishes import DIGEST, DIGEST_HOUR, KINDS
from backend.workflow import fields
from backend.workflow.descriptors import describe
from backend.workflow.fields import EdgeInput
from backend.workflow.serializers import DescriptorShape

_PREFIX = "kind_"
_QUIET_NEEDS_BOTH = "Choose both hours, or none."


class SettingsInput(EdgeInput):
    """How each kind of message comes by email, at what hour the digest, and when it stays quiet."""

    digest_hour = fields.code(
        "hours", "When should the daily email come?", hint="With everything that you have not read by then"
    )
    quiet_from = fields.code(
        "hours", "Quiet from", hint="Emails wait meanwhile, but never an urgent one", required=False
    )
    quiet_to = fields.code("hours", "Quiet until", required=False)

    def get_fields(self) -> dict[str, Any]:
        """Ask about each kind of message first; kinds are data, so their questions are made from it."""
        kinds = {
            f"{_PREFIX}{term.code}": fields.code("message_deliveries", term.label, hint=term.hint)
            for term in vocabulary.get(KINDS)
        }
        return {**kinds, **super().get_fields()}

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        """Quiet hours begin and end; the digest does not come in the middle of them."""
        begins, ends = data["quiet_from"], data["quiet_to"]
        if bool(begins) != bool(ends):
            raise serializers.ValidationError({"quiet_to" if begins else "quiet_from": [_QUIET_NEEDS_BOTH]})
        if begins and begins == ends:
            raise serializers.ValidationError({"quiet_to": ["Choose another hour than the one it begins at."]})
        return data


class SettingsShape(serializers.Serializer[Any]):
    """What stands now, the form to choose from, and where it is sent."""

    version = serializers.IntegerField()
    url = serializers.CharField()
    values = serializers.DictField(child=serializers.CharField(allow_blank=True))
    input = DescriptorShape(many=True)


def columns_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was chosen as the columns of the row."""
    return {
        "by_kind": {name.removeprefix(_PREFIX): way for name, way in given.items() if name.startswith(_PREFIX)},
        "digest_hour": int(given["digest_hour"]),
        "quiet_from": int(given["quiet_from"]) if given["quiet_from"] else None,
        "quiet_to": int(given["quiet_to"]) if given["quiet_to"] else None,
    }


def settings_data(row: NotificationSettings | None) -> dict[str, Any]:
    """Return the settings as they stand, or the standard for who has chosen nothing."""
    by_kind = row.by_kind if row else {}
    return {
        "version": row.version if row else 0,
        "url": "/api/v1/settings/messages/",
        "values": {
            **{f"{_PREFIX}{code}": by_kind.get(code, DIGEST) for code in vocabulary.get(KINDS).codes},
            "digest_hour": _hour(row.digest_hour if row else DIGEST_HOUR),
            "quiet_from": _hour(row.quiet_from if row else None),
            "quiet_to": _hour(row.quiet_to if row else None),
        },
        "input": describe(SettingsInput),
    }


def _hour(hour: int | None) -> str:
    return "" if hour is None else f"{hour:02d}"
