"""Unusual readings: those of a manager's people, all of them for information governance; one's own for nobody."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.access.queries import may_know
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.notifications.audience import Person
from backend.oversight.models import UnusualReading
from backend.oversight.queries.glass import agencies_that_govern
from backend.oversight.queries.looks import ROWS, Look

_LOOKS = "SELECT * FROM app.unusual_looks(%s, %s)"
_GONE = "SELECT app.unusual_gone(%s)"


def visible_to(actor: Actor) -> QuerySet[UnusualReading]:
    """Return those one is told of; what one read oneself is shown to others only."""
    found = Q(pk__in=[])
    if policy.holds(actor, Permission.UNUSUAL_LOOK):
        found |= Q(agency_id=actor.agency_id)
    if policy.holds(actor, Permission.UNUSUAL_DECIDE):
        found |= Q(partnership_id=actor.partnership_id)
    return UnusualReading.objects.filter(found).exclude(user_id=actor.user_id).select_related("agency")


def waiting(actor: Actor) -> QuerySet[UnusualReading]:
    """Return those that wait for what the actor has to say, what is due first at the top."""
    still = visible_to(actor).filter(outcome="")
    if not policy.holds(actor, Permission.UNUSUAL_DECIDE):
        still = still.filter(looked_at=None)
    return still.order_by("review_due_at", "id")


def to_look(actor: Actor) -> QuerySet[UnusualReading]:
    """Return those of a manager's people that no manager has looked at."""
    return waiting(actor) if policy.holds(actor, Permission.UNUSUAL_LOOK) else UnusualReading.objects.none()


def all_of_them(actor: Actor) -> QuerySet[UnusualReading]:
    """Return all that one is told of, the latest first."""
    return visible_to(actor).order_by("-found_at", "-id")


def looks(one: UnusualReading) -> list[Look]:
    """Return what was read, for whoever looks at it."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOKS, [one.id, ROWS])
        return [Look(*row) for row in cursor.fetchall()]


def gone(one: UnusualReading) -> int:
    """Return how many of the children it is about were deleted since, by an order of disposal."""
    with connection.cursor() as cursor:
        cursor.execute(_GONE, [one.id])
        return int(cursor.fetchone()[0])


def managers_of(one: UnusualReading) -> list[Person]:
    """Return the managers of the person's agency, to be told; not the person, where they are one."""
    return _people(one, [one.agency_id], Role.MANAGER)


def everybody_for(one: UnusualReading) -> list[Person]:
    """Return who answers for it, to be told: managers and information governance, and never the person."""
    governing = agencies_that_govern(one.partnership_id)
    found = [*managers_of(one), *_people(one, governing, Role.INFORMATION_GOVERNANCE)]
    return list(dict.fromkeys(found))


def _people(one: UnusualReading, agencies: Collection[UUID], role: Role) -> list[Person]:
    here = Membership.objects.filter(agency_id__in=agencies, role=role, ended_at=None, user__is_active=True)
    known = here.filter(may_know(one.subject_ids[0])).exclude(user_id=one.user_id)
    return [Person(user) for user in known.order_by("user_id").values_list("user_id", flat=True).distinct()]
