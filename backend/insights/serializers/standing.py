"""Where work stands, as the API says it: time in each state, what became of referrals, and the records behind."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rest_framework import serializers

from backend.core import clock, vocabulary
from backend.deadlines.models import Deadline
from backend.insights.queries import stays
from backend.insights.queries.flow import MEDIAN_FROM, NINETIETH_FROM, Period
from backend.insights.queries.kept import LEFT, SOURCES, Read
from backend.insights.queries.received import BROADLY, DECIDED, FIGURES, UNDECIDED
from backend.insights.serializers.flow import CountedAtShape, TimesShape, counted_at, days_data, seconds
from backend.insights.serializers.numbers import (
    CountedRecordShape,
    PlainFigureShape,
    SplitShape,
    Told,
    day,
    numbers_of,
    records,
    split_data,
)
from backend.insights.serializers.outcomes import OutcomePeriodAsked
from backend.insights.serializers.telling import few, several
from backend.referrals.models import Referral

_OF_STAYS = (stays.NOW, stays.LEFT)
_TITLES = {stays.REFERRAL: "Referrals", stays.CASE: "Cases"}
_DECIDED_AS: Mapping[str, str] = {
    **{state: Referral.LABELS[state] for state in DECIDED if state != UNDECIDED},
    UNDECIDED: "Not decided yet",
}
_BROADLY: Mapping[str, str] = {
    "helped": "Accepted or linked",
    "advised": Referral.LABELS[Referral.SIGNPOSTED],
    "declined": Referral.LABELS[Referral.DECLINED],
    "passed_up": "Stepped up or handed over",
    UNDECIDED: _DECIDED_AS[UNDECIDED],
}
_LABELS: Mapping[str, Mapping[str, str]] = {
    "received": _DECIDED_AS,
    "cases": {"case": "Became a case or joined one", "no_case": "No case"},
    "passed_on": {"never": "Stayed where they were sent", "once": "Taken over once", "more": "Taken over more often"},
    "feedback": {"in_time": "Told in time", "late": "Told late", "not_done": "Not told"},
    "reopened": {"reopened": "Reopened after a decision"},
}
_HEADINGS: Mapping[str, str] = {
    "received": "What became of referrals",
    "cases": "How many became cases",
    "passed_on": "How often referrals were passed on",
    "feedback": "Telling referrer, child and parent what was decided",
    "reopened": "Decisions that were looked at again",
}
_NONE = "No referral reached your agency in these days."


class StayShape(serializers.Serializer[Any]):
    """One state: how many are in it now, how many left it in these days, and how long they had been in it."""

    id = serializers.CharField()
    label = serializers.CharField()
    now = serializers.IntegerField()
    left = serializers.IntegerField()
    median_seconds = serializers.IntegerField(allow_null=True)
    ninetieth_seconds = serializers.IntegerField(allow_null=True)


class StaysShape(serializers.Serializer[Any]):
    """The states of one kind of record."""

    id = serializers.CharField()
    title = serializers.CharField()
    rows = StayShape(many=True)


class StandingShape(CountedAtShape, TimesShape):
    """Where the work of one agency stands, and what became of the referrals that it received in some days."""

    stays = StaysShape(many=True)
    figures = PlainFigureShape(many=True)
    sources = SplitShape()


class StandingRecordShape(CountedRecordShape):
    """A record that a number counts; of a stay also how long it was, or has been until now."""

    seconds = serializers.IntegerField(allow_null=True)


class StandingAsked(OutcomePeriodAsked):
    """Which number is asked about: the records in a state or those that left it, a part of a figure, or of a source."""

    figure = serializers.ChoiceField(choices=[*_OF_STAYS, *FIGURES, SOURCES])
    part = serializers.CharField(default="")
    group = serializers.CharField(default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a part that the figure does not have, and a source where none is told apart."""
        figure, part = attrs["figure"], attrs["part"]
        if figure in _OF_STAYS:
            good = part in stays.PLACES
        else:
            good = not part or part in (BROADLY if figure == SOURCES else FIGURES[figure].parts)
        if not good:
            raise serializers.ValidationError({"part": ["Choose a part of this figure."]})
        if bool(attrs["group"]) != (figure == SOURCES):
            raise serializers.ValidationError({"group": ["Name a source where they are told apart, and only there."]})
        return attrs


