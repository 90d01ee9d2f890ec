"""Reads of the projection: an actor's relations to a page of roots, and the roots somebody sees by a rare relation."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, Func, OuterRef, Q, QuerySet, UUIDField, Value

from backend.access.actors import Actor
from backend.access.compiled import compiled_once, read
from backend.access.marks import READS, Mark, reading_relations
from backend.access.models import Conflict, Involvement, Link, Named, SameChild
from backend.access.relations import BY_AGENCY, BY_PERSON, BY_TEAM, REACH_LINKED, Relation
from backend.core import clock
from backend.core.among import among, found_in


def _mine(
    relations: Collection[Relation],
    *,
    user_id: UUID,
    agency_id: UUID,
    team_id: UUID | None,
    moment: datetime,
    pinned: datetime | None,
) -> Q:
    """Rows that speak of this actor now; a person's row counts only in the agency it was made for.

    What begins does so by the database's clock, of which this machine's may be behind.
    """
    begun = clock.begun_by(pinned)
    persons = Q(user_id=user_id, agency_id=agency_id, relation__in=_within(relations, BY_PERSON))
    formers = Q(user_id=None, agency_id=agency_id, relation__in=_within(relations, [Relation.FORMER]))
    agencies = Q(agency_id=agency_id, relation__in=_within(relations, BY_AGENCY))
    teams = Q(team_id=team_id, relation__in=_within(relations, BY_TEAM)) if team_id else Q(pk__in=[])
    return (persons | formers | agencies | teams) & Q(starts_at__lte=begun) & (Q(ends_at=None) | Q(ends_at__gt=moment))


def _within(relations: Collection[Relation], kind: Iterable[Relation]) -> list[Relation]:
    return [relation for relation in kind if relation in relations]


def _now(actor: Actor) -> dict[str, Any]:
    """What `_mine` asks of an actor."""
    return {
        "user_id": actor.user_id,
        "agency_id": actor.agency_id,
        "team_id": actor.team_id,
        "moment": clock.now(),
        "pinned": clock.pinned(),
    }


def relations(actor: Actor, root_ids: Iterable[UUID]) -> Mapping[UUID, frozenset[Relation]]:
    """Return the actor's relations to each root, for a whole page at once; none at all is the empty set."""
    ids = list(root_ids)
    found: dict[UUID, set[Relation]] = defaultdict(set)
    if actor.is_system or not ids:
        return defaultdict(frozenset)
    for root_id, relation, reached in read(_relations, ids=ids, **_now(actor)):
        found[root_id].add(Relation(relation))
        if relation in REACH_LINKED:
            for linked in reached:
                found[linked].add(Relation(relation))
    return defaultdict(frozenset, {root_id: frozenset(names) for root_id, names in found.items()})


def _relations(*, ids: list[UUID], **now: Any) -> "QuerySet[Involvement, Any]":
    known = Value(ids, output_field=ArrayField(UUIDField()))
    asked = Link.objects.filter(among("root_id", known))
    # One list of roots and of what they belong to: with OR between the two the whole table would be read.
    every = Func(known, ArraySubquery(asked.values("parent_id")), function="array_cat")
    rows = Involvement.objects.filter(_mine(list(Relation), **now), among("root_id", every)).annotate(
        reached=ArraySubquery(asked.filter(parent_id=OuterRef("root_id")).values("root_id"))
    )
    return rows.values_list("root_id", "relation", "reached")


def relations_to(actor: Actor, root_id: UUID) -> frozenset[Relation]:
    """Return the actor's relations to one root."""
    return relations(actor, [root_id])[root_id]


def reached(actor: Actor, sees: Collection[Relation], *, by: str = "root_id") -> Q:
    """Return the rows whose `by` is a root that the actor sees through one of `sees`.

    Asked of each row: what an agency, a team or a person has had to do with is as long a list as their past.
    """
    return found_in(by, compiled_once(_rows_of, frozenset(sees), "root_id", **_now(actor)))


def reached_about(actor: Actor, sees: Collection[Relation], *, by: str = "id") -> Q:
    """Return the rows whose `by` is a child of whom the actor sees a root through one of `sees`."""
    return found_in(by, compiled_once(_rows_of, frozenset(sees), "child_id", **_now(actor)))


def reached_by_link(actor: Actor, sees: Collection[Relation], *, by: str = "id") -> Q:
    """Return the rows whose `by` is a root (a referral) of a case that the actor leads, works on or covers."""
    return found_in(by, compiled_once(_reached_by, frozenset(sees) & frozenset(REACH_LINKED), **_now(actor)))


