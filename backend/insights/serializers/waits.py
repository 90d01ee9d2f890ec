"""Waits and refusals by service, as the API says it, and the records behind each number."""

from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework import serializers

from backend.core import vocabulary
from backend.insights.queries.flow import MEDIAN_FROM, NINETIETH_FROM, Period
from backend.insights.queries.kept import SERVICES, Read
from backend.insights.queries.waits import FIGURES, PARTS
from backend.insights.serializers.flow import CountedAtShape, TimesShape, counted_at, days_data, seconds
from backend.insights.serializers.numbers import (
    CountedRecordShape,
    PlainFigureShape,
    SplitRowShape,
    SplitShape,
    Told,
    day,
    numbers_of,
    records,
    split_data,
)
from backend.insights.serializers.outcomes import OutcomePeriodAsked
from backend.insights.serializers.telling import few, several
from backend.interventions.models import Intervention

_PARTS: Mapping[str, str] = {
    "asked": "No answer yet",
    "waiting": "Waiting to begin",
    **{state: Intervention.LABELS[state] for state in PARTS if state in Intervention.LABELS},
}
_REASONS: Mapping[str, tuple[str, str, str, str]] = {
    "declined": (
        "Why providers could not help",
        "provider_decline_reasons",
        "A provider could not help",
        "No provider said that it could not help.",
    ),
    "refused": ("Why families said no", "intervention_refuse_reasons", "A family said no", "No family said no."),
    "ended_early": (
        "Why services ended early",
        "ended_early_reasons",
        "A service ended early",
        "No service ended early.",
    ),
}


class WaitsRowShape(SplitRowShape):
    """One service; times in seconds, null where too few began."""

    begun = serializers.IntegerField()
    median_seconds = serializers.IntegerField(allow_null=True)
    ninetieth_seconds = serializers.IntegerField(allow_null=True)


class WaitsSplitShape(SplitShape):
    """A row for each service that was recommended."""

    rows = WaitsRowShape(many=True)


class WaitsShape(CountedAtShape, TimesShape):
    """What became of the services that were recommended in some days."""

    services = WaitsSplitShape()
    figures = PlainFigureShape(many=True)


class WaitsRecordShape(CountedRecordShape):
    """A service for one child; `days` until it began, null where it has not."""

    days = serializers.IntegerField(allow_null=True)


class WaitsAsked(OutcomePeriodAsked):
    """Which number is asked about: a part of a service, or of a figure."""

    figure = serializers.ChoiceField(choices=[SERVICES, *FIGURES])
    part = serializers.CharField(default="")
    group = serializers.UUIDField(default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a part that the figure does not have, and a service where none is told apart."""
        of_services = attrs["figure"] == SERVICES
        if attrs["part"] and attrs["part"] not in (PARTS if of_services else FIGURES[attrs["figure"]].parts):
            raise serializers.ValidationError({"part": ["Choose a part of this figure."]})
        if of_services != (attrs["group"] is not None):
            raise serializers.ValidationError({"group": ["Name a service where they are told apart, and only there."]})
        return attrs


def services_data(period: Period, read: Read) -> dict[str, Any]:
    """Return what became of services."""
    rows, numbers = read.groups[SERVICES], read.numbers
    whole = sum(row["whole"] for row in rows)
    split = split_data(rows, _PARTS, {row["group"]: f"{row['name']}, {row['organisation']}" for row in rows}, "")
    told = [{**one, **_waits(row)} for one, row in zip(split["rows"], rows, strict=True)]
    times = "once" if whole == 1 else f"{whole} times"
    return {
        **days_data(period),
        **counted_at(read),
        "median_from": MEDIAN_FROM,
        "ninetieth_from": NINETIETH_FROM,
        "services": {
            "id": SERVICES,
            "title": "What became of each service",
            "finding": (
                f"{several(len(rows), 'service')} recommended {times}."
                if whole
                else "No service was recommended in these days."
            ),
            **split,
            "rows": told,
        },
        "figures": [_figure(code, numbers[code]) for code in FIGURES],
    }


def _waits(row: Mapping[str, Any]) -> dict[str, Any]:
    begun = row["begun"]
    return {
        "begun": begun,
        "median_seconds": seconds(row["median"]) if begun >= MEDIAN_FROM else None,
        "ninetieth_seconds": seconds(row["ninetieth"]) if begun >= NINETIETH_FROM else None,
    }


def _figure(code: str, counts: Mapping[str, Any]) -> dict[str, Any]:
    title, name, happened, never = _REASONS[code]
    words, whole = vocabulary.get(name), counts["whole"]
    rows = [row for row in numbers_of(counts, words.codes) if row["count"]]
    return {
        "id": code,
        "title": title,
        "finding": f"{happened} {'once' if whole == 1 else f'{whole} times'}." if whole else never,
        "caution": few(whole) if whole else "",
        "whole": whole,
        "rows": [{"id": row["part"], "label": words.label(row["part"]), **row} for row in rows],
    }


def _told(one: Intervention) -> Told:
    return f"{one.service_name}: {one.LABELS[one.state]}", day(one.recommended_at), f"/interventions/{one.id}"


def service_records(found: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the services behind a number, each with the days until it began."""
    kept = list(found)
    waited = {one.id: one.waited for one in kept}
    rows = records(kept, _told, lambda one: one.id)
    return [{**row, "days": waited[row["id"]].days if waited[row["id"]] is not None else None} for row in rows]
