"""Reads of the projection: an actor's relations to a page of roots, and the roots somebody sees by a rare relation."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from backend.access.actors import Actor
from backend.access.models import Conflict, Involvement, Link, Named, SameChild
from backend.access.relations import BY_AGENCY, BY_PERSON, BY_TEAM, REACH_LINKED, Relation
from backend.core import clock


def _mine(actor: Actor, relations: Collection[Relation]) -> Q:
    """Rows that speak of this actor now; a person's row counts only in the agency it was made for."""
    moment = clock.now()
    persons = Q(user_id=actor.user_id, agency_id=actor.agency_id, relation__in=set(relations) & set(BY_PERSON))
    formers = Q(user_id=None, agency_id=actor.agency_id, relation__in=set(relations) & {Relation.FORMER})
    agencies = Q(agency_id=actor.agency_id, relation__in=set(relations) & set(BY_AGENCY))
    teams = Q(team_id=actor.team_id, relation__in=set(relations) & set(BY_TEAM)) if actor.team_id else Q(pk__in=[])
    return (persons | formers | agencies | teams) & Q(starts_at__lte=moment) & (Q(ends_at=None) | Q(ends_at__gt=moment))


def relations(actor: Actor, root_ids: Iterable[UUID]) -> Mapping[UUID, frozenset[Relation]]:
    """Return the actor's relations to each root, for a whole page at once; none at all is the empty set."""
    ids = list(root_ids)
    found: dict[UUID, set[Relation]] = defaultdict(set)
    if actor.is_system or not ids:
        return defaultdict(frozenset)
    asked = Link.objects.filter(root_id__in=ids)
    rows = Involvement.objects.filter(
        _mine(actor, list(Relation)), Q(root_id__in=ids) | Q(root_id__in=asked.values("parent_id"))
    ).annotate(reached=ArraySubquery(asked.filter(parent_id=OuterRef("root_id")).values("root_id")))
    for root_id, relation, reached in rows.values_list("root_id", "relation", "reached"):
        found[root_id].add(Relation(relation))
        if relation in REACH_LINKED:
            for linked in reached:
                found[linked].add(Relation(relation))
    return defaultdict(frozenset, {root_id: frozenset(names) for root_id, names in found.items()})


def relations_to(actor: Actor, root_id: UUID) -> frozenset[Relation]:
    """Return the actor's relations to one root."""
    return relations(actor, [root_id])[root_id]


def rare_roots(actor: Actor, sees: Collection[Relation]) -> "QuerySet[Involvement, UUID]":
    """Return a subquery of root ids that the actor sees through one of `sees`."""
    return Involvement.objects.filter(_mine(actor, sees)).values_list("root_id", flat=True)


def linked_roots(actor: Actor, sees: Collection[Relation]) -> "QuerySet[Link, UUID]":
    """Return a subquery of roots (referrals) reached through a case the actor leads, works on or covers."""
    reach = set(sees) & set(REACH_LINKED)
    parents = Involvement.objects.filter(_mine(actor, reach)).values("root_id")
    return Link.objects.filter(parent_id__in=parents).values_list("root_id", flat=True)


def barred(actor: Actor, *, child: str = "child_id") -> Q:
    """Return the overlays: rows whose `child` is in conflict with the actor, or sealed without naming them."""
    conflicts = Conflict.objects.filter(user_id=actor.user_id, ended_at=None).values("child_id")
    named = Named.objects.filter(ended_at=None)
    mine = named.filter(user_id=actor.user_id).values("child_id")
    sealed = named.exclude(child_id__in=mine).values("child_id")
    # A sealed record obeys its own seal; one without is seen by those named on any of the child's other records.
    besides = _of_the_same_child(sealed).exclude(record_id__in=named.values("child_id"))
    besides = besides.exclude(record_id__in=_of_the_same_child(mine).values("record_id"))
    found = (conflicts, _of_the_same_child(conflicts).values("record_id"), sealed, besides.values("record_id"))
    return reduce(or_, (Q(**{f"{child}__in": rows}) for rows in found))


def about_child(child_id: Any, *, column: str = "child_id") -> Q:
    """Return the rows, by `column`, about a child in any of its records; an id or an OuterRef."""
    joined = SameChild.objects.filter(record_id=child_id).values("stands_for_id")
    records = SameChild.objects.filter(stands_for_id__in=joined).values("record_id")
    return Q(**{column: child_id}) | Q(**{f"{column}__in": records})


def _of_the_same_child(child_ids: "QuerySet[Any, Any]") -> "QuerySet[SameChild]":
    """Return every record that was joined with one of these, themselves included."""
    joined = SameChild.objects.filter(record_id__in=child_ids).values("stands_for_id")
    return SameChild.objects.filter(stands_for_id__in=joined)


def people_behind(parent_id: UUID) -> list[tuple[UUID, UUID]]:
    """Return (root, person) for everybody who made a referral that led to this case."""
    answered = Link.objects.filter(parent_id=parent_id).values("root_id")
    made = Involvement.objects.filter(root_id__in=answered, relation=Relation.CREATOR)
    rows = made.order_by("root_id", "user_id").values_list("root_id", "user_id").distinct()
    return [(root_id, user_id) for root_id, user_id in rows if user_id is not None]
