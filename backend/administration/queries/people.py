"""Who works in the actor's agency, what passes on when somebody leaves, and who could take a case."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from backend.access.actors import Actor
from backend.access.models import Conflict
from backend.access.relations import Relation
from backend.agencies.models import Agency, Membership
from backend.agencies.roles import AGENCY_ROLES, Role
from backend.cases.models import Case
from backend.cases.queries import visible_to

# Where a manager stands to the cases of the own agency: each is checked again by its own edge.
LEADS = frozenset({Relation.LEAD})
_HELD = "SELECT cases, tasks, actions, services, referrals, outcomes, questions, drafts FROM app.held_by(%s)"


@dataclass(frozen=True, slots=True)
class Held:
    """How much somebody has: numbers only, so that who sees no case may know what a departure means."""

    cases: int
    tasks: int
    actions: int
    services: int
    referrals: int
    outcomes: int
    questions: int
    drafts: int


def people_of(actor: Actor) -> QuerySet[Membership]:
    """Return the memberships of the actor's own agency, ended ones too."""
    return Membership.objects.filter(agency_id=actor.agency_id).select_related("user", "agency", "team")


def active(people: QuerySet[Membership]) -> QuerySet[Membership]:
    """Return those who work there now."""
    return people.filter(ended_at=None, user__is_active=True)


def held_by(user_id: UUID) -> Held:
    """Return how much a person has in the actor's own agency."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [user_id])
        return Held(*cursor.fetchone())


def is_last_manager(leaving: Membership) -> bool:
    """Say whether nobody else manages the agency."""
    others = Membership.objects.filter(agency_id=leaving.agency_id, role=Role.MANAGER).exclude(pk=leaving.pk)
    return leaving.role == Role.MANAGER and not active(others).exists()


def works_here_still(leaving: Membership) -> bool:
    """Say whether the person keeps another role that works with children in the same agency."""
    others = Membership.objects.filter(agency_id=leaving.agency_id, user_id=leaving.user_id, role__in=AGENCY_ROLES)
    return active(others).exclude(pk=leaving.pk).exists()


def leaves_the_queue_alone(leaving: Membership, agency: Agency) -> bool:
    """Say whether an agency that receives by duty, other than the front door, loses its last triage officer."""
    if leaving.role != Role.TRIAGE_OFFICER or not agency.receives_by_duty:
        return False
    if agency.partnership.front_door_id in (None, agency.id):
        return False
    others = Membership.objects.filter(agency_id=agency.id, role=Role.TRIAGE_OFFICER).exclude(pk=leaving.pk)
    return not active(others).exists()


def caseload(actor: Actor, user_id: UUID) -> QuerySet[Case]:
    """Return the open cases a person of the actor's agency leads, and those minded since they left, due first."""
    theirs = Q(lead_practitioner_id=user_id, practitioner_agency_id=actor.agency_id) | Q(minded_for_id=user_id)
    led = visible_to(actor).filter(theirs, lead_agency_id=actor.agency_id, state__in=Case.WITH_PRACTITIONER)
    return led.order_by("next_due_at", "id")


def practitioners(actor: Actor) -> list[Mapping[str, Any]]:
    """Return who works with children in the actor's agency, by person, with how many open cases each has."""
    open_cases = Case.objects.filter(lead_practitioner_id=OuterRef("user_id"), state__in=Case.OPEN).order_by()
    counted = open_cases.values("lead_practitioner_id").annotate(number=Count("id")).values("number")
    rows = active(people_of(actor)).filter(role__in=AGENCY_ROLES).order_by("user__name", "role", "id")
    annotated = rows.annotate(caseload=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
    found: dict[UUID, Mapping[str, Any]] = {}
    for row in annotated:
        found.setdefault(
            row.user_id, {"id": row.user_id, "name": row.user.name, "role": row.role, "caseload": row.caseload}
        )
    return list(found.values())


def conflicts(user_ids: Collection[UUID], child_ids: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Return the pairs of person and child where the person may not work with the child."""
    rows = Conflict.objects.filter(user_id__in=list(user_ids), child_id__in=list(child_ids), ended_at=None)
    return set(rows.values_list("user_id", "child_id"))
