"""How groups of children compare, as the API says it: shares with bounds, where enough are counted to say anything."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rest_framework import serializers

from backend.core.vocabulary import NOT_KNOWN
from backend.insights.queries.fairness import COUNTINGS, GROUPINGS, LEAST
from backend.insights.queries.flow import MEDIAN_FROM, Period
from backend.insights.queries.kept import Read
from backend.insights.serializers.flow import CountedAtShape, DaysShape, PeriodShape, counted_at, days_data, seconds
from backend.insights.serializers.numbers import ShareRowShape, Told, day, number, records
from backend.insights.serializers.outcomes import OutcomePeriodAsked
from backend.insights.serializers.telling import overlapping
from backend.interventions.models import Intervention
from backend.referrals.models import Referral

# What is compared, in the order in which a family meets it: the part, and of which set.
_TITLES: Mapping[tuple[str, str], str] = {
    ("decided", "helped"): "Help was agreed",
    ("decided", "advised"): "Advice or another service was suggested",
    ("decided", "declined"): "The referral was declined",
    ("waited", "in_time"): "Decided in time",
    ("services", "provider_declined"): "A provider could not help",
    ("services", "family_refused"): "The family said no to a service",
    ("services", "begun"): "A service has begun",
}
_OF: Mapping[str, str] = {
    "decided": "Of the referrals that were decided",
    "waited": "Of the referrals that were to be decided",
    "services": "Of the services that were recommended",
}
# Figures beside which it is said how long half of those that are done took.
_TIMED: Mapping[tuple[str, str], str] = {
    ("waited", "in_time"): "Half were decided within",
    ("services", "begun"): "Half waited at most",
}


class FairRowShape(ShareRowShape):
    """One group of which enough are counted; the time where there is one, in seconds."""

    median_seconds = serializers.IntegerField(allow_null=True)


class FairFigureShape(serializers.Serializer[Any]):
    """One share, compared between groups."""

    id = serializers.CharField()
    counting = serializers.CharField(help_text="Which set of records it is a part of")
    title = serializers.CharField()
    finding = serializers.CharField()
    caution = serializers.CharField(allow_blank=True)
    timed = serializers.CharField(allow_blank=True, help_text="What the time is called, where there is one")
    rows = FairRowShape(many=True)
    too_few = serializers.ListField(child=serializers.CharField(), help_text="Groups too small to say anything of")


class FairnessShape(CountedAtShape, DaysShape):
    """How groups of children compare in one agency."""

    by = serializers.CharField()
    groupings = PeriodShape(many=True)
    least = serializers.IntegerField(help_text="Of fewer nothing is said")
    figures = FairFigureShape(many=True)


class FairnessAsked(OutcomePeriodAsked):
    """How children are grouped."""

    by = serializers.ChoiceField(choices=list(GROUPINGS), default=next(iter(GROUPINGS)))


class FairnessListAsked(FairnessAsked):
    """Which number is asked about: of which set and group, and which part of it if not the whole."""

    figure = serializers.ChoiceField(choices=list(COUNTINGS))
    part = serializers.CharField(default="")
    group = serializers.CharField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a part that the figure does not have, and a group that there is not."""
        if attrs["part"] and attrs["part"] not in COUNTINGS[attrs["figure"]].figure.parts:
            raise serializers.ValidationError({"part": ["Choose a part of this figure."]})
        if attrs["group"] not in (*GROUPINGS[attrs["by"]].words, NOT_KNOWN):
            raise serializers.ValidationError({"group": ["Choose one of the groups."]})
        return attrs


def fairness_data(period: Period, by: str, read: Read) -> dict[str, Any]:
    """Return every figure by one grouping."""
    return {
        **days_data(period),
        **counted_at(read),
        "by": by,
        "groupings": [{"code": code, "label": one.label} for code, one in GROUPINGS.items()],
        "least": LEAST,
        "figures": [_figure(by, counting, part, read.groups[counting]) for counting, part in _TITLES],
    }


def _figure(by: str, counting: str, part: str, groups: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    words, unknown = GROUPINGS[by].words, GROUPINGS[by].unknown
    order = {code: place for place, code in enumerate((*words, NOT_KNOWN))}
    told = sorted(groups, key=lambda group: order.get(group["group"], len(order)))
    labels = {group["group"]: words.get(group["group"], unknown) for group in told}
    timed = (counting, part) in _TIMED
    rows = [
        {
            "id": group["group"],
            "label": labels[group["group"]],
            **number(part, group[f"part_{part}"], group["whole"]),
            "median_seconds": seconds(group["median"]) if timed and group["done"] >= MEDIAN_FROM else None,
        }
        for group in told
        if group["whole"] >= LEAST
    ]
    return {
        "id": part,
        "counting": counting,
        "title": _TITLES[counting, part],
        "finding": _finding(_OF[counting], rows),
        "caution": overlapping(_compared(rows), "groups"),
        "timed": _TIMED.get((counting, part), ""),
        "rows": rows,
        "too_few": [labels[group["group"]] for group in told if group["whole"] < LEAST],
    }


def _compared(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [row for row in rows if row["id"] != NOT_KNOWN]


def _finding(of: str, rows: Sequence[Mapping[str, Any]]) -> str:
    groups = sorted(_compared(rows), key=lambda row: row["percent"])
    if not groups:
        return f"{of}: too few to say anything of any group."
    least, most = groups[0], groups[-1]
    if least["percent"] == most["percent"]:
        return f"{of}, {least['percent']}% in {'every group' if len(groups) > 1 else least['label']}."
    return f"{of}, from {least['percent']}% ({least['label']}) to {most['percent']}% ({most['label']})."


def _told(one: Any) -> Told:
    if isinstance(one, Referral):
        return Referral.LABELS[one.state], day(one.submitted_at or one.created_at), "/referrals/{root}"
    if isinstance(one, Intervention):
        return f"{one.service_name}: {one.LABELS[one.state]}", day(one.recommended_at), "/interventions/{root}"
    return one.label, day(one.due_at), "/referrals/{root}"


def fairness_records(found: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the records behind a number."""
    return records(found, _told, lambda one: one.root_id)
