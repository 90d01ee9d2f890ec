"""Whether groups of children are decided for, wait and are refused alike, in one agency's own records.

A group is what a child's record says, and of special educational needs what the latest referral says; what was not
asked or not given is a group of its own, and says nothing about fairness.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case as Chosen
from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.text import slugify

from backend.access.actors import Actor
from backend.children.models import Child
from backend.core import vocabulary
from backend.core.vocabulary import NOT_KNOWN
from backend.deadlines.calendar import LONDON
from backend.insights.queries.figures import GROUP, Figure
from backend.insights.queries.flow import OUTCOMES, Percentile, Period, Records, fell_due, taken
from backend.insights.queries.received import received
from backend.insights.queries.waits import WAITS, recommended
from backend.insights.queries.whose import own_referrals
from backend.interventions.models import Intervention
from backend.referrals.models import Amendment, Referral, SentAnswers

# Of fewer nothing is said: the interval of a share of 20 is already some 40 points wide (insights/intervals.py).
LEAST = 20
_SEN = "sen_status"
# The oldest that each band holds; what is older is in the last.
_BANDS: Mapping[str, int] = {"under_5": 4, "5_to_10": 10, "11_to_15": 15}
_OLDEST = "16_and_over"
_SEXES = ("F", "M")
_NEEDS: Mapping[str, Sequence[str]] = {
    "suspected": ("suspected", "awaiting_assessment"),
    **{code: (code,) for code in ("none", "sen_support", "ehcp")},
}


def _child(column: str) -> Subquery:
    return Subquery(Child.objects.filter(id=OuterRef("child_id")).values(column)[:1])


def _looked_up(groups: Mapping[str, str], code: Any) -> Coalesce:
    """Return the group of a code in one go: for a CASE the database would look for the code once for each branch."""
    found = Func(Value(groups, JSONField()), code, template="(%(expressions)s)", arg_joiner=" ->> ")
    return Coalesce(found, Value(NOT_KNOWN), output_field=CharField())


def _one_of(codes: Mapping[str, Sequence[str]], said: Any) -> Coalesce:
    """Return the group whose codes a value is among."""
    return _looked_up({code: group for group, among in codes.items() for code in among}, said)


def _itself(codes: Iterable[str], said: Any) -> Coalesce:
    """Return what is said as the group, where it is one of these."""
    return _one_of({code: (code,) for code in codes}, said)


def _broad() -> Mapping[str, Sequence[str]]:
    """Return the codes of ethnic groups by the broad group that the census has for them."""
    found: dict[str, list[str]] = {}
    for term in vocabulary.get("ethnicities"):
        if term.more["census_2021"]:
            found.setdefault(slugify(term.group), []).append(term.code)
    return found


def _broad_words() -> Mapping[str, str]:
    return {slugify(term.group): term.group for term in vocabulary.get("ethnicities")}


def _sent(actor: Actor, column: str) -> Subquery:
    """Return what the latest referral says of special educational needs, as it was sent or amended last.

    Of those that the agency has, sent or leads: what another agency was told counts for nobody else.
    """
    own = Referral.objects.filter(own_referrals(actor), submitted_at__isnull=False)
    sent = own.filter(child_id=OuterRef(OuterRef("child_id")))
    latest = sent.order_by("-submitted_at", "-id").values("id")[:1]
    if column == "after":
        amended = Amendment.objects.filter(root_id__in=latest, field=_SEN).order_by("-at", "-id")
        words = Func(F("after"), template="(%(expressions)s #>> '{}')", output_field=CharField())
        return Subquery(amended.annotate(said=words).values("said")[:1])
    answers = SentAnswers.objects.filter(root_id__in=latest, mark="")
    return Subquery(answers.annotate(said=KeyTextTransform(_SEN, "answers")).values("said")[:1])


def _needs(actor: Actor) -> Coalesce:
    return Coalesce(_sent(actor, "after"), _sent(actor, "answers"), output_field=CharField())


def _bands(said: Any) -> Coalesce:
    bounds = Value([oldest + 1 for oldest in _BANDS.values()], ArrayField(IntegerField()))
    place = Cast(Func(said, bounds, function="width_bucket", output_field=IntegerField()), CharField())
    return _looked_up({str(place): band for place, band in enumerate((*_BANDS, _OLDEST))}, place)


def _age(on: str) -> Func:
    day = TruncDate(on, tzinfo=LONDON)
    years = "date_part('year', age(%(expressions)s))::integer"
    return Func(day, _child("date_of_birth"), template=years, output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to group children: what it is called, the group of a child on a day, and the words of groups."""

    label: str
    group: Callable[[Actor, str], Any]
    words: Mapping[str, str]
    unknown: str = "Not known"


