"""Reads of the team around a child: who is on it, one's own places on teams, and what is shared with them."""

from uuid import UUID

from django.db.models import Q, QuerySet

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.models import Involvement
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.agencies.models import Agency, Membership, User
from backend.cases.models import TeamMember


def on_the_team(actor: Actor) -> Q:
    """Return the parts of cases on whose team the actor is for another agency than the one that leads."""
    return access.reached(actor, policy.relations_that([Permission.PLAN_SEE], actor.role) & {Relation.TEAM})


def members_visible_to(actor: Actor) -> QuerySet[TeamMember]:
    """Return the members of the teams that the actor works with, or answers for."""
    members = TeamMember.objects.select_related("person", "person_agency")
    if actor.is_system:
        return members
    sees = policy.relations_that([Permission.PLAN_SEE], actor.role)
    return members.filter(access.reached(actor, sees)).exclude(access.barred(actor))


def named_on(actor: Actor) -> "QuerySet[TeamMember, UUID]":
    """Return a subquery of the cases of their own agency that the actor is named to, beside the lead practitioner."""
    mine = TeamMember.objects.filter(person_id=actor.user_id, state=TeamMember.ON, is_partner=False)
    return mine.values_list("root_id", flat=True)


def places_of(actor: Actor) -> QuerySet[TeamMember]:
    """Return the actor's own places on teams of other agencies' cases, the latest first."""
    mine = Q(person_id=actor.user_id, person_agency_id=actor.agency_id, is_partner=True, state=TeamMember.ON)
    return members_visible_to(actor).filter(mine).order_by("-made_at", "-id")


def team_around(case_id: UUID) -> QuerySet[TeamMember]:
    """Return who is or was on the team of a case, those who are on it first."""
    found = TeamMember.objects.filter(root_id=case_id).select_related("person", "person_agency")
    return found.order_by("-state", "made_at", "id")


def team_of(user_id: UUID, agency_id: UUID) -> UUID | None:
    """Return the team of an agency that somebody belongs to, if any: its members cover for a lead practitioner."""
    own = Membership.objects.filter(user_id=user_id, agency_id=agency_id, ended_at=None, team__isnull=False)
    return own.order_by("id").values_list("team_id", flat=True).first()


def who_leads(case_id: UUID) -> tuple[str, str]:
    """Return the names of the lead practitioner and of the lead agency, for whoever may not read the case itself."""
    at = Involvement.objects.filter(root_id=case_id, source_id=case_id, ends_at=None)
    person = User.objects.filter(id__in=at.filter(relation=Relation.WORKER).values("user_id")).values_list(
        "name", flat=True
    )
    agency = Agency.objects.filter(id__in=at.filter(relation=Relation.LEAD).values("agency_id")).values_list(
        "name", flat=True
    )
    return person.first() or "", agency.first() or ""
