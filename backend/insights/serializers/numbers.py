"""Numbers with their shares and bounds, and the records behind them, as every page of figures says them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from rest_framework import serializers

from backend.administration.serializers.references import references
from backend.deadlines.calendar import local
from backend.insights.intervals import wilson
from backend.insights.serializers.flow import PeriodShape
from backend.insights.serializers.telling import SHARE_FROM


class ShareShape(serializers.Serializer[Any]):
    """How many of how many, and where enough are counted the share in per cent with its 95 % interval."""

    part = serializers.CharField()
    count = serializers.IntegerField()
    of = serializers.IntegerField()
    percent = serializers.IntegerField(allow_null=True)
    low = serializers.IntegerField(allow_null=True)
    high = serializers.IntegerField(allow_null=True)


class ShareRowShape(ShareShape):
    """One number of a figure."""

    id = serializers.CharField()
    label = serializers.CharField()


class FigureWordsShape(serializers.Serializer[Any]):
    """One figure: what was counted, what it finds in words, and how far to trust it."""

    id = serializers.CharField()
    title = serializers.CharField()
    finding = serializers.CharField()
    caution = serializers.CharField(allow_blank=True)
    whole = serializers.IntegerField()


class PlainFigureShape(FigureWordsShape):
    """One figure with its rows."""

    rows = ShareRowShape(many=True)


class SplitRowShape(serializers.Serializer[Any]):
    """One group, with a number for each part of it."""

    id = serializers.CharField()
    label = serializers.CharField()
    of = serializers.IntegerField()
    numbers = ShareShape(many=True)


class SplitShape(serializers.Serializer[Any]):
    """The same parts of several groups, each of a whole of its own."""

    id = serializers.CharField()
    title = serializers.CharField()
    finding = serializers.CharField()
    parts = PeriodShape(many=True)
    rows = SplitRowShape(many=True)


class CountedRecordShape(serializers.Serializer[Any]):
    """One record that a number counts; `url` where its page can be opened."""

    id = serializers.UUIDField()
    reference = serializers.CharField(allow_blank=True)
    title = serializers.CharField()
    on = serializers.DateField()
    url = serializers.CharField(allow_null=True)


def number(part: str, count: int, of: int) -> dict[str, Any]:
    """Return a number with its share and the bounds of that, where enough are counted."""
    enough = of >= SHARE_FROM
    low, high = wilson(count, of) if enough else (0.0, 0.0)
    return {
        "part": part,
        "count": count,
        "of": of,
        "percent": round(100 * count / of) if enough else None,
        "low": round(100 * low) if enough else None,
        "high": round(100 * high) if enough else None,
    }


def numbers_of(counts: Mapping[str, Any], parts: Iterable[str]) -> list[dict[str, Any]]:
    """Return the numbers of one whole, in the order of its parts."""
    return [number(part, counts[f"part_{part}"], counts["whole"]) for part in parts]


def split_data(
    rows: Sequence[Mapping[str, Any]], parts: Mapping[str, str], words: Mapping[str, str], not_known: str
) -> dict[str, Any]:
    """Return a table with a row for each group; `parts` and `words` are labels by code."""
    return {
        "parts": [{"code": code, "label": label} for code, label in parts.items()],
        "rows": [
            {
                "id": row["group"],
                "label": words.get(row["group"], not_known),
                "of": row["whole"],
                "numbers": numbers_of(row, parts),
            }
            for row in rows
        ],
    }


# What a list says of one record, on which day, and where it leads to.
Told = tuple[str, date, str]


def day(moment: datetime) -> date:
    """Return the day of an instant in England."""
    return local(moment).date()


def records(found: Iterable[Any], tell: Callable[[Any], Told], root_of: Callable[[Any], Any]) -> list[dict[str, Any]]:
    """Return the records behind a number, each leading to its page where the actor may open it, in one statement."""
    kept = list(found)
    names = references([root_of(one) for one in kept])
    rows = []
    for one in kept:
        root = root_of(one)
        title, on, page = tell(one)
        url = page.format(root=root) if root in names else None
        rows.append({"id": one.id, "reference": names.get(root, ""), "title": title, "on": on, "url": url})
    return rows
