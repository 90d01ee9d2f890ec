"""The actor: who is asking, in which role, for which agency. Every command takes one."""

from dataclasses import dataclass
from uuid import UUID

from backend.agencies.models import Membership
from backend.agencies.roles import AGENCY_ROLES, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """One active membership of one person; the same person in another role is another actor."""

    user_id: UUID
    membership_id: UUID
    role: Role
    agency_id: UUID
    team_id: UUID | None
    partnership_id: UUID
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


# The worker is no person and in no agency: an id that equals nobody's, so that a comparison with it never matches.
NOBODY = UUID(int=0)
SYSTEM = Actor(
    user_id=NOBODY,
    membership_id=NOBODY,
    role=Role.SYSTEM,
    agency_id=NOBODY,
    team_id=None,
    partnership_id=NOBODY,
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
