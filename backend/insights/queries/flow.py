"""How long things take in one agency, from its own clocks: what fell due in a period, and what became of it.

Counted by the day on which something fell due, not by the day on which it was done. So what was never done counts as
well as what was done late; by the day it was done, the worst delays would be missing until they end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    CharField,
    DateField,
    DurationField,
    F,
    FloatField,
    Func,
    Model,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models import Case as Chosen
from django.db.models.functions import Coalesce, Concat, TruncDate

from backend.access.actors import Actor
from backend.core import clock
from backend.deadlines.calendar import LONDON, at_local, local
from backend.deadlines.kinds import KINDS
from backend.deadlines.models import Deadline
from backend.insights.queries.whose import countable

Records = QuerySet[Any, Any]

# In the order in which a child meets them; clocks that only measure or warn promise nobody anything.
COUNTED = (
    "acknowledge",
    "decide",
    "take",
    "feedback",
    "tell_school",
    "written_follow_up",
    "information_request",
    "information_request_urgent",
    "allocate",
    "first_contact",
    "assessment",
    "review",
    "transfer_answer",
    "lead_request_answer",
    "provider_answer",
    "service_start",
    "plan_action",
    "same_day_task",
    "disagreement_reply",
    "sustained_check",
)
# Fewer say nothing about how long it takes: one odd day would be the figure.
MEDIAN_FROM, NINETIETH_FROM = 5, 10

# The clock of a record that was held when it ended stopped at the pause.
_ENDED = Coalesce("paused_at", "met_at")
_DONE = Q(met_at__isnull=False)
_OVER = Q(stopped_at__isnull=True, paused_at__isnull=True) | Q(stopped_at__gt=F("due_at"))
_OVER_WHILE_HELD = Q(stopped_at__isnull=True, paused_at__gt=F("due_at"))
OUTCOMES: Mapping[str, Q] = {
    "in_time": _DONE & Q(ended__lte=F("due_at")),
    "late": _DONE & Q(ended__gt=F("due_at")),
    "not_done": ~_DONE & (_OVER | _OVER_WHILE_HELD),
}
# What the group of urgent clocks is called, after their kind.
URGENT = "-urgent"


@dataclass(frozen=True, slots=True)
class Period:
    """So many whole days that ended with yesterday: a figure stays the same all day."""

    code: str
    label: str
    days: int

    @property
    def first_day(self) -> date:
        """Return the first day that counts, in England."""
        return self.last_day - timedelta(days=self.days - 1)

    @property
    def last_day(self) -> date:
        """Return the last day that counts: yesterday in England."""
        return local(clock.now()).date() - timedelta(days=1)

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """Return the first instant that counts and the first that does not any more."""
        return at_local(self.first_day, time.min), at_local(self.last_day + timedelta(days=1), time.min)


class _Always(Period):
    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """Return instants before the first and after the last."""
        return datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


class _Now(Period):
    @property
    def first_day(self) -> date:
        """Return the day under which it is kept what is so now."""
        return _NOW

    @property
    def last_day(self) -> date:
        """Return the same."""
        return _NOW


# Before all days that are asked about.
_NOW = date(1900, 1, 1)
# What is so now, of which it is not asked on which day.
NOW, DAY_OF_NOW = _Now("now", "Now", 0), Value(_NOW, DateField())
# Every day that there is: a number that is kept belongs to its own day, whatever is asked about later.
ALWAYS = _Always("always", "Always", 0)
PERIODS: Mapping[str, Period] = {
    one.code: one
    for one in (
        Period("month", "Last 30 days", 30),
        Period("quarter", "Last 3 months", 91),
        Period("year", "Last 12 months", 365),
    )
}


class Percentile(Aggregate):
    """The time within which a share of them was done: the time of one of them, as a page tells it.

    That is in whole minutes under an hour, whole hours under two days, and whole days (app.as_told, durationText). So
    there are few different times, and those of a year are kept as how often each was (ADR 61).
    """

    function = "percentile_disc"
    template = "%(function)s(%(fraction)s) WITHIN GROUP (ORDER BY app.as_told(%(expressions)s))"
    output_field = DurationField()

    def __init__(self, expression: str, *, fraction: float, **extra: Any) -> None:
        super().__init__(expression, fraction=fraction, **extra)
        self.of, self.fraction = expression, fraction


class Median(Aggregate):
    """What half of some counts are at most: the middle one, or the middle between two. Kept as how often each was."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()

    def __init__(self, expression: str, **extra: Any) -> None:
        super().__init__(expression, **extra)
        self.of = expression


TIMES: Mapping[str, Percentile] = {
    "median": Percentile("taken", fraction=0.5, filter=_DONE),
    "ninetieth": Percentile("taken", fraction=0.9, filter=_DONE),
}


def fell_due(actor: Actor, period: Period) -> QuerySet[Deadline]:
    """Return the clocks of the actor's agency that fell due in a period and still were somebody's to do by then.

    Whatever was stopped before it was due, or is held, was nobody's; a child whom the actor may not see by a conflict
    or a seal is not counted (access.md: sealed records are in no count).
    """
    since, until = period.bounds
    due = Deadline.objects.filter(
        owner_agency_id=actor.agency_id, due_at__gte=since, due_at__lt=until, kind__in=COUNTED
    )
    counted = OUTCOMES["in_time"] | OUTCOMES["late"] | OUTCOMES["not_done"]
    found: QuerySet[Deadline] = countable(actor, due).annotate(ended=_ENDED).filter(counted)
    return found


def clocks(actor: Actor, period: Period) -> Records:
    """Return the same clocks, told apart by their kind, ordinary and urgent ones."""
    urgent = When(is_urgent=True, then=Concat("kind", Value(URGENT)))
    found: Records = fell_due(actor, period).annotate(
        taken=taken(), group=Chosen(urgent, default=F("kind"), output_field=CharField())
    )
    return found


def due_on(_model: type[Model]) -> TruncDate:
    """Return the day on which a clock fell due."""
    return TruncDate("due_at", tzinfo=LONDON)


def taken() -> Func:
    """Return the time between the start of a clock and what met it, less its pauses."""
    whole = F("ended") - F("started_at") - Func(F("paused_spans"), function="app.held_for")
    return Func(whole, template="(%(expressions)s)", output_field=DurationField())


def behind(actor: Actor, period: Period, *, kind: str, is_urgent: bool, outcome: str) -> QuerySet[Deadline]:
    """Return the very clocks that one number counts, the longest overdue first."""
    of_kind = fell_due(actor, period).filter(kind=kind, is_urgent=is_urgent)
    return of_kind.filter(OUTCOMES[outcome]).order_by("due_at", "id")


def code_of(kind: str, *, is_urgent: bool) -> str:
    """Return the group of a kind of clock."""
    return f"{kind}{URGENT}" if is_urgent else kind


def label_of(kind: str, *, is_urgent: bool) -> str:
    """Return what a kind of clock is called in figures."""
    return f"{KINDS[kind].label}, urgent" if is_urgent else KINDS[kind].label
