"""Reads of plans: goals, actions, versions and meetings of a case, what one has to do, and who may be asked to."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.models import Conflict, Involvement, Named
from backend.agencies.models import Membership
from backend.agencies.roles import AGENCY_ROLES, Role
from backend.cases.models import Action, Case, Goal, Meeting, Plan
from backend.cases.queries import visible_to
from backend.cases.queries.team import on_the_team
from backend.cases.rules import PossibleOwner


def goals_visible_to(actor: Actor) -> QuerySet[Goal]:
    """Return the goals of the cases that the actor reads, or on whose team they are."""
    goals = Goal.objects.select_related("agency")
    if actor.is_system:
        return goals
    seen = Q(Exists(visible_to(actor).filter(id=OuterRef("root_id")))) | on_the_team(actor)
    return goals.filter(seen).exclude(access.barred(actor))


def actions_visible_to(actor: Actor) -> QuerySet[Action]:
    """Return the actions the actor sees: their own, and those of the cases they read or on whose team they are."""
    actions = Action.objects.select_related("owner", "owner_agency", "agency")
    if actor.is_system:
        return actions
    if not actor.works_with_children:
        return actions.none()
    mine = Q(owner_id=actor.user_id, owner_agency_id=actor.agency_id)
    seen = mine | Q(Exists(visible_to(actor).filter(id=OuterRef("root_id")))) | on_the_team(actor)
    return actions.filter(seen).exclude(access.barred(actor))


def actions_of(actor: Actor) -> QuerySet[Action]:
    """Return what the actor has to do in any plan, what is due next first."""
    mine = actions_visible_to(actor).filter(owner_id=actor.user_id, owner_agency_id=actor.agency_id, state=Action.OPEN)
    return mine.order_by("next_due_at", "id")


def goals_of(case_id: UUID) -> QuerySet[Goal]:
    """Return the goals of a case, the first first."""
    return Goal.objects.filter(root_id=case_id).order_by("made_at", "id")


def actions_in(case_id: UUID) -> QuerySet[Action]:
    """Return the actions of a case, open ones first, those due next at the top."""
    return Action.objects.filter(root_id=case_id).select_related("owner", "owner_agency").order_by("due_on", "id")


def plans_of(case_id: UUID) -> QuerySet[Plan]:
    """Return the versions of a plan, the newest first."""
    return Plan.objects.filter(root_id=case_id).order_by("-number")


def meetings_of(case_id: UUID) -> QuerySet[Meeting]:
    """Return the reviews and meetings of a case that stand, the latest first."""
    held = Meeting.objects.filter(root_id=case_id, state=Meeting.RECORDED)
    return held.select_related("agency").order_by("-held_on", "-id")


def possible_owners(case: Case) -> dict[UUID, PossibleOwner]:
    """Return who of the agencies that are involved may be asked to do something, by membership; in one statement.

    Involved is whoever stands in a relation to the case or to a referral it answers, now or before; whoever may not
    know of the child is not among them: too close to the family, or not named where its record is sealed.
    """
    about = access.about_child(case.child_id)
    involved = Involvement.objects.filter(about, agency_id__isnull=False).values("agency_id")
    barred = Conflict.objects.filter(about, user_id=OuterRef("user_id"), ended_at=None)
    named = Named.objects.filter(about, ended_at=None)
    members = Membership.objects.filter(
        Q(agency_id__in=involved) | Q(agency_id=case.lead_agency_id),
        ~Exists(barred),
        ~Exists(named) | Exists(named.filter(user_id=OuterRef("user_id"))),
        role__in=AGENCY_ROLES,
        ended_at=None,
        user__is_active=True,
        agency__ended_at=None,
    )
    rows = members.select_related("user", "agency").order_by("agency__name", "user__name", "id")
    return {
        row.id: PossibleOwner(
            row.id,
            row.user_id,
            row.user.name,
            Role(row.role).label,
            row.agency_id,
            row.agency.name,
            row.agency.kind,
        )
        for row in rows
    }
