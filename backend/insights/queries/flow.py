"""How long things take in one agency, from its own clocks: what fell due in a period, and what became of it.

Counted by the day on which something fell due, not by the day on which it was done. So what was never done counts as
well as what was done late; by the day it was done, the worst delays would be missing until they end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, Func, Q, QuerySet
from django.db.models.functions import Coalesce

from backend.access import queries as access
from backend.access.actors import Actor
from backend.core import clock
from backend.deadlines.calendar import at_local, local
from backend.deadlines.kinds import KINDS
from backend.deadlines.models import Deadline

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


PERIODS: Mapping[str, Period] = {
    one.code: one
    for one in (
        Period("month", "Last 30 days", 30),
        Period("quarter", "Last 3 months", 91),
        Period("year", "Last 12 months", 365),
    )
}


class Percentile(Aggregate):
    """PostgreSQL's percentile_cont, of an interval."""

    function = "percentile_cont"
    template = "%(function)s(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()

    def __init__(self, expression: Any, *, fraction: float, **extra: Any) -> None:
        super().__init__(expression, fraction=fraction, **extra)


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
    return due.exclude(access.barred(actor)).annotate(ended=_ENDED).filter(counted)


def flow(actor: Actor, period: Period) -> Sequence[Mapping[str, Any]]:
    """Return a row for each kind of clock, ordinary and urgent apart, in one statement."""
    place = {kind: number for number, kind in enumerate(COUNTED)}
    rows = counted(fell_due(actor, period), "kind", "is_urgent")
    return sorted(rows, key=lambda row: (place[row["kind"]], not row["is_urgent"]))


def counted(due: Records, *by: str) -> Records:
    """Return what became of clocks by some of their columns; half took at most `median`."""
    found: Records = (
        due.annotate(taken=taken())
        .values(*by)
        .annotate(
            due=Count("id"),
            **{name: Count("id", filter=condition) for name, condition in OUTCOMES.items()},
            median=Percentile("taken", fraction=0.5, filter=_DONE),
            ninetieth=Percentile("taken", fraction=0.9, filter=_DONE),
        )
    )
    return found


def taken() -> Func:
    """Return the time between the start of a clock and what met it, less its pauses."""
    whole = F("ended") - F("started_at") - Func(F("paused_spans"), function="app.held_for")
    return Func(whole, template="(%(expressions)s)", output_field=DurationField())


def behind(actor: Actor, period: Period, *, kind: str, is_urgent: bool, outcome: str) -> QuerySet[Deadline]:
    """Return the very clocks that one number counts, the longest overdue first."""
    of_kind = fell_due(actor, period).filter(kind=kind, is_urgent=is_urgent)
    return of_kind.filter(OUTCOMES[outcome]).order_by("due_at", "id")


def label_of(kind: str, *, is_urgent: bool) -> str:
    """Return what a kind of clock is called in figures."""
    return f"{KINDS[kind].label}, urgent" if is_urgent else KINDS[kind].label
