"""Reads of what somebody says is wrong: beside a note for whoever reads it, and what waits for a manager."""

from uuid import UUID

from django.db.models import Q, QuerySet

from backend.access import queries as access
from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.cases.queries import visible_to as cases_visible_to
from backend.core.errors import NotFound
from backend.rights.models import Rectification


def visible_to(actor: Actor) -> QuerySet[Rectification]:
    """Return those of the notes that the actor reads, and for a manager those of notes that their agency wrote."""
    found = Rectification.objects.select_related("agency")
    if actor.is_system:
        return found
    read = Q(root_id__in=cases_visible_to(actor).values("id")) & access.marked(actor)
    if actor.role is Role.MANAGER:
        read |= Q(agency_id=actor.agency_id, mark="")
    return found.filter(read).exclude(access.barred(actor))


def one_of(actor: Actor, rectification_id: UUID) -> Rectification:
    """Return one that the actor sees; raise NotFound."""
    found = visible_to(actor).filter(pk=rectification_id).first()
    if found is None:
        raise NotFound
    return found


def of_case(actor: Actor, case_id: UUID) -> QuerySet[Rectification]:
    """Return what is said of the notes of a case, in the order in which it was written down."""
    return visible_to(actor).filter(root_id=case_id).order_by("recorded_at", "id")


def to_decide(actor: Actor) -> QuerySet[Rectification]:
    """Return what waits for a manager of the agency that wrote the note, the oldest first."""
    if actor.role is not Role.MANAGER:
        return Rectification.objects.none()
    waits = visible_to(actor).filter(agency_id=actor.agency_id, state=Rectification.ASKED)
    return waits.order_by("recorded_at", "id")