def marked(actor: Actor) -> Q:
    """Return the rows that the actor reads by their mark: those without one, and others by a relation to the root."""
    if actor.is_system:
        return Q()
    found = Q(mark=Mark.NONE)
    for mark in READS:
        through = reading_relations(actor, mark)
        if through:
            found |= Q(mark=mark) & reached(actor, through)
    return found


def barred(actor: Actor, *, child: str = "child_id") -> Q:
    """Return the overlays: rows whose `child` is in conflict with the actor, or sealed without naming them.

    They are few, and known as an array before the rows are read. Of four lists to be looked through the database
    expected that each leaves half of the rows, and of a page it then read and sorted the whole list.
    """
    keys = Func(compiled_once(_barred, user_id=actor.user_id), template="ARRAY(%(expressions)s)")
    return Q(**{f"{child}__isnull": False}) & among(child, keys)


def _rows_of(relations: frozenset[Relation], column: str, **now: Any) -> "QuerySet[Involvement, Any]":
    return Involvement.objects.filter(_mine(relations, **now)).values_list(column, flat=True)


def _reached_by(relations: frozenset[Relation], **now: Any) -> "QuerySet[Link, Any]":
    return Link.objects.filter(parent_id__in=_rows_of(relations, "root_id", **now)).values_list("root_id", flat=True)


def _in_conflict(*, user_id: UUID) -> "QuerySet[Any, Any]":
    return Conflict.objects.filter(user_id=user_id, ended_at=None).values("child_id")


def _joined_with_one_in_conflict(*, user_id: UUID) -> "QuerySet[Any, Any]":
    return _of_the_same_child(_in_conflict(user_id=user_id)).values("record_id")


def _named(**whom: UUID) -> "QuerySet[Any, Any]":
    return Named.objects.filter(ended_at=None, **whom).values("child_id")


def _sealed(*, user_id: UUID) -> "QuerySet[Any, Any]":
    return _named().exclude(child_id__in=_named(user_id=user_id))


def _joined_with_one_sealed(*, user_id: UUID) -> "QuerySet[Any, Any]":
    """A sealed record obeys its own seal; one without is seen by those named on any of the child's other records."""
    besides = _of_the_same_child(_sealed(user_id=user_id)).exclude(record_id__in=_named())
    mine = _of_the_same_child(_named(user_id=user_id))
    return besides.exclude(record_id__in=mine.values("record_id")).values("record_id")


def _barred(*, user_id: UUID) -> "QuerySet[Any, Any]":
    others = (_joined_with_one_in_conflict, _sealed, _joined_with_one_sealed)
    return _in_conflict(user_id=user_id).union(*(rows(user_id=user_id) for rows in others))


def about_child(child_id: Any, *, column: str = "child_id") -> Q:
    """Return the rows, by `column`, about a child in any of its records."""
    return _among_records(column, Value(child_id, UUIDField()), child_id)


def about_child_of_row() -> Q:
    """Return the rows about the child of each row of an outer query that has a `child_id`."""
    return _among_records("child_id", OuterRef("child_id"), OuterRef(OuterRef(OuterRef("child_id"))))


def _among_records(column: str, child: Any, child_two_below: Any) -> Q:
    joined = SameChild.objects.filter(record_id=child_two_below).values("stands_for_id")
    others = ArraySubquery(SameChild.objects.filter(stands_for_id__in=joined).values("record_id"))
    records = Func(others, child, function="array_append", output_field=ArrayField(UUIDField()))
    return among(column, records)


def may_know(child_id: Any) -> Q:
    """Return those rows of memberships whose person may know of a child: no conflict, and named where it is sealed."""
    about = about_child(child_id)
    named = Named.objects.filter(about, ended_at=None)
    in_conflict = Conflict.objects.filter(about, ended_at=None)
    return ~Q(user_id__in=in_conflict.values("user_id")) & (~Exists(named) | Q(user_id__in=named.values("user_id")))


def named_on(child_id: Any) -> "QuerySet[Named]":
    """Return who is named on the seal of a child, in any of its records; nobody where it is not sealed."""
    return Named.objects.filter(about_child(child_id), ended_at=None)


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


def involved_with(child_id: UUID, wanted: Collection[Relation]) -> "QuerySet[Involvement]":
    """Return who stands in one of these relations to anything about a child now, by any of its records."""
    now = Q(starts_at__lte=clock.begun()) & (Q(ends_at=None) | Q(ends_at__gt=clock.now()))
    return Involvement.objects.filter(about_child(child_id), now, relation__in=set(wanted)).order_by("relation", "id")
