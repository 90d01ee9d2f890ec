"""Reads of the goals that a service is tied to, of those it could be, and of how often sessions worked on each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from backend.access.models import Link
from backend.cases.models import Goal
from backend.interventions.models import Intervention, Session
from backend.interventions.queries import within
from backend.interventions.queries.sessions import outcomes_by_kind

_TIED = "SELECT id, words, is_open FROM app.tied_goals(%s)"
_TIED_TO_EACH = """SELECT asked.id, g.id, g.words, g.is_open
    FROM unnest(%s::uuid[]) AS asked(id), app.tied_goals(asked.id) WITH ORDINALITY AS g(id, words, is_open, place)
    ORDER BY asked.id, g.place"""
# What counts as having worked on something: the child was there for all of it, or for a part.
_HELD = ("attended", "partly")


@dataclass(frozen=True, slots=True)
class TiedGoal:
    """A goal of the plan as whoever gives the service reads it: its words, and whether it is still worked on."""

    id: UUID
    words: str
    is_open: bool


def tied_goals(target: Intervention) -> list[TiedGoal]:
    """Return the goals a service is tied to, for whoever sees the service; no statement when there is none."""
    if not target.goals:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_TIED, [target.id])
        return [TiedGoal(*row) for row in cursor.fetchall()]


def tied_to_each(targets: Iterable[Intervention]) -> dict[UUID, list[TiedGoal]]:
    """Return the same of several services, each by its id, in one statement; none where no service has any."""
    asked = [target.id for target in targets if target.goals]
    found: dict[UUID, list[TiedGoal]] = {}
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(_TIED_TO_EACH, [asked])
            for service, *goal in cursor.fetchall():
                found.setdefault(service, []).append(TiedGoal(*goal))
    return found


def goals_to_tie(target: Intervention) -> QuerySet[Goal]:
    """Return the open goals of the plan that a service could work towards, the first first, for who reads the plan."""
    return _of_plan(target).filter(state=Goal.OPEN)


def goals_known(target: Intervention) -> list[TiedGoal]:
    """Return those and the ones that are tied already, for who reads the plan; in one statement."""
    found = _of_plan(target).filter(Q(state=Goal.OPEN) | Q(pk__in=target.goals))
    return [TiedGoal(goal.id, goal.words, goal.state == Goal.OPEN) for goal in found]


def _of_plan(target: Intervention) -> QuerySet[Goal]:
    goes_on = Link.objects.filter(root_id=target.id).values("parent_id")
    return Goal.objects.filter(Q(root_id=target.case_id) | Q(root_id__in=goes_on)).order_by("made_at", "id")


def worked_on(intervention_id: UUID) -> set[UUID]:
    """Return the goals that sessions of a service say they worked on."""
    named = Session.objects.filter(root_id=intervention_id).exclude(goals=[]).values_list("goals", flat=True)
    return {goal for goals in named for goal in goals}


def sessions_of_goals(case_id: UUID) -> Mapping[UUID, int]:
    """Return how many sessions that were held worked on each goal of a case, as whoever reads the case sees them."""
    outcomes = outcomes_by_kind()
    held = [code for kind in _HELD for code in outcomes.get(kind, ())]
    sessions = Session.objects.filter(root_id__in=within(case_id), state=Session.RECORDED, outcome__in=held)
    named = sessions.exclude(goals=[]).values_list("goals", flat=True)
    return Counter(goal for goals in named for goal in set(goals))
