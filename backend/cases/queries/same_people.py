"""Reads of who around two children is one person: what was said, and whom it can be said of."""

from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from backend.access.actors import Actor
from backend.cases.models import Relationship, SamePerson
from backend.cases.queries import visible_to
from backend.cases.queries.families import cases_of_family
from backend.cases.queries.relationships import relationships_visible_to
from backend.cases.rules.relationships import is_grown

# More than stand around any family.
_MOST = 100
_WARNED = "SELECT root_id, reference, agency_id, person_id FROM app.warned_by(%s)"


class Warned(NamedTuple):
    """A case that is warned at, and who answers for it: its lead practitioner, else its agency."""

    root_id: UUID
    reference: str
    agency_id: UUID
    person_id: UUID | None


def warned_by(relationship_id: UUID) -> list[Warned]:
    """Return the open cases at which the word just written of somebody warns, whoever may read them."""
    with connection.cursor() as cursor:
        cursor.execute(_WARNED, [relationship_id])
        return [Warned(*row) for row in cursor.fetchall()]


def same_people_visible_to(actor: Actor) -> QuerySet[SamePerson]:
    """Return what was said between two cases that the actor both reads, what was taken back among it."""
    found = SamePerson.objects.select_related("agency", "one", "other")
    if actor.is_system:
        return found
    reads = visible_to(actor).order_by().values("id")
    return found.filter(one_case_id__in=reads, other_case_id__in=reads)


def said_of(actor: Actor, relationship_id: UUID) -> QuerySet[SamePerson]:
    """Return what the actor reads of whether somebody is the same person as somebody else, what stands first."""
    found = same_people_visible_to(actor).filter(Q(one_id=relationship_id) | Q(other_id=relationship_id))
    return found.order_by(F("ended_at").desc(nulls_first=True), "-said_at", "-id")


def possibly_same(actor: Actor, target: Relationship) -> list[Relationship]:
    """Return the adults whom the actor reads around brothers and sisters of a child, namesakes first.

    Nobody of whom it is said already; whoever has no name cannot be told from anybody else.
    """
    if not target.name or not is_grown(target.relationship):
        return []
    near = cases_of_family(actor, target.root_id).order_by().values("id")
    found = relationships_visible_to(actor).filter(root_id__in=near, state=Relationship.STANDS).exclude(name="")
    said = SamePerson.objects.filter(ended_at__isnull=True)
    known = said.filter(one_id=target.id).values("other_id"), said.filter(other_id=target.id).values("one_id")
    others = found.exclude(Q(id__in=known[0]) | Q(id__in=known[1])).order_by("name", "id")[:_MOST]
    grown = [one for one in others if is_grown(one.relationship)]
    return sorted(grown, key=lambda one: one.name.casefold() != target.name.casefold())
