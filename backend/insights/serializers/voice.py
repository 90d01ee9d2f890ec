"""What people said, as analysts read it: themes counted by who spoke and by what it is about, with their words."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from backend.core.api.serializers import StrictSerializer
from backend.insights.disclosure import Published
from backend.insights.queries.published import SAYINGS, Months, month_name
from backend.insights.queries.tables import NUMBERS_OF, Table, marks_table, months_table, table_of
from backend.insights.queries.voice import Words, among, quotations
from backend.insights.saying_codes import NAMES, saying_dimensions, voice_themes
from backend.insights.serializers.needs import NeedsChoiceShape
from backend.insights.serializers.published import PublishedRowShape, PublishedTableShape

_NOUN = NUMBERS_OF[SAYINGS]
# Of each theme so many are shown; a report of one ward or of one kind of speaker shows others.
_MOST_WORDS = 8


class VoiceNumberShape(serializers.Serializer[Any]):
    """How many of one theme; no number where there was nobody, or too few to show."""

    id = serializers.CharField()
    label = serializers.CharField()
    number = serializers.IntegerField(allow_null=True)


class QuotationShape(serializers.Serializer[Any]):
    """What somebody said, in their words, with what may be said of who it was."""

    text = serializers.CharField()
    beside = serializers.ListField(child=serializers.CharField())


class VoiceThemeShape(PublishedRowShape):
    """One theme: how many touch it, by what it is about and by who said it, and their words."""

    directions = VoiceNumberShape(many=True)
    speakers = VoiceNumberShape(many=True)
    words = QuotationShape(many=True)


class VoiceShape(serializers.Serializer[Any]):
    """What people said in the last published months; nothing in it tells who."""

    choices = NeedsChoiceShape(many=True)
    published_at = serializers.DateTimeField(allow_null=True)
    first_month = serializers.DateField(allow_null=True, help_text="Its first day")
    last_month = serializers.DateField(allow_null=True, help_text="Its first day")
    threshold = serializers.IntegerField(help_text="Fewer are never shown")
    base = serializers.IntegerField(help_text="Every number is a multiple of this")
    total = serializers.IntegerField()
    finding = serializers.CharField()
    themes = VoiceThemeShape(many=True)
    tables = PublishedTableShape(many=True)


class VoiceAsked(StrictSerializer):
    """Which sayings a report is about; all of them where nothing is named."""

    ward = serializers.ChoiceField(choices=list(saying_dimensions()["ward"].codes), default="")
    speaker = serializers.ChoiceField(choices=list(saying_dimensions()["speaker"].codes), default="")
    direction = serializers.ChoiceField(choices=list(saying_dimensions()["direction"].codes), default="")


def voice_data(found: Months, words: list[Words], asked: Mapping[str, str]) -> dict[str, Any]:
    """Return a report, every number of it a sum of the same published cells, with the words that these allow."""
    months = [month_name(day) for day in found.days]
    report = found.everything.where(**{name: [asked[name]] for name in NAMES if asked[name]})
    themes = marks_table(report, "themes", "Themes", voice_themes(), _NOUN)
    quoted = quotations(report, among(words, months, asked), most=_MOST_WORDS)
    return {
        "choices": [_choice(name, asked[name]) for name in NAMES],
        "published_at": found.published_at,
        "first_month": found.days[0] if found.days else None,
        "last_month": found.days[-1] if found.days else None,
        "threshold": report.rule.threshold,
        "base": report.rule.base,
        "total": report.total,
        "finding": themes["finding"],
        "themes": [
            {
                **row,
                "directions": _numbers(report.marked(row["id"]), "direction"),
                "speakers": _numbers(report.marked(row["id"]), "speaker"),
                "words": [{"text": one.text, "beside": one.beside} for one in quoted[row["id"]]],
            }
            for row in themes["rows"]
        ],
        "tables": [*(_cut(report, name) for name in NAMES if not asked[name]), months_table(report, months, _NOUN)],
    }


def _cut(report: Published, name: str) -> Table:
    one = saying_dimensions()[name]
    return table_of(report, name, one.label, list(one.codes), one.codes.get, _NOUN)


def _numbers(of_theme: Published, name: str) -> list[dict[str, Any]]:
    numbers = of_theme.by(name)
    return [
        {"id": code, "label": label, "number": numbers.get((code,))}
        for code, label in saying_dimensions()[name].codes.items()
    ]


def _choice(name: str, chosen: str) -> dict[str, Any]:
    one = saying_dimensions()[name]
    options = [{"code": code, "label": label} for code, label in one.codes.items()]
    return {"name": name, "label": one.label, "chosen": chosen, "options": options}