def standing_data(period: Period, now: Read, read: Read) -> dict[str, Any]:
    """Return where the work stands."""
    stands = {(noun, row["group"]): row["whole"] for noun, rows in now.groups.items() for row in rows}
    numbers, sources = read.numbers, read.groups[SOURCES]
    left = {row["group"]: row for row in read.groups[LEFT]}
    words = {term.code: term.label for term in vocabulary.get("sources")}
    return {
        **days_data(period),
        **counted_at(read),
        "median_from": MEDIAN_FROM,
        "ninetieth_from": NINETIETH_FROM,
        "stays": [
            {
                "id": noun,
                "title": _TITLES[noun],
                "rows": [_stay(f"{noun}.{state}", stands.get((noun, state), 0), left) for state in states],
            }
            for noun, states in stays.STATES.items()
        ],
        "figures": [_figure(code, numbers) for code in FIGURES],
        "sources": {
            "id": SOURCES,
            "title": "Where referrals came from, and what became of them",
            "finding": _finding("received", numbers),
            **split_data(sources, _BROADLY, words, "Not known"),
        },
    }


def _stay(place: str, now: int, all_left: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    noun, state = stays.PLACES[place]
    left = all_left.get(place)
    count = left["whole"] if left else 0
    return {
        "id": place,
        "label": stays.LABELS[noun][state],
        "now": now,
        "left": count,
        "median_seconds": seconds(left["median"]) if left and count >= MEDIAN_FROM else None,
        "ninetieth_seconds": seconds(left["ninetieth"]) if left and count >= NINETIETH_FROM else None,
    }


def _figure(code: str, numbers: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    counts = numbers[code]
    labels = _LABELS[code]
    rows = [row for row in numbers_of(counts, labels) if _is_told(code, row)] if counts["whole"] else []
    return {
        "id": code,
        "title": _HEADINGS[code],
        "finding": _finding(code, numbers),
        "caution": few(counts["whole"]) if rows else "",
        "whole": counts["whole"],
        "rows": [
            {"id": row["part"], "label": _LABELS[code][row["part"]], **row} for row in rows if _is_told(code, row)
        ],
    }


def _is_told(code: str, row: Mapping[str, Any]) -> bool:
    """Of the many ways to end, tell those that there were."""
    return bool(row["count"]) or code != "received"


def _finding(code: str, numbers: Mapping[str, Mapping[str, Any]]) -> str:
    counts = numbers[code]
    whole = counts["whole"]
    if code == "feedback":
        return f"{several(whole, 'time')} somebody was to be told." if whole else "Nobody was to be told in these days."
    if not whole:
        return _NONE
    received = several(whole, "referral")
    if code == "received":
        return f"{received} reached your agency, and {'is' if whole == 1 else 'are'} with it or ended there."
    if code == "cases":
        return f"Of {received}, {counts['part_case'] or 'none'} became a case or joined one."
    if code == "passed_on":
        return f"Of {received}, {whole - counts['part_never'] or 'none'} had been taken over from another agency."
    again = counts["part_reopened"]
    return f"Of {received}, {again or 'none'} {'was' if again <= 1 else 'were'} reopened."


def _referral(one: Referral) -> Told:
    return Referral.LABELS[one.state], day(one.submitted_at or one.created_at), "/referrals/{root}"


def _feedback(one: Deadline) -> Told:
    return one.label, day(one.due_at), "/referrals/{root}"


def standing_records(figure: str, found: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the records behind a number of a figure."""
    rows = records(found, _feedback if figure == "feedback" else _referral, lambda one: one.root_id)
    return [{**row, "seconds": None} for row in rows]


def stay_records(period: Period, figure: str, place: str, found: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the records that are in a state, or left it, with how long they have been in it or had been."""
    noun, state = stays.PLACES[place]
    is_now = figure == stays.NOW
    began = stays.since(noun, found) if is_now else stays.began(period, found)
    ends = {one.id: clock.now() if is_now else one.at for one in found}

    def tell(one: Any) -> Told:
        return stays.LABELS[noun][state], day(began[one.id] if is_now else one.at), f"/{noun}s/{{root}}"

    rows = records(found, tell, lambda one: one.root_id)
    return [{**row, "seconds": seconds(ends[row["id"]] - began[row["id"]])} for row in rows]
