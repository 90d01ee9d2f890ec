"""Whether groups of children are decided for, wait and are refused alike, in one agency's own records.

A group is what a child's record says, and of special educational needs what the latest referral says; what was not
asked or not given is a group of its own, and says nothing about fairness.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Count, F, Func, IntegerField, JSONField, OuterRef, Q, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.text import slugify

from backend.access.actors import Actor
from backend.children.models import Child
from backend.core import vocabulary
from backend.core.vocabulary import NOT_KNOWN
from backend.deadlines.calendar import LONDON
from backend.insights.queries.figures import Figure
from backend.insights.queries.flow import OUTCOMES, Percentile, Period, Records, fell_due, taken
from backend.insights.queries.received import received
from backend.insights.queries.waits import WAITS, recommended
from backend.interventions.models import Intervention
from backend.referrals.models import Amendment, Referral, SentAnswers

# Of fewer nothing is said: the interval of a share of 20 is already some 40 points wide (insights/intervals.py).
LEAST = 20
_SEN = "sen_status"
# The oldest that each band holds; what is older is in the last.
_BANDS: Mapping[str, int] = {"under_5": 4, "5_to_10": 10, "11_to_15": 15}
_OLDEST = "16_and_over"
_SEXES = ("F", "M")
_SUSPECTED = ("suspected", "awaiting_assessment")


def _child(column: str) -> Subquery:
    return Subquery(Child.objects.filter(id=OuterRef("child_id")).values(column)[:1])


def _looked_up(groups: Mapping[str, str], code: Any) -> Coalesce:
    """Return the group of a code in one go: for a CASE the database would look for the code once for each branch."""
    found = Func(Value(groups, JSONField()), code, template="(%(expressions)s)", arg_joiner=" ->> ")
    return Coalesce(found, Value(NOT_KNOWN), output_field=CharField())


def _one_of(codes: Mapping[str, Sequence[str]]) -> Coalesce:
    """Return the group whose codes a value is among."""
    return _looked_up({code: group for group, among in codes.items() for code in among}, F("said"))


def _itself(codes: Iterable[str]) -> Coalesce:
    """Return what is said as the group, where it is one of these."""
    return _one_of({code: (code,) for code in codes})


def _broad() -> Mapping[str, Sequence[str]]:
    """Return the codes of ethnic groups by the broad group that the census has for them."""
    found: dict[str, list[str]] = {}
    for term in vocabulary.get("ethnicities"):
        if term.more["census_2021"]:
            found.setdefault(slugify(term.group), []).append(term.code)
    return found


def _broad_words() -> Mapping[str, str]:
    return {slugify(term.group): term.group for term in vocabulary.get("ethnicities")}


def _sent(column: str) -> Subquery:
    """Return what the latest referral says of special educational needs, as it was sent or amended last."""
    sent = Referral.objects.filter(child_id=OuterRef(OuterRef("child_id")), submitted_at__isnull=False)
    latest = sent.order_by("-submitted_at", "-id").values("id")[:1]
    if column == "after":
        amended = Amendment.objects.filter(root_id__in=latest, field=_SEN).order_by("-at", "-id")
        words = Func(F("after"), template="(%(expressions)s #>> '{}')", output_field=CharField())
        return Subquery(amended.annotate(said=words).values("said")[:1])
    answers = SentAnswers.objects.filter(root_id__in=latest, mark="")
    return Subquery(answers.annotate(said=KeyTextTransform(_SEN, "answers")).values("said")[:1])


def _bands() -> Coalesce:
    bounds = Value([oldest + 1 for oldest in _BANDS.values()], ArrayField(IntegerField()))
    place = Cast(Func(F("said"), bounds, function="width_bucket", output_field=IntegerField()), CharField())
    return _looked_up({str(place): band for place, band in enumerate((*_BANDS, _OLDEST))}, place)


def _age(on: str) -> Func:
    day = TruncDate(on, tzinfo=LONDON)
    years = "date_part('year', age(%(expressions)s))::integer"
    return Func(day, _child("date_of_birth"), template=years, output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to group children: what it is called, what is said of a child, its groups, and their words."""

    label: str
    said: Callable[[str], Any]
    group: Callable[[], Any]
    words: Mapping[str, str]
    unknown: str = "Not known"


