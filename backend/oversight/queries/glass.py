"""Break-glass: one's own, those of one's people, those to decide about; and what was read through one."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.agencies.models import Membership, Partnership
from backend.agencies.roles import Role
from backend.cases.queries import visible_to as cases_visible_to
from backend.core import clock
from backend.deadlines.calendar import in_words
from backend.notifications.audience import Person
from backend.oversight.models import BreakGlass
from backend.oversight.queries.looks import ROWS, Look
from backend.referrals.queries.seeing import visible_to as referrals_visible_to

_LOOKS = "SELECT * FROM app.glass_looks(%s, %s)"


@dataclass(frozen=True, slots=True)
class Opened:
    """One record that it opened, with its page for whoever may open it now."""

    reference: str
    url: str


def visible_to(actor: Actor) -> QuerySet[BreakGlass]:
    """Return one's own, those of an agency's people for its managers, and all for information governance."""
    found = Q(user_id=actor.user_id)
    if policy.holds(actor, Permission.BREAK_GLASS_LOOK):
        found |= Q(agency_id=actor.agency_id)
    if policy.holds(actor, Permission.BREAK_GLASS_DECIDE):
        found |= Q(partnership_id=actor.partnership_id)
    return BreakGlass.objects.filter(found).select_related("agency")


def mine(actor: Actor) -> QuerySet[BreakGlass]:
    """Return one's own, the latest first."""
    return BreakGlass.objects.filter(user_id=actor.user_id).select_related("agency").order_by("-opened_at", "-id")


def to_look(actor: Actor) -> QuerySet[BreakGlass]:
    """Return those of a manager's people that no manager has looked at, what is due first at the top."""
    if not policy.holds(actor, Permission.BREAK_GLASS_LOOK):
        return BreakGlass.objects.none()
    open_ones = BreakGlass.objects.filter(agency_id=actor.agency_id, looked_at=None, outcome="")
    return open_ones.exclude(user_id=actor.user_id).select_related("agency").order_by("review_due_at", "id")


def to_decide(actor: Actor) -> QuerySet[BreakGlass]:
    """Return those that information governance has not decided about, what is due first at the top."""
    if not policy.holds(actor, Permission.BREAK_GLASS_DECIDE):
        return BreakGlass.objects.none()
    return visible_to(actor).filter(outcome="").exclude(user_id=actor.user_id).order_by("review_due_at", "id")


def of_others(actor: Actor) -> QuerySet[BreakGlass]:
    """Return all that one is told of, one's own apart, the latest first."""
    return visible_to(actor).exclude(user_id=actor.user_id).order_by("-opened_at", "-id")


def late(pause: timedelta) -> QuerySet[BreakGlass]:
    """Return those whose day is over without a decision and that nobody was reminded of lately; for the worker."""
    now = clock.now()
    quiet = Q(reminded_at=None) | Q(reminded_at__lte=now - pause)
    return BreakGlass.objects.filter(quiet, outcome="", review_due_at__lt=now).order_by("review_due_at", "id")


def opened_now(actor: Actor, one: BreakGlass) -> list[Opened]:
    """Return the records that it opened, with their pages as far as the actor opens them by it, or otherwise."""
    cases = cases_visible_to(actor).filter(pk__in=one.root_ids).values_list("reference", "id")
    referrals = referrals_visible_to(actor).filter(pk__in=one.root_ids).values_list("reference", "id")
    found = {reference: f"/cases/{pk}" for reference, pk in cases}
    found |= {reference: f"/referrals/{pk}" for reference, pk in referrals}
    return [Opened(reference, found.get(reference, "")) for reference in one.records]


def looks(one: BreakGlass) -> list[Look]:
    """Return what was read through it, for whoever looks at it afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOKS, [one.id, ROWS])
        return [Look(*row) for row in cursor.fetchall()]


def agencies_that_govern(partnership_id: UUID) -> list[UUID]:
    """Return the agencies in which somebody governs the information of a partnership; else its front door."""
    there = Membership.objects.filter(
        agency__partnership_id=partnership_id,
        role=Role.INFORMATION_GOVERNANCE,
        ended_at=None,
        user__is_active=True,
    )
    found = list(there.order_by("agency_id").values_list("agency_id", flat=True).distinct())
    front_door = Partnership.objects.filter(pk=partnership_id, front_door__isnull=False)
    return found or list(front_door.values_list("front_door_id", flat=True))


def person(one: BreakGlass) -> Person:
    """Return whose it is, to be told."""
    return Person(one.user_id)


def opened_said(one: BreakGlass) -> str:
    """Return when it was opened, in words."""
    return in_words(one.opened_at)
