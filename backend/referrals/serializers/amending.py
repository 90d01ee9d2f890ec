"""What was changed in a referral after it was sent, in words: old and new beside each other, by whom and why."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from rest_framework import serializers

from backend.core import vocabulary
from backend.referrals.form.parts import is_empty
from backend.referrals.form.reading import display, mark_words
from backend.referrals.form.sections import FIELDS
from backend.referrals.models import Amendment

NOTHING = "No answer"


class AmendedAnswerShape(serializers.Serializer[Any]):
    """One answer that was changed."""

    label = serializers.CharField()
    before = serializers.ListField(child=serializers.CharField())
    after = serializers.ListField(child=serializers.CharField())
    mark = serializers.CharField(allow_blank=True)


class AmendmentShape(serializers.Serializer[Any]):
    """What one person changed in one go, and why."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    by = serializers.CharField()
    agency = serializers.CharField()
    reason_label = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)
    changes = AmendedAnswerShape(many=True)


def amendments(rows: Sequence[Amendment], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the changes, the latest first; `names` are agencies by id. Needs rows in the order they were made."""
    made = [_change(list(group), names) for _id, group in groupby(rows, key=lambda row: row.change_id)]
    return made[::-1]


def _change(rows: Sequence[Amendment], names: Mapping[str, str]) -> dict[str, Any]:
    first = rows[0]
    return {
        "id": first.change_id,
        "at": first.at,
        "by": first.by_name,
        "agency": first.agency_name,
        "reason_label": vocabulary.get("amend_reasons").label(first.reason_code),
        "reason": first.reason,
        "changes": [
            {
                "label": FIELDS[row.field].heading,
                "before": _lines(row.field, row.before, names),
                "after": _lines(row.field, row.after, names),
                "mark": mark_words(row.mark),
            }
            for row in rows
            if row.field in FIELDS
        ],
    }


def _lines(name: str, value: Any, names: Mapping[str, str]) -> list[str]:
    if is_empty(value):
        return [NOTHING]
    shown = display(FIELDS[name], value, names)
    return shown if isinstance(shown, list) else [shown]
