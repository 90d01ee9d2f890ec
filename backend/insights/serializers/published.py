"""How cases of the partnership ended, as it may be read by anybody: published numbers, and shares of those."""

from typing import Any

from rest_framework import serializers

from backend.core import vocabulary
from backend.core.api.serializers import StrictSerializer
from backend.insights.queries.published import Months, month_name
from backend.insights.queries.tables import THEMES, closings_tables


class PublishedRowShape(serializers.Serializer[Any]):
    """One published number, and its share in per cent where the whole is large enough."""

    id = serializers.CharField()
    label = serializers.CharField()
    number = serializers.IntegerField()
    percent = serializers.IntegerField(allow_null=True)


class PublishedTableShape(serializers.Serializer[Any]):
    """The same cases cut one way."""

    id = serializers.CharField()
    title = serializers.CharField()
    finding = serializers.CharField(help_text="What its numbers say, as a sentence")
    rows = PublishedRowShape(many=True)


class ThemeShape(serializers.Serializer[Any]):
    """A board's theme, through which the figures may be read."""

    code = serializers.CharField()
    label = serializers.CharField()


class PublishedShape(serializers.Serializer[Any]):
    """How cases of the partnership ended in the last months that were published; nothing in it tells of one child."""

    theme = serializers.CharField(allow_blank=True)
    themes = ThemeShape(many=True)
    published_at = serializers.DateTimeField(allow_null=True, help_text="Null while nothing was published yet")
    first_month = serializers.DateField(allow_null=True, help_text="Its first day")
    last_month = serializers.DateField(allow_null=True, help_text="Its first day")
    threshold = serializers.IntegerField(help_text="Fewer are never shown")
    base = serializers.IntegerField(help_text="Every number is a multiple of this")
    total = serializers.IntegerField()
    tables = PublishedTableShape(many=True)


class PublishedAsked(StrictSerializer):
    """Through which board's theme; all of them where none is named."""

    theme = serializers.ChoiceField(choices=vocabulary.get(THEMES).codes, default="")


def published_data(found: Months, theme: str) -> dict[str, Any]:
    """Return the tables of a report, every one a sum of the same published cells."""
    months = [month_name(day) for day in found.days]
    report = found.everything.where(month=months, **({"theme": [theme]} if theme else {}))
    return {
        "theme": theme,
        "themes": [{"code": one.code, "label": one.label} for one in vocabulary.get(THEMES)],
        "published_at": found.published_at,
        "first_month": found.days[0] if found.days else None,
        "last_month": found.days[-1] if found.days else None,
        "threshold": report.rule.threshold,
        "base": report.rule.base,
        "total": report.total,
        "tables": closings_tables(report, months),
    }