def _wards() -> Mapping[str, str]:
    return {term.code: term.label for term in vocabulary.get("wards")}


GROUPINGS: Mapping[str, Grouping] = {
    "ethnicity": Grouping(
        "Ethnic group",
        lambda _actor, _on: _one_of(_broad(), _child("ethnicity")),
        _broad_words(),
        "Not given, or not asked yet",
    ),
    "sex": Grouping(
        "Sex",
        lambda _actor, _on: _itself(_SEXES, _child("sex")),
        {code: vocabulary.get("sexes").label(code) for code in _SEXES},
    ),
    "age": Grouping(
        "Age",
        lambda _actor, on: _bands(_age(on)),
        {"under_5": "Under 5", "5_to_10": "5 to 10", "11_to_15": "11 to 15", _OLDEST: "16 and over"},
        "Not born yet, or not known",
    ),
    "send": Grouping(
        "Special educational needs",
        lambda actor, _on: _one_of(_NEEDS, _needs(actor)),
        {
            "none": "None known",
            "suspected": "Suspected, or waiting for an assessment",
            "sen_support": "SEN support",
            "ehcp": "Education, health and care plan",
        },
    ),
    "ward": Grouping("Ward", lambda _actor, _on: _itself(_wards(), _child("ward")), _wards()),
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
    """What is compared: a set of records, its parts, and when a child's age counts.

    Of a child of whom the agency has nothing any more, no group is known.
    """

    figure: Figure
    on: str
    known: Callable[[Actor], Exists] | None = None

    def by(self, grouping: str) -> Figure:
        """Return it told apart by group."""
        return self._told({GROUP: grouping})

    def by_each(self) -> Figure:
        """Return it with the group of each record in every way, for the worker."""
        return self._told({column(grouping): grouping for grouping in GROUPINGS})

    def _told(self, columns: Mapping[str, str]) -> Figure:
        def of(actor: Actor, period: Period) -> Records:
            groups = {name: self._group(actor, grouping) for name, grouping in columns.items()}
            found: Records = self.figure.of(actor, period).annotate(**groups)
            return found

        return replace(self.figure, of=of)

    def _group(self, actor: Actor, grouping: str) -> Any:
        group = GROUPINGS[grouping].group(actor, self.on)
        if self.known is None:
            return group
        return Chosen(When(self.known(actor), then=group), default=Value(NOT_KNOWN), output_field=CharField())


def column(grouping: str) -> str:
    """Return the column of a record's group where every way to group it is asked for at once."""
    return f"by_{grouping}"


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
            day=TruncDate("submitted_at", tzinfo=LONDON),
        ),
        "submitted_at",
    ),
    "waited": Counting(
        Figure(
            _to_decide,
            {"in_time": OUTCOMES["in_time"]},
            ("due_at", "id"),
            {"done": Count("id", filter=_DONE), "median": Percentile("taken", fraction=0.5, filter=_DONE)},
            TruncDate("due_at", tzinfo=LONDON),
        ),
        "started_at",
        lambda actor: Exists(Referral.objects.filter(own_referrals(actor), id=OuterRef("root_id"))),
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
            TruncDate("recommended_at", tzinfo=LONDON),
        ),
        "recommended_at",
    ),
}
