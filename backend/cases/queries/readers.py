"""Who may read a note of a case: from whom its writer chooses those it is meant for by name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from backend.access import policy
from backend.access import queries as access
from backend.access.marks import Mark, relations_reading
from backend.access.models import Involvement
from backend.access.policy import Permission
from backend.access.relations import BY_TEAM, Relation
from backend.agencies.models import Membership
from backend.agencies.roles import AGENCY_ROLES, Role
from backend.core import clock


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may read a note, in one of their roles; whether they read the whole case, or what the team reads."""

    membership_id: UUID
    user_id: UUID
    name: str
    role: str
    agency_id: UUID
    agency: str
    reads_case: bool


def readers_of(
    case_id: UUID, child_id: UUID, *, mark: Mark = Mark.NONE, is_shared: bool = False, but: UUID
) -> dict[UUID, Reader]:
    """Return who besides its writer reads a note that bears this label, shared with the team or not, by membership.

    Whoever may not know of the child is not among them. In two statements.
    """
    standing = list(_standing(case_id))
    members = Membership.objects.filter(
        _one_of(standing),
        access.may_know(child_id),
        role__in=AGENCY_ROLES,
        ended_at=None,
        user__is_active=True,
        agency__ended_at=None,
    ).exclude(user_id=but)
    found = {}
    for row in members.select_related("user", "agency").order_by("agency__name", "user__name", "id"):
        relations = frozenset(Relation(one.relation) for one in standing if _is_of(one, row))
        reads_case = _reads_case(row, relations, mark)
        if reads_case or (is_shared and mark == Mark.NONE and _is_on_team(row, relations)):
            label = Role(row.role).label
            found[row.id] = Reader(
                row.id, row.user_id, row.user.name, label, row.agency_id, row.agency.name, reads_case
            )
    return found


def _standing(case_id: UUID) -> Iterable[Involvement]:
    now = Q(starts_at__lte=clock.begun()) & (Q(ends_at=None) | Q(ends_at__gt=clock.now()))
    return Involvement.objects.filter(now, root_id=case_id)


def _one_of(standing: Collection[Involvement]) -> Q:
    people = {one.user_id for one in standing if one.user_id}
    teams = {one.team_id for one in standing if one.team_id}
    agencies = {one.agency_id for one in standing if one.agency_id and not one.user_id and not one.team_id}
    return Q(user_id__in=people) | Q(team_id__in=teams) | Q(agency_id__in=agencies)


def _is_of(one: Involvement, member: Membership) -> bool:
    """A person's row counts only in the agency it was made for, as access.queries says it of the actor."""
    if one.user_id:
        return (one.user_id, one.agency_id) == (member.user_id, member.agency_id)
    if one.relation in BY_TEAM:
        return one.team_id is not None and one.team_id == member.team_id
    return one.agency_id == member.agency_id


def _reads_case(member: Membership, relations: frozenset[Relation], mark: Mark) -> bool:
    role = Role(member.role)
    reads = relations & policy.relations_that([Permission.CASE_SEE], role)
    if mark == Mark.NONE:
        return bool(reads)
    return bool(reads and relations & relations_reading(role, member.agency.kind, mark))


def _is_on_team(member: Membership, relations: frozenset[Relation]) -> bool:
    """Of another agency than the one that leads: they read what is shared with the team."""
    return Relation.TEAM in relations & policy.relations_that([Permission.PLAN_SEE], Role(member.role))
