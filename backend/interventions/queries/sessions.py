"""Reads of sessions: who sees which, what the rules need, a group's, and how many there were."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.core import clock, vocabulary
from backend.deadlines.calendar import LAST_OF_DAY, at_local, local
from backend.interventions.models import Intervention, Session
from backend.interventions.queries import provided_by, under_way, visible_to
from backend.interventions.rules import SessionFacts, is_ahead

# What is typed of a session that is over, of one that is planned, alone or for a group, and into a group's register.
FORM, PLAN_FORM, GROUP_FORM, REGISTER_FORM = "session", "session_plan", "group_plan", "group_register"


@dataclass(frozen=True, slots=True)
class Dosage:
    """How many sessions there were, how many of them the child came to, and when the next one is."""

    attended: int = 0
    partly: int = 0
    missed: int = 0
    not_held: int = 0
    planned: int = 0
    # Of the sessions the child came to, as far as somebody wrote down how long they were.
    minutes: int = 0
    # Why it was missed or not held, as far as somebody said so: one code each time.
    missed_why: Sequence[str] = ()
    not_held_why: Sequence[str] = ()
    next_at: datetime | None = None

    @property
    def recorded(self) -> int:
        """Return how many are over, held or not."""
        return self.attended + self.partly + self.missed + self.not_held


def dosages(intervention_ids: Collection[UUID]) -> Mapping[UUID, Dosage]:
    """Return the sessions of a page of interventions, counted by the database in one statement."""
    counted = {
        kind: Count("id", filter=Q(state=Session.RECORDED, outcome__in=codes))
        for kind, codes in outcomes_by_kind().items()
    }
    waiting = Q(state=Session.PLANNED)
    came = Q(state=Session.RECORDED, outcome__in=[*outcomes_by_kind()["attended"], *outcomes_by_kind()["partly"]])
    rows: QuerySet[Session, Any] = (
        Session.objects.filter(root_id__in=list(intervention_ids), state__in=(Session.RECORDED, Session.PLANNED))
        .order_by()
        .values("root_id")
        .annotate(
            **counted,
            planned=Count("id", filter=waiting),
            minutes=Coalesce(Sum("minutes", filter=came), 0),
            missed_why=_reasons("missed"),
            not_held_why=_reasons("not_held"),
            next_at=Min("planned_at", filter=waiting),
        )
    )
    return {row["root_id"]: Dosage(**{name: value for name, value in row.items() if name != "root_id"}) for row in rows}


def _reasons(kind: str) -> ArrayAgg:
    said = Q(state=Session.RECORDED, outcome__in=outcomes_by_kind()[kind]) & ~Q(not_held_why="")
    return ArrayAgg("not_held_why", filter=said, default=Value([]))


def codes_not_held() -> list[str]:
    """Return the codes of attendance that say that the child did not come, or that there was no session."""
    return [*outcomes_by_kind()["missed"], *outcomes_by_kind()["not_held"]]


def outcomes_by_kind() -> dict[str, list[str]]:
    """Return the codes of attendance by what they count as, as their vocabulary says."""
    found: dict[str, list[str]] = {}
    for term in vocabulary.get("session_outcomes"):
        found.setdefault(term.more["counts_as"], []).append(term.code)
    return found


def sessions_visible_to(actor: Actor) -> QuerySet[Session]:
    """Return the sessions of the interventions the actor sees."""
    found = Session.objects.select_related("agency")
    if actor.is_system:
        return found
    return found.filter(root_id__in=visible_to(actor).values("id"))


def sessions_of(intervention_id: UUID) -> QuerySet[Session]:
    """Return the sessions of an intervention as they stand, those ahead first, then the latest."""
    standing = Session.objects.filter(root_id=intervention_id, state__in=Session.SHOWN).select_related("agency")
    return standing.annotate(at=Coalesce("happened_at", "planned_at")).order_by("-at", "-id")


def session_facts(session: Session, actor: Actor) -> SessionFacts:
    """Return what the rules of a session need, in one statement."""
    return SessionFacts(actor=actor, intervention=Intervention.objects.filter(pk=session.root_id).first())


def group(actor: Actor, group_id: UUID) -> QuerySet[Session]:
    """Return the sessions of one group that the actor's agency provides, by key: nobody else sees whom it is with."""
    given = visible_to(actor).filter(provided_by(actor.agency_id)).values("id")
    standing = Session.objects.filter(group_id=group_id, state__in=(Session.PLANNED, Session.RECORDED))
    return standing.filter(root_id__in=given).select_related("agency").order_by("id")


def ahead_in(sessions: Iterable[Session]) -> list[Session]:
    """Return those of a group that are planned for a time to come."""
    return [one for one in sessions if one.state == Session.PLANNED and is_ahead(one, clock.now())]


def version_of(sessions: Iterable[Session]) -> int:
    """Return what changes with every change of a group: the versions of its sessions, counted together."""
    return sum(one.version for one in sessions)


def to_hold(actor: Actor) -> QuerySet[Session]:
    """Return the planned sessions of what the actor's agency gives, the next one, or the one longest over, first."""
    given = under_way(actor).order_by().values("id")
    waiting = Session.objects.filter(root_id__in=given, state=Session.PLANNED)
    return waiting.select_related("agency").order_by("planned_at", "id")


def to_give(actor: Actor, *, until: datetime) -> QuerySet[Session, Any]:
    """Return the sessions planned until an hour that the actor is named to give, and a manager's that nobody is.

    Each is a row: the keys of the session, its intervention, its child and its group, when it is, the service and who
    is named to give it.
    """
    own = Intervention.objects.filter(pk=OuterRef("root_id"))
    given = under_way(actor).filter(_named(actor)).order_by().values("id")
    ahead = Session.objects.filter(root_id__in=given, state=Session.PLANNED, planned_at__lte=until)
    named = ahead.annotate(
        service_name=Subquery(own.values("service_name")[:1]), worker_id=Subquery(own.values("worker_id")[:1])
    )
    columns = ("id", "root_id", "child_id", "group_id", "planned_at", "service_name", "worker_id")
    return named.order_by("planned_at", "id").values_list(*columns, named=True)


def _named(actor: Actor) -> Q:
    own = Q(worker_id=actor.user_id)
    return own | Q(worker=None) if actor.role is Role.MANAGER else own


def unnamed(actor: Actor) -> QuerySet[Intervention]:
    """Return what the actor's agency gives with a session whose day has come, and nobody is named to give it."""
    tonight = at_local(local(clock.now()).date(), LAST_OF_DAY)
    due = Session.objects.filter(root_id=OuterRef("pk"), state=Session.PLANNED, planned_at__lte=tonight)
    return under_way(actor).filter(Exists(due), worker=None)


def concerns_waiting() -> QuerySet[Session]:
    """Return the sessions whose concern nobody has been given yet, the oldest first."""
    found = Session.objects.filter(state=Session.RECORDED, passed_on_at=None).exclude(concern="")
    return found.order_by("id")
