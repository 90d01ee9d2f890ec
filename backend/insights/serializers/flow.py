"""How long things take, as the API says it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from rest_framework import serializers

from backend.administration.serializers.references import references
from backend.core.api.serializers import StrictSerializer
from backend.deadlines.kinds import KINDS
from backend.deadlines.models import Deadline
from backend.insights.queries.cuts import CUTS
from backend.insights.queries.flow import (
    COUNTED,
    MEDIAN_FROM,
    NINETIETH_FROM,
    OUTCOMES,
    PERIODS,
    URGENT,
    Period,
    label_of,
)
from backend.insights.queries.kept import CLOCKS, Read

# Of a clock that stands in no group, or in one that the agency may not see.
_UNKNOWN: Mapping[str, str] = {
    "team": "No team",
    "source": "Not known to your agency",
    "need": "No need recorded: help was not agreed, or not yet",
    "theme": "No theme recorded: help was not agreed, or not yet",
}


class CountedShape(serializers.Serializer[Any]):
    """How many fell due and what became of them; times in seconds, null where too few were done."""

    id = serializers.CharField(help_text="The group; in the table of kinds the kind, and whether it is the urgent one")
    label = serializers.CharField()
    due = serializers.IntegerField()
    in_time = serializers.IntegerField()
    late = serializers.IntegerField()
    not_done = serializers.IntegerField()
    median_seconds = serializers.IntegerField(allow_null=True)
    ninetieth_seconds = serializers.IntegerField(allow_null=True)


class FlowRowShape(CountedShape):
    """One kind of clock."""

    kind = serializers.CharField()
    is_urgent = serializers.BooleanField()


class PeriodShape(serializers.Serializer[Any]):
    """What may be asked for, such as a period, and its words."""

    code = serializers.CharField()
    label = serializers.CharField()


class DaysShape(serializers.Serializer[Any]):
    """Which days figures are of, and which others may be asked for."""

    period = serializers.CharField()
    periods = PeriodShape(many=True)
    first_day = serializers.DateField()
    last_day = serializers.DateField()


class CountedAtShape(serializers.Serializer[Any]):
    """How far changes are counted."""

    as_of = serializers.DateTimeField(help_text="Up to when changes are counted")
    aside = serializers.IntegerField(help_text="How many children’s latest changes could not be counted")


class TimesShape(DaysShape):
    """From how many on times are told."""

    median_from = serializers.IntegerField(help_text="How many must be done before a median is given")
    ninetieth_from = serializers.IntegerField()


class FlowShape(CountedAtShape, TimesShape):
    """How long things took in one agency, by the day on which they fell due."""

    rows = FlowRowShape(many=True)


class CutShape(CountedAtShape, TimesShape):
    """How long one thing took, told apart by group."""

    kind = serializers.CharField()
    is_urgent = serializers.BooleanField()
    label = serializers.CharField()
    by = serializers.CharField()
    cuts = PeriodShape(many=True, help_text="How it may be told apart")
    opens_lists = serializers.BooleanField(help_text="Whether this person may open what the number of a group counts")
    rows = CountedShape(many=True)


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


class CutAsked(PeriodAsked):
    """Which kind of clock is asked about, and how it is to be told apart."""

    kind = serializers.ChoiceField(choices=COUNTED)
    is_urgent = serializers.BooleanField(default=False)
    by = serializers.ChoiceField(choices=list(CUTS), default=next(iter(CUTS)))


class FlowAsked(CutAsked):
    """Which number is asked about: of which kind of clock, what became of it, and of which group of them if any."""

    by = serializers.ChoiceField(choices=list(CUTS), default="")
    group = serializers.CharField(default="")
    outcome = serializers.ChoiceField(choices=list(OUTCOMES))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse half a question."""
        if bool(attrs["by"]) != bool(attrs["group"]):
            raise serializers.ValidationError({"group": ["Say by what, and of which group."]})
        return attrs


def counted_at(read: Read) -> dict[str, Any]:
    """Return how far changes are counted."""
    return {"as_of": read.as_of, "aside": read.aside}


def days_data(period: Period) -> dict[str, Any]:
    """Return which days figures are of."""
    return {
        "period": period.code,
        "periods": [{"code": one.code, "label": one.label} for one in PERIODS.values()],
        "first_day": period.first_day,
        "last_day": period.last_day,
    }


def flow_data(period: Period, read: Read) -> dict[str, Any]:
    """Return the figures of a period, in the order in which a child meets the clocks, urgent ones first."""
    rows = [_row(group) for group in read.groups[CLOCKS]]
    place = {kind: number for number, kind in enumerate(COUNTED)}
    rows.sort(key=lambda row: (place[row["kind"]], not row["is_urgent"]))
    return {**_times(period), **counted_at(read), "rows": rows}


def cut_data(
    period: Period, read: Read, words: Mapping[str, str], asked: Mapping[str, Any], *, opens_lists: bool
) -> dict[str, Any]:
    """Return the figures of one kind of clock, told apart."""
    (rows,) = read.groups.values()
    return {
        **_times(period),
        **asked,
        **counted_at(read),
        "label": label_of(asked["kind"], is_urgent=asked["is_urgent"]),
        "cuts": [{"code": code, "label": one.label} for code, one in CUTS.items()],
        "opens_lists": opens_lists,
        "rows": [
            {"id": row["group"], "label": words.get(row["group"], _UNKNOWN[asked["by"]]), **_counted(row)}
            for row in rows
        ],
    }


def _times(period: Period) -> dict[str, Any]:
    return {**days_data(period), "median_from": MEDIAN_FROM, "ninetieth_from": NINETIETH_FROM}


def _row(group: Mapping[str, Any]) -> dict[str, Any]:
    kind, is_urgent = group["group"].removesuffix(URGENT), group["group"].endswith(URGENT)
    return {
        "id": group["group"],
        "kind": kind,
        "is_urgent": is_urgent,
        "label": label_of(kind, is_urgent=is_urgent),
        **_counted(group),
    }


def _counted(row: Mapping[str, Any]) -> dict[str, Any]:
    parts = {name: row[f"part_{name}"] for name in OUTCOMES}
    done = parts["in_time"] + parts["late"]
    return {
        "due": row["whole"],
        **parts,
        "median_seconds": seconds(row["median"]) if done >= MEDIAN_FROM else None,
        "ninetieth_seconds": seconds(row["ninetieth"]) if done >= NINETIETH_FROM else None,
    }


def seconds(taken: timedelta) -> int:
    """Return a time taken in whole seconds."""
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
