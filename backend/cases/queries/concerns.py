"""Reads of peers and places of concern: who sees them, those of a case, and which children may be named as peers."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.agencies.roles import Role
from backend.cases.models import Case, Concern
from backend.cases.queries import led, visible_to, worked
from backend.children import queries as children
from backend.children.models import Child
from backend.core import clock
from backend.deadlines.calendar import local

# As many as one reads on a page; a child with more has one concern, not a hundred.
_MOST = 100


def concerns_visible_to(actor: Actor) -> QuerySet[Concern]:
    """Return the concerns of the cases that the actor works on or answers for, without peers they may not see."""
    sees = policy.relations_that([Permission.CONCERN_SEE], actor.role)
    named = Q(peer_id=None) | Q(Exists(children.visible_to(actor).filter(id=OuterRef("peer_id"))))
    found = Concern.objects.filter(named, access.reached(actor, sees, by="case_id"))
    return found.exclude(access.barred(actor))


def concerns_of(actor: Actor, case_id: UUID) -> list[Concern]:
    """Return the concerns of a case that the actor sees: what stands first, what was written last at the top."""
    found = list(concerns_visible_to(actor).filter(case_id=case_id).order_by("-made_at", "-id")[:_MOST])
    return sorted(found, key=lambda one: one.ended_at is not None)


def to_look_at_again(actor: Actor, *, until: date) -> QuerySet[Concern]:
    """Return the concerns that the actor sees whose day to look again comes by `until`, due first at the top."""
    return concerns_visible_to(actor).filter(ended_at=None, review_on__lte=until).order_by("review_on", "id")


def concerns_not_reviewed(actor: Actor) -> QuerySet[Concern]:
    """Return the concerns of open cases that the actor's agency leads and nobody has looked at again in time."""
    late = to_look_at_again(actor, until=local(clock.now()).date() - timedelta(days=1))
    return late.filter(case_id__in=led(actor).order_by().values("id"))


def possible_peers(actor: Actor, case: Case) -> dict[UUID, Child]:
    """Return the children whom the actor works with, or answers for, besides the one of the case, by name.

    Nobody else's: a form may not tell which children are known.
    """
    mine = led(actor) if actor.role is Role.MANAGER else worked(actor)
    others = mine.exclude(child_id=case.child_id).order_by().values("child_id")
    found = children.visible_to(actor).filter(id__in=others).order_by("family_name", "given_name", "id")
    return {one.id: one for one in found[:_MOST]}


def peers_in(actor: Actor, concerns: list[Concern]) -> dict[UUID, Child]:
    """Return the children who are named as peers and whom the actor sees."""
    ids = {one.peer_id for one in concerns if one.peer_id}
    return children.visible_to(actor).in_bulk(ids) if ids else {}


def cases_about(actor: Actor, child_ids: list[UUID]) -> dict[UUID, UUID]:
    """Return the open cases of these children that the actor sees, by child."""
    if not child_ids:
        return {}
    rows = visible_to(actor).filter(child_id__in=child_ids, state__in=Case.OPEN)
    return dict(rows.values_list("child_id", "id"))
