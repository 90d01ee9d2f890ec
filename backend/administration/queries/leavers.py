"""What somebody of the actor's agency has in hand, piece by piece, and who of the agency may not have which of it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Least

from backend.access.actors import Actor
from backend.access.queries import barred
from backend.administration.queries.people import people_of
from backend.agencies.models import Membership
from backend.cases.models import Action, Case, Task
from backend.cases.queries import visible_to
from backend.cases.queries.caseloads import staff
from backend.cases.rules import Practitioner
from backend.interventions import queries as interventions
from backend.interventions.models import Intervention

TASK, ACTION, SERVICE = "task", "action", "service"
# Where somebody may be named for a service, or another instead (interventions.commands.edges, `name_worker`).
_GIVEN = (Intervention.PROVIDER_ACCEPTED, *Intervention.WAITING, Intervention.STARTED)
# A conflict, or the names on a seal, of any record that was joined with the child's.
_OVERLAYS = """
WITH asked AS (SELECT unnest(%s::uuid[]) AS child_id),
records AS (
  SELECT child_id, child_id AS record_id FROM asked
  UNION SELECT a.child_id, other.record_id FROM asked a JOIN access_samechild own ON own.record_id = a.child_id
    JOIN access_samechild other ON other.stands_for_id = own.stands_for_id)
SELECT r.child_id, c.user_id, true FROM records r
  JOIN access_conflict c ON c.child_id = r.record_id AND c.ended_at IS NULL
UNION SELECT r.child_id, n.user_id, false FROM records r
  JOIN access_named n ON n.child_id = r.record_id AND n.ended_at IS NULL
"""


def caseload(actor: Actor, user_id: UUID) -> QuerySet[Case]:
    """Return the open cases a person of the actor's agency leads, and those minded since they left, due first."""
    theirs = Q(lead_practitioner_id=user_id, practitioner_agency_id=actor.agency_id) | Q(minded_for_id=user_id)
    led = visible_to(actor).filter(theirs, lead_agency_id=actor.agency_id, state__in=Case.WITH_PRACTITIONER)
    return led.order_by("next_due_at", "id")


def tasks(actor: Actor) -> QuerySet[Task]:
    """Return what people of the actor's agency have to do, due first."""
    found = Task.objects.filter(owner_agency_id=actor.agency_id, state=Task.OPEN)
    return found.exclude(barred(actor)).order_by("next_due_at", "id")


def actions(actor: Actor) -> QuerySet[Action]:
    """Return the actions of plans that people of the actor's agency do, due first."""
    found = Action.objects.filter(owner_agency_id=actor.agency_id, state=Action.OPEN)
    return found.exclude(barred(actor)).order_by("next_due_at", "id")


def services(actor: Actor) -> QuerySet[Intervention]:
    """Return the services that the actor's agency gives within cases, and could name somebody else for."""
    given = interventions.visible_to(actor).filter(provider_agency_id=actor.agency_id, state__in=_GIVEN)
    return given.filter(provider_until=None).order_by("next_due_at", "id")


PIECES: Mapping[str, Callable[[Actor], QuerySet[Any]]] = {TASK: tasks, ACTION: actions, SERVICE: services}


def pieces(actor: Actor, user_id: UUID, kind: str) -> QuerySet[Any]:
    """Return what somebody of the actor's agency has in hand of one kind, and what is minded since they left."""
    who = "worker_id" if kind == SERVICE else "owner_id"
    return PIECES[kind](actor).filter(Q(**{who: user_id}) | Q(minded_for_id=user_id))


def minded(actor: Actor) -> QuerySet[Membership]:
    """Return whose tasks, actions and services are minded in the actor's agency, each once, with how many of each.

    One row of the list and one page for all they had: a manager gives it to others there. Each `minded_` is a number,
    `next_due_at` what is due first of it.
    """
    later = Membership.objects.filter(agency_id=actor.agency_id, user_id=OuterRef("user_id"), id__gt=OuterRef("id"))
    theirs = {kind: find(actor).filter(minded_for_id=OuterRef("user_id")) for kind, find in PIECES.items()}
    found = people_of(actor).exclude(Exists(later)).filter(reduce(or_, (Q(Exists(rows)) for rows in theirs.values())))
    numbers = {f"minded_{kind}": _number(rows) for kind, rows in theirs.items()}
    return found.annotate(next_due_at=Least(*map(_first, theirs.values())), **numbers).order_by("id")


def reference_of(piece: Task | Action | Intervention) -> str:
    """Return what the record is called that a piece of work is about."""
    return piece.reference if isinstance(piece, Task) else piece.case_reference


def kind_of(piece: Task | Action | Intervention) -> str:
    """Return which kind of work it is, as PIECES names them."""
    if isinstance(piece, Task):
        return TASK
    return ACTION if isinstance(piece, Action) else SERVICE


def case_of(piece: Task | Action | Intervention) -> UUID:
    """Return the record it belongs to: that of whoever works on the case, where it is one."""
    return piece.case_id if isinstance(piece, Intervention) else piece.root_id


def receivers(actor: Actor, leaving_id: UUID) -> dict[UUID, Practitioner]:
    """Return who of the actor's agency could have it instead, by person, with what they have in hand."""
    return {pk: one for pk, one in staff(actor.agency_id).items() if pk != leaving_id}


class Overlays:
    """Who may not have what is about these children: in conflict with one, or not named where it is sealed."""

    def __init__(self, child_ids: Collection[UUID | None]) -> None:
        self._conflicts: dict[UUID, set[UUID]] = {}
        self._named: dict[UUID, set[UUID]] = {}
        children = sorted({pk for pk in child_ids if pk is not None})
        if not children:
            return
        with connection.cursor() as cursor:
            cursor.execute(_OVERLAYS, [children])
            for child_id, user_id, in_conflict in cursor.fetchall():
                found = self._conflicts if in_conflict else self._named
                found.setdefault(child_id, set()).add(user_id)

    def of(self, person: Practitioner, child_id: UUID | None) -> Practitioner:
        """Return the person as they stand to one of the children."""
        if child_id is None:
            return person
        named = self._named.get(child_id)
        return replace(
            person,
            has_conflict=person.user_id in self._conflicts.get(child_id, ()),
            is_unnamed=named is not None and person.user_id not in named,
        )


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("minded_for_id").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _first(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by("next_due_at").values("next_due_at")[:1])
