"""Who is told: a person, or whoever holds a role in an agency; resolved to people when the message is delivered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.agencies.models import Membership, Partnership, User
from backend.agencies.roles import Role


@dataclass(frozen=True, slots=True)
class Person:
    """One person; when they have left, the managers of the agency they were last in."""

    user_id: UUID


@dataclass(frozen=True, slots=True)
class AgencyRoles:
    """Everybody who holds one of the roles in the agency; when nobody does, its managers, then the front door's."""

    agency_id: UUID
    roles: tuple[str, ...] = (Role.TRIAGE_OFFICER.value,)


Audience = Person | AgencyRoles


def as_data(audience: Audience) -> dict[str, Any]:
    """Return an audience as JSON for the outbox: ids and role codes only."""
    if isinstance(audience, Person):
        return {"user_id": str(audience.user_id)}
    return {"agency_id": str(audience.agency_id), "roles": [str(role) for role in audience.roles]}


def from_data(data: Mapping[str, Any]) -> Audience:
    """Return the audience that `as_data` wrote."""
    if "user_id" in data:
        return Person(UUID(data["user_id"]))
    return AgencyRoles(UUID(data["agency_id"]), tuple(data["roles"]))


def recipients(audience: Audience) -> list[User]:
    """Return the active people to tell, in a stable order; empty only when even the front door has nobody."""
    if isinstance(audience, Person):
        return _person(audience.user_id)
    holders = _with_roles(Q(agency_id=audience.agency_id), audience.roles)
    return holders or _managers_of(audience.agency_id)


def _person(user_id: UUID) -> list[User]:
    memberships = Membership.objects.filter(user_id=user_id).select_related("user")
    if _active(memberships).exists():
        return list(User.objects.filter(pk=user_id))
    last = memberships.order_by("-ended_at").values_list("agency_id", flat=True).first()
    return _managers_of(last) if last else []


def _managers_of(agency_id: UUID) -> list[User]:
    own = _with_roles(Q(agency_id=agency_id), [Role.MANAGER])
    if own:
        return own
    front_doors = Partnership.objects.filter(agencies=agency_id).values("front_door")
    return _with_roles(Q(agency_id__in=front_doors), [Role.MANAGER])


def _with_roles(where: Q, roles: tuple[str, ...] | list[Role]) -> list[User]:
    members = _active(Membership.objects.filter(where, role__in=roles))
    return list(User.objects.filter(pk__in=members.values("user_id")).order_by("id"))


def _active(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    return memberships.filter(ended_at__isnull=True, user__is_active=True, agency__ended_at__isnull=True)
