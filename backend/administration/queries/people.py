"""Who works in the actor's agency, and how much passes on when somebody leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from backend.access.actors import Actor
from backend.access.relations import Relation
from backend.administration.models import PasswordLink
from backend.agencies.models import Agency, Membership
from backend.agencies.roles import AGENCY_ROLES, Role
from backend.core import clock
from backend.core.errors import NotFound

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


def one_of(actor: Actor, membership_id: UUID) -> Membership:
    """Return one role of one person of the actor's own agency; raise NotFound when there is none."""
    people = people_of(actor).select_related("user", "team", "agency__partnership")
    found = people.filter(pk=membership_id).first()
    if found is None:
        raise NotFound
    return found


def active(people: QuerySet[Membership]) -> QuerySet[Membership]:
    """Return those who work there now."""
    return people.filter(ended_at=None, user__is_active=True)


def held_by(user_id: UUID) -> Held:
    """Return how much a person has in the actor's own agency."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [user_id])
        return Held(*cursor.fetchone())


def open_links() -> QuerySet[PasswordLink]:
    """Return the links that still work, or will when they are sent: of people who act for an agency."""
    acts = Membership.objects.filter(user_id=OuterRef("user_id"), ended_at=None)
    unused = PasswordLink.objects.filter(used_at=None, ended_at=None, expires_at__gt=clock.now())
    return unused.filter(Exists(acts), user__is_active=True).select_related("user")


def open_invitations(user_ids: Iterable[UUID]) -> QuerySet[PasswordLink]:
    """Return the invitations of these people that nobody has used or withdrawn, those that have run out too."""
    return PasswordLink.objects.filter(user_id__in=list(user_ids), is_invitation=True, used_at=None, ended_at=None)


def invitations(user_ids: Iterable[UUID]) -> dict[UUID, PasswordLink]:
    """Return by which invitation each of these people was asked to come, whatever has become of it."""
    links = PasswordLink.objects.filter(user_id__in=list(user_ids), is_invitation=True)
    return {link.user_id: link for link in links}


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
