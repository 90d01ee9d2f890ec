"""What came of the work of one agency: how its cases ended, what they reached, and whether it has lasted."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Avg,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Func,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models import Case as Chosen
from django.db.models.functions import Cast, Concat, TruncDate

from backend.access.actors import Actor
from backend.access.models import Named, SameChild
from backend.audit.models import Event
from backend.cases.models import Case, Goal
from backend.core.among import among
from backend.deadlines.calendar import LONDON
from backend.deadlines.models import Deadline
from backend.insights.queries.figures import Figure, by_code
from backend.insights.queries.flow import OUTCOMES, Period, Records
from backend.insights.queries.whose import as_agency, countable
from backend.interventions.models import Intervention
from backend.outcomes.models import BASELINE, EXIT, GOAL, Score
from backend.referrals.models import Referral
from backend.referrals.queries.seeing import seen_by

# The one clock that each end of a case starts: when it began, the case closed; when it falls due, half a year is over.
_AFTER_CLOSING = "sustained_check"
_YEAR = timedelta(days=365)
_A_YEAR_LATER = f"(%(expressions)s + {_YEAR.days})"
_NEEDS_MET = "outcomes_met"
# Codes of closing_reasons by which a case goes to statutory services, and from there or from us to universal ones.
_STEPPED_UP, _STEPPED_DOWN = "stepped_up", "stepped_down"
NOT_ENDED, NOT_ANSWERED = "not_ended", "not_answered"


def closed(actor: Actor, period: Period) -> "QuerySet[Case]":
    """Return the cases that the actor's agency led when they closed in a period, and that are closed now.

    Not those that were joined to another: that one goes on. A child whom the actor may not see is not counted.
    """
    since, until = period.bounds
    ended = Case.objects.filter(
        lead_agency_id=actor.agency_id, state=Case.CLOSED, closed_at__gte=since, closed_at__lt=until
    )
    found: QuerySet[Case] = countable(actor, ended.filter(joined_into=None))
    return found


def closed_on(model: type[Model]) -> TruncDate:
    """Return the day on which the case closed that a record is or belongs to."""
    if model is Case:
        return TruncDate("closed_at", tzinfo=LONDON)
    case = "case_id" if model is Intervention else "root_id"
    return TruncDate(Subquery(Case.objects.filter(id=OuterRef(case)).values("closed_at")[:1]), tzinfo=LONDON)


def _steps(actor: Actor, period: Period) -> Records:
    """Return the same cases, each with whether statutory services took something of it on the way."""
    told = Event.objects.filter(root_id=OuterRef("id"), verb="case.step_up", at__lte=OuterRef("closed_at"))
    found: Records = closed(actor, period).annotate(was_stepped_up=Exists(told))
    return found


def _goals(actor: Actor, period: Period) -> "QuerySet[Goal]":
    return Goal.objects.filter(root_id__in=closed(actor, period).values("id"))


def goals_with_both_ends(actor: Actor, period: Period) -> Records:
    """Return the goals that were scored at the beginning and at the end, each with how much nearer it came."""
    first, last = (_value(stage, subject_id=OuterRef("id"), measure=GOAL) for stage in (BASELINE, EXIT))
    scored = _goals(actor, period).annotate(first=first, last=last).filter(first__isnull=False, last__isnull=False)
    return scored.annotate(nearer_by=F("last") - F("first"))


def questionnaires_with_both_ends(actor: Actor, period: Period) -> Records:
    """Return the last score from the end of each case and measure that was scored at the beginning as well."""
    ended = Score.objects.filter(root_id__in=closed(actor, period).values("id"), stage=EXIT, state=Score.STANDS)
    given = ended.filter(value__isnull=False).exclude(measure=GOAL)
    last = given.order_by("subject_id", "measure", "-taken_on", "-at", "-id").distinct("subject_id", "measure")
    first = _value(BASELINE, subject_id=OuterRef("subject_id"), measure=OuterRef("measure"))
    scored = Score.objects.filter(id__in=last.values("id")).annotate(first=first).filter(first__isnull=False)
    return scored.annotate(fewer_by=F("first") - F("value"))


def _value(stage: str, **whose: Any) -> Subquery:
    """Return the number at one end of a series: the earliest from the beginning, the latest from the end."""
    order = ("taken_on", "at", "id") if stage == BASELINE else ("-taken_on", "-at", "-id")
    given = Score.objects.filter(**whose, stage=stage, state=Score.STANDS, value__isnull=False)
    return Subquery(given.order_by(*order).values("value")[:1])


def _ends(actor: Actor) -> "QuerySet[Deadline]":
    own = Deadline.objects.filter(owner_agency_id=actor.agency_id, kind=_AFTER_CLOSING)
    found: QuerySet[Deadline] = countable(actor, own)
    return found


def half_a_year_on(actor: Actor, period: Period) -> Records:
    """Return the questions whether it has lasted that fell due in a period; not of a case that goes on again."""
    since, until = period.bounds
    due = OUTCOMES["in_time"] | OUTCOMES["late"] | OUTCOMES["not_done"]
    asked = _ends(actor).filter(due_at__gte=since, due_at__lt=until).annotate(ended=F("met_at")).filter(due)
    said = Case.objects.filter(id=OuterRef("root_id"), lead_agency_id=actor.agency_id).values("sustained")[:1]
    unanswered = When(met_at=None, then=Value(NOT_ANSWERED))
    return asked.annotate(answer=Chosen(unanswered, default=Subquery(said), output_field=CharField()))


def a_year_on(actor: Actor, period: Period) -> Records:
    """Return the ends of cases after which a year was over in a period, with whether the child came back in it.

    Back is whoever was referred again as far as the managers of the agency see it, or whose case was opened again. A
    referral of another record of the child's does not tell where that record is sealed.
    """
    since, until = period.bounds
    over = _ends(actor).filter(started_at__gte=since - _YEAR, started_at__lt=until - _YEAR, due_at__gte=since - _YEAR)
    after, within = OuterRef("started_at"), OuterRef("started_at") + Value(_YEAR)
    seen = Referral.objects.filter(seen_by(as_agency(actor))).exclude(state=Referral.ENTERED_IN_ERROR)
    sent = seen.filter(submitted_at__gt=after, submitted_at__lte=within)
    joined = SameChild.objects.filter(record_id=OuterRef(OuterRef(OuterRef("child_id")))).values("stands_for_id")
    others = SameChild.objects.filter(stands_for_id__in=joined)
    records = others.exclude(record_id__in=Named.objects.filter(ended_at=None).values("child_id")).values("record_id")
    opened = Event.objects.filter(verb="case.reopen", root_id=OuterRef("root_id"), at__gt=after, at__lte=within)
    again = Exists(sent.filter(child_id=OuterRef("child_id"))) | Exists(
        sent.filter(among("child_id", ArraySubquery(records)))
    )
    return over.annotate(came_back=again | Exists(opened))


def a_year_after(column: str) -> Func:
    """Return the day on which a year was over after an instant."""
    return Func(TruncDate(column, tzinfo=LONDON), template=_A_YEAR_LATER, output_field=DateField())


def _services(actor: Actor, period: Period) -> Records:
    """Return the services that were begun within cases that closed in a period, and have ended."""
    given = Intervention.objects.filter(case_id__in=closed(actor, period).values("id"))
    ended = given.filter(state__in=(Intervention.COMPLETED, Intervention.ENDED_EARLY))
    found: Records = ended.annotate(group=Concat(Cast("service_id", CharField()), Value(" "), "service_name"))
    return found


_TO_THE_END = Q(state=Intervention.COMPLETED)
# In the order in which the page tells them.
FIGURES: Mapping[str, Figure] = {
    "reasons": Figure(closed, by_code("closing_reasons", "closing_reason"), ("-closed_at", "-id")),
    "steps": Figure(
        _steps,
        {
            "up": Q(closing_reason=_STEPPED_UP),
            "down": Q(closing_reason=_STEPPED_DOWN),
            "on_the_way": Q(was_stepped_up=True) & ~Q(closing_reason=_STEPPED_UP),
        },
        ("-closed_at", "-id"),
    ),
    "sustained": Figure(
        half_a_year_on,
        {**by_code("sustained_answers", "answer"), NOT_ANSWERED: Q(answer=NOT_ANSWERED)},
        ("due_at", "id"),
        day=TruncDate("due_at", tzinfo=LONDON),
    ),
    "again": Figure(
        a_year_on,
        {"back": Q(came_back=True), "not_back": Q(came_back=False)},
        ("started_at", "id"),
        day=a_year_after("started_at"),
    ),
    "goals": Figure(
        _goals,
        {**by_code("goal_outcomes", "outcome"), NOT_ENDED: Q(state=Goal.OPEN)},
        ("-ended_at", "-id"),
    ),
    "goal_scores": Figure(
        goals_with_both_ends,
        {"nearer": Q(nearer_by__gt=0), "same": Q(nearer_by=0), "further": Q(nearer_by__lt=0)},
        ("-ended_at", "-id"),
        {"mean": Avg("nearer_by")},
    ),
    "questionnaires": Figure(
        questionnaires_with_both_ends,
        {"better": Q(fewer_by__gt=0), "same": Q(fewer_by=0), "worse": Q(fewer_by__lt=0)},
        ("-taken_on", "-id"),
        {"mean": Avg("fewer_by"), "cases": Count("root_id", distinct=True)},
    ),
    "views": Figure(closed, {"child": ~Q(child_view=""), "parent": ~Q(parent_view="")}, ("-closed_at", "-id")),
}
# Figures whose rows are services, each with a whole of its own: what is counted in it, and of what.
OF_SERVICES: Mapping[str, tuple[Q, Q]] = {
    "services": (_TO_THE_END, Q()),
    "services_met": (_TO_THE_END & Q(case__closing_reason=_NEEDS_MET), _TO_THE_END),
}
# Both of them at once, told apart by service.
SERVICES = Figure(
    _services,
    {
        f"{code}_{name}": chosen
        for code, pair in OF_SERVICES.items()
        for name, chosen in zip(("count", "of"), pair, strict=True)
    },
    ("-ended_at", "-id"),
)


def behind(actor: Actor, period: Period, *, figure: str, part: str, service: UUID | None) -> Records:
    """Return the very records that one number counts; the whole where no part is named."""
    if figure in OF_SERVICES:
        counted, whole = OF_SERVICES[figure]
        given = _services(actor, period).filter(whole, service_id=service)
        return (given.filter(counted) if part else given).order_by(*SERVICES.order)
    return FIGURES[figure].behind(actor, period, part)
