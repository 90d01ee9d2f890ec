"""How the work of an agency has grown or shrunk, as the API says it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rest_framework import serializers

from backend.administration.serializers.references import references
from backend.audit.verbs import label_of
from backend.core.api.serializers import StrictSerializer
from backend.insights.queries.published import last_months
from backend.insights.queries.trend import COUNTED, RECEIVED, Month, Moved


class MonthShape(serializers.Serializer[Any]):
    """One month: what was open when it ended, and what came and went in it."""

    id = serializers.CharField(help_text="Year and month, as the list behind a number takes it")
    label = serializers.CharField()
    open = serializers.IntegerField()
    opened = serializers.IntegerField()
    closed = serializers.IntegerField()
    received = serializers.IntegerField()


class TrendShape(serializers.Serializer[Any]):
    """Twelve whole months, the first one first."""

    months = MonthShape(many=True)


class MovedShape(serializers.Serializer[Any]):
    """One case or referral that a number counts, and what happened to it when; `url` where its page can be opened."""

    id = serializers.UUIDField()
    reference = serializers.CharField(allow_blank=True)
    title = serializers.CharField()
    at = serializers.DateTimeField()
    url = serializers.CharField(allow_null=True)


class TrendAsked(StrictSerializer):
    """Which number is asked about."""

    month = serializers.CharField()
    what = serializers.ChoiceField(choices=COUNTED)

    def validate_month(self, value: str) -> str:
        """Only the months that are shown have numbers."""
        if value not in last_months():
            raise serializers.ValidationError("Choose one of the last twelve whole months.")
        return value


def trend_data(months: Sequence[Month]) -> dict[str, Any]:
    """Return the numbers of each month."""
    return {"months": [{"id": one.code, "label": _label(one.code), **one.numbers} for one in months]}


def moved_data(found: Sequence[Moved], what: str) -> list[dict[str, Any]]:
    """Return what a number counts, each leading to its page where the actor may open it, in one statement."""
    names = references([one.root_id for one in found])
    place = "referrals" if what == RECEIVED else "cases"
    return [
        {
            "id": one.event_id,
            "reference": names.get(one.root_id, ""),
            "title": label_of(one.verb),
            "at": one.at,
            "url": f"/{place}/{one.root_id}" if one.root_id in names else None,
        }
        for one in found
    ]


def _label(code: str) -> str:
    return date.fromisoformat(f"{code}-01").strftime("%B %Y")
