"""Who is told: a person, or whoever holds a role in an agency; resolved to people when the message is delivered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.access.queries import may_know, named_on
from backend.agencies.models import Membership, Partnership, User
from backend.agencies.roles import Role


@dataclass(frozen=True, slots=True)
class Person:
    """One person; when they have left, or may not know of the child, managers of the agency they are or were in.

    Whoever declared a conflict passes on what they had to do with the child: somebody who may know of it has to hear.
    Who is not named on its seal hears nothing, of their own referral neither: it goes to managers who are named, and
    where there are none to whoever is.
    """

    user_id: UUID
    child_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AgencyRoles:
    """Everybody who holds one of the roles in the agency; when nobody does, its managers, then the front door's.

    With `child_id` only those who may know of that child; when none of them does, whoever is named on its seal.
    """

    agency_id: UUID
    roles: tuple[str, ...] = (Role.TRIAGE_OFFICER.value,)
    child_id: UUID | None = None


Audience = Person | AgencyRoles


def as_data(audience: Audience) -> dict[str, Any]:
    """Return an audience as JSON for the outbox: ids and role codes only."""
    if isinstance(audience, Person):
        data: dict[str, Any] = {"user_id": str(audience.user_id)}
    else:
        data = {"agency_id": str(audience.agency_id), "roles": [str(role) for role in audience.roles]}
    return data if audience.child_id is None else {**data, "child_id": str(audience.child_id)}


def from_data(data: Mapping[str, Any]) -> Audience:
    """Return the audience that `as_data` wrote."""
    child_id = UUID(data["child_id"]) if "child_id" in data else None
    if "user_id" in data:
        return Person(UUID(data["user_id"]), child_id)
    return AgencyRoles(UUID(data["agency_id"]), tuple(data["roles"]), child_id)


def recipients(audience: Audience) -> list[User]:
    """Return the active people to tell, in a stable order; empty only when even the front door has nobody."""
    if isinstance(audience, Person):
        return _person(audience.user_id, audience.child_id)
    child_id = audience.child_id
    holders = _with_roles(Q(agency_id=audience.agency_id), audience.roles, child_id)
    return holders or _managers_of(audience.agency_id, child_id) or _named_on(child_id)


def _person(user_id: UUID, child_id: UUID | None) -> list[User]:
    memberships = Membership.objects.filter(user_id=user_id)
    hears = memberships if child_id is None else memberships.filter(may_know(child_id))
    if _active(hears).exists():
        return list(User.objects.filter(pk=user_id))
    # Descending, PostgreSQL puts what has not ended first.
    last = memberships.order_by("-ended_at").values_list("agency_id", flat=True).first()
    return (_managers_of(last, child_id) or _named_on(child_id)) if last else []


def _managers_of(agency_id: UUID, child_id: UUID | None = None) -> list[User]:
    own = _with_roles(Q(agency_id=agency_id), [Role.MANAGER], child_id)
    if own:
        return own
    front_doors = Partnership.objects.filter(agencies=agency_id).values("front_door")
    return _with_roles(Q(agency_id__in=front_doors), [Role.MANAGER], child_id)


def _named_on(child_id: UUID | None) -> list[User]:
    """The last resort of a sealed record: whoever is named on it, in whatever role and agency."""
    if child_id is None:
        return []
    return _people(Membership.objects.filter(may_know(child_id), user_id__in=named_on(child_id).values("user_id")))


def _with_roles(where: Q, roles: tuple[str, ...] | list[Role], child_id: UUID | None) -> list[User]:
    known_to = Q() if child_id is None else may_know(child_id)
    return _people(Membership.objects.filter(where, known_to, role__in=roles))


def _people(members: QuerySet[Membership]) -> list[User]:
    return list(User.objects.filter(pk__in=_active(members).values("user_id")).order_by("id"))


def _active(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    return memberships.filter(ended_at__isnull=True, user__is_active=True, agency__ended_at__isnull=True)
