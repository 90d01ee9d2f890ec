"""Where and why children were referred, as it may be read by anybody: published numbers, and rates made of those."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from backend.core import vocabulary
from backend.core.api.serializers import StrictSerializer
from backend.core.vocabulary import NOT_KNOWN
from backend.insights.codes import dimensions, factors
from backend.insights.disclosure import Published
from backend.insights.places import tiles
from backend.insights.queries.published import Months, month_name
from backend.insights.serializers.published import PublishedRowShape

_PER = 1000
# Tables beside the map, the factors and the months, each left out where the report is of one of its codes.
_CUTS = ("theme", "source", "decision", "age", "sex", "ethnicity", "needs")


class NeedsOptionShape(serializers.Serializer[Any]):
    """A code that may be asked for."""

    code = serializers.CharField(allow_blank=True)
    label = serializers.CharField()


class NeedsChoiceShape(serializers.Serializer[Any]):
    """What a report may be narrowed by, and what is asked now; empty is everything."""

    name = serializers.CharField()
    label = serializers.CharField()
    chosen = serializers.CharField(allow_blank=True)
    options = NeedsOptionShape(many=True)


class WardShape(serializers.Serializer[Any]):
    """A ward with its place on the tile map; no number where there was nobody, or too few to show."""

    id = serializers.CharField()
    label = serializers.CharField()
    short = serializers.CharField()
    row = serializers.IntegerField()
    column = serializers.IntegerField()
    people = serializers.IntegerField(help_text="Of all ages")
    number = serializers.IntegerField(allow_null=True)
    rate = serializers.FloatField(allow_null=True, help_text="The published number per 1,000 people of all ages")


class NeedsMonthShape(serializers.Serializer[Any]):
    """A whole month; no number where there was nobody, or too few to show."""

    id = serializers.DateField(help_text="Its first day")
    number = serializers.IntegerField(allow_null=True)


class FactorRowShape(PublishedRowShape):
    """How many referrals name a factor."""

    protects = serializers.BooleanField(help_text="A strength, and no risk")


class NeedsCutShape(serializers.Serializer[Any]):
    """The same referrals cut one way."""

    id = serializers.CharField()
    title = serializers.CharField()
    rows = PublishedRowShape(many=True)


class NeedsShape(serializers.Serializer[Any]):
    """Referrals of the last published months by place and cause; nothing in it tells of one child."""

    choices = NeedsChoiceShape(many=True)
    published_at = serializers.DateTimeField(allow_null=True)
    months = NeedsMonthShape(many=True)
    threshold = serializers.IntegerField(help_text="Fewer are never shown")
    base = serializers.IntegerField(help_text="Every number is a multiple of this")
    total = serializers.IntegerField()
    rate = serializers.FloatField(help_text="Of the whole city per 1,000 people of all ages")
    no_ward = serializers.IntegerField(help_text="Of children whose ward is not known")
    wards = WardShape(many=True)
    factors = FactorRowShape(many=True)
    cuts = NeedsCutShape(many=True)


class NeedsAsked(StrictSerializer):
    """Which referrals a report is about; all of them where nothing is named."""

    theme = serializers.ChoiceField(choices=list(dimensions()["theme"].codes), default="")
    ward = serializers.ChoiceField(choices=list(dimensions()["ward"].codes), default="")
    factor = serializers.ChoiceField(choices=list(factors()), default="")
    source = serializers.ChoiceField(choices=list(dimensions()["source"].codes), default="")
    decision = serializers.ChoiceField(choices=list(dimensions()["decision"].codes), default="")
    age = serializers.ChoiceField(choices=list(dimensions()["age"].codes), default="")
    sex = serializers.ChoiceField(choices=list(dimensions()["sex"].codes), default="")
    ethnicity = serializers.ChoiceField(choices=list(dimensions()["ethnicity"].codes), default="")
    needs = serializers.ChoiceField(choices=list(dimensions()["needs"].codes), default="")
    period = serializers.RegexField(r"^\d{4}-Q[1-4]$", default="", help_text="A quarter; else twelve months")


def needs_data(found: Months, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return a report, every number of it a sum of the same published cells."""
    quarters = {f"{days[0]:%Y}-Q{days[0].month // 3 + 1}": days for days in found.quarters}
    months = [month_name(day) for day in quarters.get(asked["period"], found.days)]
    of_months = found.everything.where(month=months)
    report = _narrowed(of_months, asked)
    by_month = report.by("month")
    return {
        "choices": [*_choices(asked), _periods(list(quarters), asked["period"])],
        "published_at": found.published_at,
        "months": [{"id": f"{name}-01", "number": by_month.get((name,))} for name in months],
        "threshold": report.rule.threshold,
        "base": report.rule.base,
        "total": report.total,
        # All wards beside each other, also where the rest of the report is of one.
        **_by_ward(_narrowed(of_months, {**asked, "ward": ""})),
        "factors": _by_factor(report),
        "cuts": [
            {"id": name, "title": dimensions()[name].label, "rows": _rows(report, _one(report, name), codes.codes)}
            for name, codes in dimensions().items()
            if name in _CUTS and not asked[name]
        ],
    }


def _narrowed(report: Published, asked: Mapping[str, str]) -> Published:
    wanted = {name: [asked[name]] for name in dimensions() if asked[name]}
    narrowed = report.where(**wanted)
    return narrowed.marked(asked["factor"]) if asked["factor"] else narrowed


def _by_ward(report: Published) -> dict[str, Any]:
    numbers, terms = _one(report, "ward"), vocabulary.get("wards").terms
    people = {code: int(term.more["population"]) for code, term in terms.items()}
    wards = [
        {
            "id": tile.code,
            "label": terms[tile.code].label,
            "short": tile.short,
            "row": tile.row,
            "column": tile.column,
            "people": people[tile.code],
            "number": numbers.get(tile.code),
            "rate": _rate(numbers[tile.code], people[tile.code]) if tile.code in numbers else None,
        }
        for tile in tiles()
    ]
    in_wards = report.total - numbers.get(NOT_KNOWN, 0)
    return {"wards": wards, "no_ward": numbers.get(NOT_KNOWN, 0), "rate": _rate(in_wards, sum(people.values()))}


def _by_factor(report: Published) -> list[dict[str, Any]]:
    terms = vocabulary.get("factors").terms
    rows = sorted(_rows(report, report.by_mark(), factors()), key=lambda row: -row["number"])
    return [{**row, "protects": terms[row["id"]].more["polarity"] == "protective"} for row in rows]


def _rate(number: int, people: int) -> float:
    return round(number * _PER / people, 1)


def _one(report: Published, name: str) -> dict[str, int]:
    return {code: number for (code,), number in report.by(name).items()}


def _rows(report: Published, numbers: Mapping[str, int], words: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {"id": code, "label": label, "number": numbers[code], "percent": report.share(numbers[code], report.total)}
        for code, label in words.items()
        if code in numbers
    ]


def _choices(asked: Mapping[str, str]) -> list[dict[str, Any]]:
    found = [(one.name, one.label, one.codes) for one in dimensions().values()]
    found.insert(2, ("factor", "Factor", factors()))
    return [
        {
            "name": name,
            "label": label,
            "chosen": asked[name],
            "options": [{"code": code, "label": words} for code, words in codes.items()],
        }
        for name, label, codes in found
    ]


def _periods(quarters: list[str], asked: str) -> dict[str, Any]:
    options = [{"code": code, "label": f"Quarter {code[-1]} of {code[:4]}"} for code in quarters]
    return {
        "name": "period",
        "label": "Which months",
        "chosen": asked if asked in quarters else "",
        "options": options,
    }
