"""What one line of the permission table grants, and the short words it is written in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from backend.access.relations import Relation
from backend.agencies.roles import AGENCY_ROLES, Role


@dataclass(frozen=True, slots=True)
class Grant:
    """These roles, at these relations. No relations: the act needs no record yet."""

    roles: frozenset[Role]
    relations: frozenset[Relation]

    def covers(self, role: Role, relations: Collection[Relation]) -> bool:
        """Say whether somebody in `role` with any of `relations` is granted the act."""
        return role in self.roles and (not self.relations or not self.relations.isdisjoint(relations))


def grant(roles: Iterable[Role], *relations: Relation) -> tuple[Grant, ...]:
    """These roles, at these relations."""
    return (Grant(frozenset(roles), frozenset(relations)),)


def anyone(*relations: Relation) -> tuple[Grant, ...]:
    """Every role of an agency that works with children."""
    return grant(AGENCY_ROLES, *relations)


def triage(*relations: Relation) -> tuple[Grant, ...]:
    """A triage officer, and the agency's manager, who may do what its triage officers may."""
    return grant((Role.TRIAGE_OFFICER, Role.MANAGER), *relations)


def manager(*relations: Relation) -> tuple[Grant, ...]:
    """The manager of the agency that stands there."""
    return grant((Role.MANAGER,), *relations)


def worker() -> tuple[Grant, ...]:
    """The worker on the case, and the manager who answers for the agency that leads it."""
    return anyone(Relation.WORKER) + manager(Relation.LEAD)


# Why it was decided so, for whoever decides and whoever helps: the reasons may tell what other agencies said.
READS_REASONS = (
    triage(Relation.HOLDER, Relation.OFFERED, Relation.LINKED)
    + worker()
    + anyone(Relation.UNIT)
    + grant((Role.SYSTEM,))
)
# Whoever broke the glass reads what helps a child now: the referral, the case, its plan and services. Not documents,
# handovers, panels, peers and places (ADR 65); and writes nothing.
GLASS = grant((Role.TRIAGE_OFFICER, Role.CASE_WORKER, Role.MANAGER), Relation.BREAK_GLASS)
READS_TEXT = anyone(Relation.CREATOR) + manager(Relation.REFERRER) + READS_REASONS + GLASS
STANDS_AT_CASE = worker() + anyone(Relation.UNIT, Relation.FORMER_WORKER) + grant((Role.SYSTEM,))
SEES_CASE = STANDS_AT_CASE + GLASS
# Who is asked to lead reads the handover summary and who the child is; nothing that was written in the case.
READS_HANDOVER = STANDS_AT_CASE + manager(Relation.OFFERED_LEAD)
# Whoever of another agency is on the team around the child reads the plan and what is shared with the team.
STANDS_AT_PLAN = STANDS_AT_CASE + anyone(Relation.TEAM)
SEES_PLAN = STANDS_AT_PLAN + GLASS

# Whoever provides a service, and whoever works on the case that it belongs to: for an answer of the provider's only
# where it has no account here (interventions/rules.py).
GIVES = anyone(Relation.PROVIDER) + worker()

BOTH_SIDES = anyone(Relation.DISAGREEING) + manager(Relation.ANSWERING)
