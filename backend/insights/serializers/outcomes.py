"""What came of the work, as the API says it: numbers with their shares, bounds and words, and the records behind."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from rest_framework import serializers

from backend.core import vocabulary
from backend.insights.queries.flow import PERIODS, Period
from backend.insights.queries.kept import BY_SERVICE, Read
from backend.insights.queries.outcomes import FIGURES, NOT_ANSWERED, NOT_ENDED, OF_SERVICES
from backend.insights.serializers.flow import CountedAtShape, DaysShape, PeriodAsked, counted_at, days_data
from backend.insights.serializers.numbers import FigureWordsShape, ShareRowShape, Told, day, number, records
from backend.insights.serializers.telling import TITLES, caution, finding

# What no vocabulary says.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "steps": {
        "up": "Stepped up: statutory services lead from now on",
        "down": "Stepped down: universal services do what remains",
        "on_the_way": "Passed to statutory services on the way, and ended otherwise",
    },
    "goals": {NOT_ENDED: "Not ended when the case closed"},
    "goal_scores": {"nearer": "Nearer", "same": "As near as at the beginning", "further": "Further away"},
    "questionnaires": {"better": "Better", "same": "As at the beginning", "worse": "Worse"},
    "views": {"child": "The child’s words are there", "parent": "A parent’s or carer’s words are there"},
    "sustained": {NOT_ANSWERED: "Nobody has recorded an answer yet"},
    "again": {"back": "Referred again, or the case was opened again", "not_back": "Not within twelve months"},
}
_VOCABULARIES = {"reasons": "closing_reasons", "goals": "goal_outcomes", "sustained": "sustained_answers"}
# Long lists of codes: those that nobody had are left out.
_ONLY_WHAT_THERE_IS = ("reasons", "goals")


class OutcomeRowShape(ShareRowShape):
    """One number: of the figure's whole, or of a service's alone."""

    service = serializers.UUIDField(allow_null=True, help_text="The whole is of this service alone")


class FigureShape(FigureWordsShape):
    """One figure with its rows."""

    rows = OutcomeRowShape(many=True)


class OutcomeFiguresShape(CountedAtShape, DaysShape):
    """What came of the work of one agency in some days."""

    figures = FigureShape(many=True)


class OutcomePeriodAsked(PeriodAsked):
    """Of which days; a year where nothing is said, because fewer cases say little."""

    period = serializers.ChoiceField(choices=list(PERIODS), default="year")


class OutcomeAsked(OutcomePeriodAsked):
    """Which number is asked about: a part of a figure, or the whole where none is named."""

    figure = serializers.ChoiceField(choices=[*FIGURES, *OF_SERVICES])
    part = serializers.CharField(default="")
    service = serializers.UUIDField(default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a part that the figure does not have, and a service where it has none of its own."""
        of_services = attrs["figure"] in OF_SERVICES
        parts = (attrs["figure"],) if of_services else FIGURES[attrs["figure"]].parts
        if attrs["part"] and attrs["part"] not in parts:
            raise serializers.ValidationError({"part": ["Choose a part of this figure."]})
        if of_services != (attrs["service"] is not None):
            raise serializers.ValidationError({"service": ["Name a service for a figure of services, and only there."]})
        return attrs


def figures_data(period: Period, read: Read) -> dict[str, Any]:
    """Return the figures of a period, in the order in which they are read."""
    numbers, services = read.numbers, _services(read.groups[BY_SERVICE])
    wholes = {code: {"whole": sum(one[f"{code}_of"] for one in services)} for code in OF_SERVICES}
    told = {**numbers, **wholes}
    rows = {
        **{code: _rows(code, numbers[code]) for code in FIGURES},
        **{code: [_service_row(code, one) for one in services if one[f"{code}_of"]] for code in OF_SERVICES},
    }
    return {
        **days_data(period),
        **counted_at(read),
        "figures": [
            {
                "id": code,
                "title": title,
                "finding": finding(code, told),
                "caution": caution(code, max((row["of"] for row in rows[code]), default=0)),
                "whole": told[code]["whole"],
                "rows": rows[code],
            }
            for code, title in TITLES.items()
        ],
    }


def _rows(code: str, counts: Mapping[str, Any]) -> list[dict[str, Any]]:
    of = counts["whole"]
    found = ((part, counts[f"part_{part}"]) for part in FIGURES[code].parts)
    kept = [(part, count) for part, count in found if of and (count or code not in _ONLY_WHAT_THERE_IS)]
    return [
        {"id": part, "label": _label(code, part), "service": None, **number(part, count, of)} for part, count in kept
    ]


def _services(groups: Iterable[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Return the numbers of each service as it was called, those that were given most often first."""
    rows = []
    for group in groups:
        service, _space, name = group["group"].partition(" ")
        counts = {part.removeprefix("part_"): number for part, number in group.items()}
        rows.append({**counts, "service_id": service, "service_name": name})
    return sorted(rows, key=lambda one: (-one["services_of"], one["service_name"], one["service_id"]))


def _service_row(code: str, counts: Mapping[str, Any]) -> dict[str, Any]:
    service, name = counts["service_id"], counts["service_name"]
    numbered = number(code, counts[f"{code}_count"], counts[f"{code}_of"])
    return {"id": f"{service} {name}", "label": name, "service": service, **numbered}


def _label(code: str, part: str) -> str:
    own = _WORDS.get(code, {}).get(part)
    return own or vocabulary.get(_VOCABULARIES[code]).label(part)


def _case(one: Any) -> Told:
    return vocabulary.get("closing_reasons").label(one.closing_reason), day(one.closed_at), "/cases/{root}"


def _goal(one: Any) -> Told:
    ended = one.ended_at or one.made_at
    return _label("goals", one.outcome or NOT_ENDED), day(ended), "/cases/{root}/outcomes"


def _goal_score(one: Any) -> Told:
    return f"From {one.first} to {one.last} of 10", day(one.ended_at), "/cases/{root}/outcomes"


def _questionnaire(one: Any) -> Told:
    measure = vocabulary.get("measures").label(one.measure)
    return f"{measure}: from {one.first} to {one.value} of 40", one.taken_on, "/cases/{root}/outcomes"


def _lasted(one: Any) -> Told:
    return _label("sustained", one.answer), day(one.due_at), "/cases/{root}"


def _again(one: Any) -> Told:
    return _label("again", "back" if one.came_back else "not_back"), day(one.started_at), "/cases/{root}"


def _given(one: Any) -> Told:
    return f"{one.service_name}: {one.LABELS[one.state]}", day(one.ended_at), f"/interventions/{one.id}"


_TELLING: Mapping[str, Callable[[Any], Told]] = {
    "reasons": _case,
    "steps": _case,
    "goals": _goal,
    "goal_scores": _goal_score,
    "questionnaires": _questionnaire,
    "views": _case,
    "sustained": _lasted,
    "again": _again,
    **dict.fromkeys(OF_SERVICES, _given),
}


def root_of(one: Any) -> Any:
    """Return the case that a counted record belongs to."""
    return getattr(one, "case_id", None) or one.root_id


def outcome_records(figure: str, found: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the records behind a number."""
    return records(found, _TELLING[figure], root_of)
