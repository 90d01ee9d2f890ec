"""What works, by service: what became of families who had each service, of which numbers can say no more than that.

Counted of services that ended within cases that the agency led and closed. Each row is one time that a service was
given, so two times in one case count twice.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import (
    Aggregate,
    Avg,
    CharField,
    Count,
    Exists,
    F,
    FloatField,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat

from backend.access.actors import Actor
from backend.cases.models import Goal
from backend.core.among import among
from backend.insights.queries import outcomes
from backend.insights.queries.figures import Figure, by_code
from backend.insights.queries.flow import Period, Records
from backend.interventions.models import Intervention, Session
from backend.interventions.queries import visible_to
from backend.interventions.queries.sessions import outcomes_by_kind

_ORDER = ("-ended_at", "-id")
_NAME = Concat("service_name", Value(", "), "organisation", output_field=CharField())
_REACHED = "reached"


class _Median(Aggregate):
    """PostgreSQL's median of numbers."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def _within(actor: Actor, cases: Any) -> Records:
    """Return the services that were begun within some cases and have ended."""
    ended: Records = visible_to(actor).filter(
        case_id__in=cases, state__in=(Intervention.COMPLETED, Intervention.ENDED_EARLY), started_on__isnull=False
    )
    return _named(ended)


def _named(given: Records) -> Records:
    found: Records = given.annotate(group=Cast("service_id", CharField()), name=_NAME)
    return found


def _closed(actor: Actor, period: Period) -> Records:
    return _within(actor, outcomes.closed(actor, period).values("id"))


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
    found: Records = sessions.annotate(
        group=Subquery(of.values("group")), name=Subquery(of.values("name")), at=Coalesce("happened_at", "planned_at")
    )
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
    mean = scored.order_by().values("root_id").annotate(mean=Avg(by)).values("mean")
    return Subquery(mean, output_field=FloatField())


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
    return _said_of(actor, outcomes.half_a_year_on(actor, period), "answer")


def _a_year_on(actor: Actor, period: Period) -> Records:
    return _said_of(actor, outcomes.a_year_on(actor, period), "came_back")


def _said_of(actor: Actor, ends: Records, what: str) -> Records:
    """Return the services that had begun by some ends of cases, each with what is said of its own case's latest."""
    end = ends.filter(root_id=OuterRef("case_id"), started_at__gte=OuterRef("started_on")).order_by("-started_at")
    given: Records = _within(actor, ends.values("root_id")).annotate(since_then=Subquery(end.values(what)[:1]))
    return _there(given, "since_then")


def _there(given: Records, what: str) -> Records:
    found: Records = given.filter(**{f"{what}__isnull": False})
    return found


def _held(actor: Actor, period: Period) -> Records:
    """Return the services with a session that was held, each with whether the child said something of one."""
    held = _recorded("attended", "partly").filter(root_id=OuterRef("id"))
    words = Exists(held.exclude(child_feedback=""))
    found: Records = _closed(actor, period).filter(Exists(held)).annotate(said=words)
    return found


_CALLED: Mapping[str, Any] = {"called": Max("name")}
_WAYS: Mapping[str, Q] = {"better": Q(moved__gt=0), "same": Q(moved=0), "worse": Q(moved__lt=0)}
# In the order in which the page tells them; the first part of each is the one that services are compared by.
FIGURES: Mapping[str, Figure] = {
    "given": Figure(
        _given,
        {"completed": Q(state=Intervention.COMPLETED), "ended_early": Q(state=Intervention.ENDED_EARLY)},
        _ORDER,
        {**_CALLED, "median": _Median("came")},
    ),
    "sessions": Figure(
        _offered,
        {kind: Q(outcome__in=outcomes_by_kind()[kind]) for kind in ("attended", "partly", "missed")},
        ("-at", "-id"),
        _CALLED,
    ),
    "goals": Figure(
        _with_goals,
        {"all": Q(reached=F("tied")), "some": Q(reached__gt=0, reached__lt=F("tied")), "none": Q(reached=0)},
        _ORDER,
        {**_CALLED, "goals": Sum("tied"), "goals_reached": Sum("reached")},
    ),
    "goal_scores": Figure(_with_scores, _WAYS, _ORDER, {**_CALLED, "mean": Avg("moved")}),
    "questionnaires": Figure(_with_questionnaires, _WAYS, _ORDER, {**_CALLED, "mean": Avg("moved")}),
    "sustained": Figure(
        _half_a_year_on,
        {**by_code("sustained_answers", "since_then"), outcomes.NOT_ANSWERED: Q(since_then=outcomes.NOT_ANSWERED)},
        _ORDER,
        _CALLED,
    ),
    "again": Figure(_a_year_on, {"not_back": Q(since_then=False), "back": Q(since_then=True)}, _ORDER, _CALLED),
    "views": Figure(_held, {"said": Q(said=True), "not_said": Q(said=False)}, _ORDER, _CALLED),
}


def by_service(actor: Actor, period: Period) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Return the numbers of each figure by service, a statement each."""
    return {code: figure.split(actor, period) for code, figure in FIGURES.items()}