def _wards() -> Mapping[str, str]:
    return {term.code: term.label for term in vocabulary.get("wards")}


GROUPINGS: Mapping[str, Grouping] = {
    "ethnicity": Grouping(
        "Ethnic group",
        lambda _on: _child("ethnicity"),
        lambda: _one_of(_broad()),
        _broad_words(),
        "Not given, or not asked yet",
    ),
    "sex": Grouping(
        "Sex",
        lambda _on: _child("sex"),
        lambda: _itself(_SEXES),
        {code: vocabulary.get("sexes").label(code) for code in _SEXES},
    ),
    "age": Grouping(
        "Age",
        _age,
        _bands,
        {"under_5": "Under 5", "5_to_10": "5 to 10", "11_to_15": "11 to 15", _OLDEST: "16 and over"},
        "Not born yet, or not known",
    ),
    "send": Grouping(
        "Special educational needs",
        lambda _on: Coalesce(_sent("after"), _sent("answers"), output_field=CharField()),
        lambda: _one_of({"suspected": _SUSPECTED, **{code: (code,) for code in ("none", "sen_support", "ehcp")}}),
        {
            "none": "None known",
            "suspected": "Suspected, or waiting for an assessment",
            "sen_support": "SEN support",
            "ehcp": "Education, health and care plan",
        },
    ),
    "ward": Grouping("Ward", lambda _on: _child("ward"), lambda: _itself(_wards()), _wards()),
}

_HELPED = (Referral.ACCEPTED, Referral.LINKED)
_DECIDED = (*_HELPED, Referral.SIGNPOSTED, Referral.DECLINED, Referral.HANDED_OVER, Referral.STEPPED_UP)


def _decided(actor: Actor, period: Period) -> Records:
    return received(actor, period).filter(state__in=_DECIDED)


def _to_decide(actor: Actor, period: Period) -> Records:
    found: Records = fell_due(actor, period).filter(kind="decide").annotate(taken=taken())
    return found


@dataclass(frozen=True, slots=True)
class Counting:
    """What is compared: a set of records, its parts, and the day on which a child's age counts."""

    figure: Figure
    on: str

    def by(self, grouping: str) -> Figure:
        """Return it told apart by group."""
        chosen = GROUPINGS[grouping]

        def of(actor: Actor, period: Period) -> Records:
            said: Records = self.figure.of(actor, period).annotate(said=chosen.said(self.on))
            found: Records = said.annotate(group=chosen.group())
            return found

        return Figure(of, self.figure.parts, self.figure.order, self.figure.more)


_DONE = Q(met_at__isnull=False)
COUNTINGS: Mapping[str, Counting] = {
    "decided": Counting(
        Figure(
            _decided,
            {
                "helped": Q(state__in=_HELPED),
                "advised": Q(state=Referral.SIGNPOSTED),
                "declined": Q(state=Referral.DECLINED),
            },
            ("-submitted_at", "-id"),
        ),
        "submitted_at",
    ),
    "waited": Counting(
        Figure(
            _to_decide,
            {"in_time": OUTCOMES["in_time"]},
            ("due_at", "id"),
            {"done": Count("id", filter=_DONE), "median": Percentile("taken", fraction=0.5, filter=_DONE)},
        ),
        "started_at",
    ),
    "services": Counting(
        Figure(
            recommended,
            {
                "provider_declined": Q(state=Intervention.PROVIDER_DECLINED),
                "family_refused": Q(state=Intervention.REFUSED),
                "begun": Q(started_on__isnull=False),
            },
            ("-recommended_at", "-id"),
            {"done": WAITS["begun"], "median": WAITS["median"]},
        ),
        "recommended_at",
    ),
}
