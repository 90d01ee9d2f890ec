"""What works, by service: what became of families who had each service, of which numbers can say no more than that.

Counted of services that ended within cases that the agency led and closed. Each row is one time that a service was
given, so two times in one case count twice.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import (
    Avg,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Cast, Coalesce, Round, TruncDate

from backend.access.actors import Actor
from backend.cases.models import Case, Goal
from backend.core.among import among
from backend.deadlines.calendar import LONDON
from backend.insights.queries import outcomes
from backend.insights.queries.figures import Figure, by_code
from backend.insights.queries.flow import ALWAYS, Median, Period, Records
from backend.interventions.models import Intervention, Session
from backend.interventions.queries.sessions import outcomes_by_kind

_ORDER = ("-ended_at", "-id")
_REACHED = "reached"
_HUNDRED = 100
Ends = Callable[[Actor, Period], Records]


def _within(cases: Any) -> Records:
    """Return the services that were begun within some cases and have ended."""
    ended: Records = Intervention.objects.filter(
        case_id__in=cases, state__in=(Intervention.COMPLETED, Intervention.ENDED_EARLY), started_on__isnull=False
    )
    return _named(ended)


def _named(given: Records) -> Records:
    found: Records = given.annotate(group=Cast("service_id", CharField()))
    return found


def _closed(actor: Actor, period: Period) -> Records:
    return _within(outcomes.closed(actor, period).values("id"))


def _given(actor: Actor, period: Period) -> Records:
    """Return the services that were given, each with how many sessions the child came to."""
    came = _recorded("attended", "partly").filter(root_id=OuterRef("id"))
    found: Records = _closed(actor, period).annotate(came=Coalesce(_number(came), 0))
    return found


def _recorded(*kinds: str) -> "QuerySet[Session]":
    codes = [code for kind in kinds for code in outcomes_by_kind()[kind]]
    return Session.objects.filter(state=Session.RECORDED, outcome__in=codes)


def _number(found: "QuerySet[Any]") -> Subquery:
    counted = found.order_by().values("root_id").annotate(number=Count("id")).values("number")
    return Subquery(counted, output_field=IntegerField())


def _offered(actor: Actor, period: Period) -> Records:
    """Return the sessions that were there to come to: not those that whoever gives the service called off."""
    of = _named(Intervention.objects.filter(id=OuterRef("root_id")))
    sessions = _recorded("attended", "partly", "missed").filter(root_id__in=_closed(actor, period).values("id"))
    found: Records = sessions.annotate(group=Subquery(of.values("group")), at=Coalesce("happened_at", "planned_at"))
    return found


def _tied(goals: Records) -> Records:
    """Return those of some goals that a service was tied to."""
    found: Records = goals.filter(among("id", OuterRef("goals")), root_id=OuterRef("case_id"))
    return found


def _with_goals(actor: Actor, period: Period) -> Records:
    tied = _tied(Goal.objects.all())
    counted: Records = _closed(actor, period).annotate(
        tied=_number(tied), reached=Coalesce(_number(tied.filter(outcome=_REACHED)), 0)
    )
    found: Records = counted.filter(tied__gt=0)
    return found


def _moved(scored: Records, by: str) -> Subquery:
    """Return how far scores went on average, in hundredths: whole numbers add up."""
    hundredths = Round(ExpressionWrapper(Avg(by) * _HUNDRED, FloatField()))
    mean = scored.order_by().values("root_id").annotate(mean=Cast(hundredths, IntegerField())).values("mean")
    return Subquery(mean, output_field=IntegerField())


def _with_scores(actor: Actor, period: Period) -> Records:
    """Return the services whose goals were scored at both ends, each with how much nearer those came on average."""
    scored = _tied(outcomes.goals_with_both_ends(actor, period))
    moved: Records = _closed(actor, period).annotate(moved=_moved(scored, "nearer_by"))
    return _there(moved, "moved")


def _with_questionnaires(actor: Actor, period: Period) -> Records:
    """Return the services in cases with a questionnaire at both ends, each with how much lower it ended on average."""
    scored = outcomes.questionnaires_with_both_ends(actor, period).filter(root_id=OuterRef("case_id"))
    moved: Records = _closed(actor, period).annotate(moved=_moved(scored, "fewer_by"))
    return _there(moved, "moved")


def _half_a_year_on(actor: Actor, period: Period) -> Records:
    return _said_of(actor, period, outcomes.half_a_year_on, "answer", "due_at")


def _a_year_on(actor: Actor, period: Period) -> Records:
    return _said_of(actor, period, outcomes.a_year_on, "came_back", "started_at")


def _said_of(actor: Actor, period: Period, ends: Ends, what: str, at: str) -> Records:
    """Return the services of whose case an end counts in a period, each with what is said of that end.

    A service counts once: by the first end of its case after it began.
    """
    in_period = ends(actor, period)
    after = ends(actor, ALWAYS).filter(root_id=OuterRef("case_id"), started_at__gte=OuterRef("started_on"))
    first = after.order_by("started_at", "id")
    led = Case.objects.filter(lead_agency_id=actor.agency_id, id__in=in_period.values("root_id"))
    found: Records = _within(led.values("id")).annotate(
        **{name: Subquery(first.values(column)[:1]) for name, column in (("end", "id"), ("ended", at))},
        since_then=Subquery(first.values(what)[:1]),
    )
    return found.filter(end__in=in_period.values("id"))


def _there(given: Records, what: str) -> Records:
    found: Records = given.filter(**{f"{what}__isnull": False})
    return found


def _held(actor: Actor, period: Period) -> Records:
    """Return the services with a session that was held, each with whether the child said something of one."""
    held = _recorded("attended", "partly").filter(root_id=OuterRef("id"))
    words = Exists(held.exclude(child_feedback=""))
    found: Records = _closed(actor, period).filter(Exists(held)).annotate(said=words)
    return found


def _closed_on() -> TruncDate:
    """Return the day on which the case closed within which a session was."""
    of = Intervention.objects.filter(id=OuterRef("root_id")).values("case__closed_at")
    return TruncDate(Subquery(of), tzinfo=LONDON)


# How services are called, said where every service is: the other figures are of some of those that were given.
_CALLED: Mapping[str, Any] = {"name": Max("service_name"), "organisation": Max("organisation")}
_WAYS: Mapping[str, Q] = {"better": Q(moved__gt=0), "same": Q(moved=0), "worse": Q(moved__lt=0)}
# In the order in which the page tells them; the first part of each is the one that services are compared by.
FIGURES: Mapping[str, Figure] = {
    "given": Figure(
        _given,
        {"completed": Q(state=Intervention.COMPLETED), "ended_early": Q(state=Intervention.ENDED_EARLY)},
        _ORDER,
        {**_CALLED, "median": Median("came")},
    ),
    "sessions": Figure(
        _offered,
        {kind: Q(outcome__in=outcomes_by_kind()[kind]) for kind in ("attended", "partly", "missed")},
        ("-at", "-id"),
        day=_closed_on(),
    ),
    "goals": Figure(
        _with_goals,
        {"all": Q(reached=F("tied")), "some": Q(reached__gt=0, reached__lt=F("tied")), "none": Q(reached=0)},
        _ORDER,
        {"goals": Sum("tied"), "goals_reached": Sum("reached")},
    ),
    "goal_scores": Figure(_with_scores, _WAYS, _ORDER, {"mean": Avg("moved")}),
    "questionnaires": Figure(_with_questionnaires, _WAYS, _ORDER, {"mean": Avg("moved")}),
    "sustained": Figure(
        _half_a_year_on,
        {**by_code("sustained_answers", "since_then"), outcomes.NOT_ANSWERED: Q(since_then=outcomes.NOT_ANSWERED)},
        _ORDER,
        _CALLED,
        TruncDate("ended", tzinfo=LONDON),
    ),
    "again": Figure(
        _a_year_on,
        {"not_back": Q(since_then=False), "back": Q(since_then=True)},
        _ORDER,
        _CALLED,
        outcomes.a_year_after("ended"),
    ),
    "views": Figure(_held, {"said": Q(said=True), "not_said": Q(said=False)}, _ORDER),
}
