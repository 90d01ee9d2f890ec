"""Who of information governance hears of what is kept and deleted, and may be the second person about it."""

from uuid import UUID

from backend.agencies.roles import Role
from backend.notifications.audience import AgencyRoles
from backend.oversight.queries.glass import agencies_that_govern


def governance(partnership_id: UUID, child_id: UUID | None = None) -> list[AgencyRoles]:
    """Return it in each agency of the partnership that has some; of a child, as far as they may know of it."""
    roles = (Role.INFORMATION_GOVERNANCE.value,)
    return [AgencyRoles(agency, roles, child_id) for agency in agencies_that_govern(partnership_id)]
