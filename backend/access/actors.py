"""The actor: who is asking, in which role, for which agency. Every command takes one."""

from dataclasses import dataclass
from uuid import UUID

from backend.agencies.models import Membership
from backend.agencies.roles import AGENCY_ROLES, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """One active membership of one person; the same person in another role is another actor."""

    user_id: UUID | None
    membership_id: UUID | None
    role: Role
    agency_id: UUID | None
    team_id: UUID | None
    partnership_id: UUID | None
    name: str
    agency_name: str
    agency_kind: str = ""

    @property
    def is_system(self) -> bool:
        """Say whether this is the worker acting by itself."""
        return self.role is Role.SYSTEM

    @property
    def works_with_children(self) -> bool:
        """Say whether the role is one that may come near a child's record."""
        return self.role in AGENCY_ROLES


SYSTEM = Actor(
    user_id=None,
    membership_id=None,
    role=Role.SYSTEM,
    agency_id=None,
    team_id=None,
    partnership_id=None,
    name="Alongside",
    agency_name="",
)


def actor_of(membership: Membership) -> Actor:
    """Return the actor of a membership whose user and agency are loaded."""
    return Actor(
        user_id=membership.user_id,
        membership_id=membership.id,
        role=Role(membership.role),
        agency_id=membership.agency_id,
        team_id=membership.team_id,
        partnership_id=membership.agency.partnership_id,
        name=membership.user.name,
        agency_name=membership.agency.name,
        agency_kind=membership.agency.kind,
    )
