"""How complete records are, as the API says it."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from backend.insights.queries.flow import PERIODS, Period
from backend.insights.queries.kept import Read
from backend.insights.queries.quality import CHILD, DETAILS, PARTS, QUESTIONS, REFERRAL, Tally, tallies
from backend.insights.serializers.flow import CountedAtShape, PeriodAsked, PeriodShape, counted_at
from backend.insights.serializers.telling import SHARE_FROM
from backend.referrals.form.sections import SECTIONS

_TITLES: Mapping[str, str] = {
    REFERRAL: "Referrals to your agency, as they were sent",
    CHILD: "Children whom your agency helps now",
}
_SECTION_OF: Mapping[str, str] = {one.name: section.title for section in SECTIONS for one in section.fields}


class QualityRowShape(serializers.Serializer[Any]):
    """One question: of how many it was asked, and what was given; the share where enough were asked."""

    id = serializers.CharField()
    label = serializers.CharField()
    section = serializers.CharField(allow_blank=True)
    asked = serializers.IntegerField()
    answered = serializers.IntegerField()
    not_known = serializers.IntegerField()
    empty = serializers.IntegerField()
    percent = serializers.IntegerField(allow_null=True)


class QualityPartShape(serializers.Serializer[Any]):
    """One kind of record: how many there are, each question, and the questions that nobody has answered."""

    id = serializers.CharField()
    title = serializers.CharField()
    whole = serializers.IntegerField()
    rows = QualityRowShape(many=True)
    unused = serializers.ListField(child=serializers.CharField())


class QualityShape(CountedAtShape):
    """How complete the records of one agency are."""

    period = serializers.CharField()
    periods = PeriodShape(many=True)
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    parts = QualityPartShape(many=True)


class QualityPeriodAsked(PeriodAsked):
    """Of which days; a year where nothing is said, because a question that is rarely needed is not unused."""

    period = serializers.ChoiceField(choices=list(PERIODS), default="year")


class QualityAsked(QualityPeriodAsked):
    """Which question of which kind of record is without an answer."""

    part = serializers.ChoiceField(choices=PARTS)
    question = serializers.ChoiceField(choices=[*QUESTIONS, *DETAILS])

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a question that is not asked of this kind of record."""
        if attrs["question"] not in (QUESTIONS if attrs["part"] == REFERRAL else DETAILS):
            raise serializers.ValidationError({"question": ["Choose a question of this kind of record."]})
        return attrs


def label_of(part: str, name: str) -> str:
    """Return what a question is called."""
    return QUESTIONS[name].heading if part == REFERRAL else DETAILS[name]


def quality_data(period: Period, sent: Read, helped: Read) -> dict[str, Any]:
    """Return the numbers of each kind of record."""
    numbers = {**sent.numbers, **helped.numbers}
    return {
        **counted_at(sent),
        "period": period.code,
        "periods": [{"code": one.code, "label": one.label} for one in PERIODS.values()],
        "first_day": period.first_day,
        "last_day": period.last_day,
        "parts": [_part(part, *tallies(part, numbers[part])) for part in PARTS],
    }


def _part(part: str, whole: int, tallies: Mapping[str, Tally]) -> dict[str, Any]:
    asked = {name: tally for name, tally in tallies.items() if tally.asked}
    return {
        "id": part,
        "title": _TITLES[part],
        "whole": whole,
        "rows": [_row(part, name, tally) for name, tally in asked.items()],
        # Of few records it says nothing that a question was not needed.
        "unused": [label_of(part, name) for name, tally in asked.items() if _is_unused(tally)],
    }


def _is_unused(tally: Tally) -> bool:
    return tally.asked >= SHARE_FROM and not tally.answered and not tally.not_known


def _row(part: str, name: str, tally: Tally) -> dict[str, Any]:
    return {
        "id": name,
        "label": label_of(part, name),
        "section": _SECTION_OF[name] if part == REFERRAL else "",
        "asked": tally.asked,
        "answered": tally.answered,
        "not_known": tally.not_known,
        "empty": tally.empty,
        # Down, so that only what is whole is called 100 %.
        "percent": tally.answered * 100 // tally.asked if tally.asked >= SHARE_FROM else None,
    }
