"""How long things take, as the API says it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from rest_framework import serializers

from backend.administration.serializers.exception_rows import references
from backend.core.api.serializers import StrictSerializer
from backend.deadlines.kinds import KINDS
from backend.deadlines.models import Deadline
from backend.insights.queries.flow import (
    COUNTED,
    MEDIAN_FROM,
    NINETIETH_FROM,
    OUTCOMES,
    PERIODS,
    Period,
    label_of,
)


class FlowRowShape(serializers.Serializer[Any]):
    """One kind of clock: how many fell due and what became of them; times in seconds, null where too few were done."""

    id = serializers.CharField(help_text="The kind, and whether it is the urgent one")
    kind = serializers.CharField()
    is_urgent = serializers.BooleanField()
    label = serializers.CharField()
    due = serializers.IntegerField()
    in_time = serializers.IntegerField()
    late = serializers.IntegerField()
    not_done = serializers.IntegerField()
    median_seconds = serializers.IntegerField(allow_null=True)
    ninetieth_seconds = serializers.IntegerField(allow_null=True)


class PeriodShape(serializers.Serializer[Any]):
    """A period that may be asked for."""

    code = serializers.CharField()
    label = serializers.CharField()


class FlowShape(serializers.Serializer[Any]):
    """How long things took in one agency, by the day on which they fell due."""

    period = serializers.CharField()
    periods = PeriodShape(many=True)
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    median_from = serializers.IntegerField(help_text="How many must be done before a median is given")
    ninetieth_from = serializers.IntegerField()
    rows = FlowRowShape(many=True)


class FlowRecordShape(serializers.Serializer[Any]):
    """One clock that a number counts; `url` where its page can be opened."""

    id = serializers.UUIDField()
    reference = serializers.CharField(allow_blank=True)
    title = serializers.CharField()
    started_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    done_at = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField(allow_null=True)


class PeriodAsked(StrictSerializer):
    """Of which days; the shortest period where nothing is said."""

    period = serializers.ChoiceField(choices=list(PERIODS), default=next(iter(PERIODS)))


class FlowAsked(PeriodAsked):
    """Which number is asked about: of which kind of clock, and what became of it."""

    kind = serializers.ChoiceField(choices=COUNTED)
    outcome = serializers.ChoiceField(choices=list(OUTCOMES))
    is_urgent = serializers.BooleanField(default=False)


def flow_data(period: Period, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the figures of a period."""
    return {
        "period": period.code,
        "periods": [{"code": one.code, "label": one.label} for one in PERIODS.values()],
        "first_day": period.first_day,
        "last_day": period.last_day,
        "median_from": MEDIAN_FROM,
        "ninetieth_from": NINETIETH_FROM,
        "rows": [_row(row) for row in rows],
    }


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    done = row["in_time"] + row["late"]
    kind, is_urgent = row["kind"], row["is_urgent"]
    return {
        "id": f"{kind}{'-urgent' if is_urgent else ''}",
        "kind": kind,
        "is_urgent": is_urgent,
        "label": label_of(kind, is_urgent=is_urgent),
        **{name: row[name] for name in ("due", *OUTCOMES)},
        "median_seconds": _seconds(row["median"]) if done >= MEDIAN_FROM else None,
        "ninetieth_seconds": _seconds(row["ninetieth"]) if done >= NINETIETH_FROM else None,
    }


def _seconds(taken: timedelta) -> int:
    return round(taken.total_seconds())


def records_data(found: Sequence[Deadline]) -> list[dict[str, Any]]:
    """Return the clocks behind a number, each leading to its page where the actor may open it, in one statement."""
    names = references([one.root_id for one in found])
    return [
        {
            "id": one.id,
            "reference": names.get(one.root_id, ""),
            "title": one.label,
            "started_at": one.started_at,
            "due_at": one.due_at,
            "done_at": one.met_at,
            "url": KINDS[one.kind].path.format(root_id=one.root_id) if one.root_id in names else None,
        }
        for one in found
    ]
