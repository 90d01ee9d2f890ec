"""Reads of children: who is visible to whom, and which known children a new record may be."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Q, QuerySet, UUIDField, Value
from django.db.models.functions import JSONObject

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.compiled import read
from backend.access.once import once
from backend.children.models import Child, Death, SafetyAlert
from backend.core.among import among


@dataclass(frozen=True, slots=True)
class ComparedFact:
    """One fact as the record in hand says it and as the other one does; `how` is same, near, different or unknown."""

    name: str
    label: str
    here: str
    there: str
    how: str


@dataclass(frozen=True, slots=True)
class LikelyChild:
    """A child we know who may be the one a referral is about, with what speaks for it and against, in words."""

    id: UUID
    given_name: str
    family_name: str
    date_of_birth: date | None
    expected_date: date | None
    why: tuple[str, ...]
    # How sure that is, as a band in words: people never decide by a number.
    strength: str = ""
    # Side by side; nothing of a record that the actor does not see by itself.
    compared: tuple[ComparedFact, ...] = ()
    # Somebody compared the two before and said that they are not one child.
    is_set_aside: bool = False
    # Another agency's: nothing is said but that it is involved, until it has answered a question about the child.
    is_hidden: bool = False


# Finding is weighing, which stands on a rung above: it registers itself in ready().
Finder = Callable[[UUID], list[LikelyChild]]
_finders: list[Finder] = []
LIKELY = "likely children"
_IN_LINES = ("given_name", "family_name", "date_of_birth", "expected_date", "pregnancy_ended_on")


def register_finder(finder: Finder) -> None:
    """Say what finds the known children who may be a record's; called in ready() of the app that weighs them."""
    _finders[:] = [finder]


def visible_to(actor: Actor) -> QuerySet[Child]:
    """Return the children whose identity the actor may see: recorded by them, or known through a referral or case."""
    if actor.is_system:
        return Child.objects.all()
    sees = policy.relations_that(policy.SEES_CHILD, actor.role)
    own = Q(recorded_as_id=actor.membership_id)
    return Child.objects.filter(own | queries.reached_about(actor, sees)).exclude(queries.barred(actor, child="id"))


def likely_children(child_id: UUID) -> list[LikelyChild]:
    """Return the known children who may be this one and whom the actor may be told about, the likeliest first."""
    return [child for child in found_likely(child_id) if not child.is_hidden]


def found_likely(child_id: UUID) -> list[LikelyChild]:
    """Return at most ten children who may be this one, those included of whom the actor may only know that they exist.

    None unless the actor holds a referral about it: the database decides who may ask (app.may_match), because the
    answer reaches past what the actor sees otherwise.
    """
    (finder,) = _finders
    return once((LIKELY, child_id), lambda: finder(child_id))


def canonical_of(child_id: UUID) -> UUID:
    """Return the record that stands for this child; itself where only one was made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.canonical_child(%s)", [child_id])
        found: UUID | None = cursor.fetchone()[0]
    return found or child_id


def named(child_ids: Collection[UUID]) -> dict[UUID | None, Child]:
    """Return those of these children whom the reader may see, with no more of each than a line of a list says."""
    return {child.id: child for child in read(_named, ids=list(child_ids))} if child_ids else {}


def _named(*, ids: list[UUID]) -> QuerySet[Child]:
    asked = among("id", Value(ids, output_field=ArrayField(UUIDField())))
    return Child.objects.filter(asked).only(*_IN_LINES)


def alerts_about(child_id: UUID) -> list[SafetyAlert]:
    """Return what a person who visits must know first, said in any record of the child, the latest first."""
    return list(_in_force(child_id))


def alerts_of_each() -> QuerySet[SafetyAlert]:
    """Return what a visitor must know about each row of an outer query that has a `child_id`, due first at the top."""
    return SafetyAlert.objects.filter(queries.about_child_of_row(), ended_at=None).order_by("review_on", "id")


def with_alerts(child_id: UUID) -> tuple[Child | None, list[SafetyAlert]]:
    """Return a child and what `alerts_about` returns, in one statement; nothing where the reader may not see it."""
    columns = {name: name for name in ("id", "codes", "note", "disclosure", "review_on")}
    said = _in_force(child_id).values(one=JSONObject(**columns))
    found = Child.objects.filter(pk=child_id).annotate(alerts=ArraySubquery(said))
    child = found.first()
    return child, [_alert(row) for row in child.alerts] if child else []


def _in_force(child_id: UUID) -> QuerySet[SafetyAlert]:
    about = queries.about_child(child_id)
    return SafetyAlert.objects.filter(about, ended_at=None).order_by("-recorded_at", "id")


def _alert(row: Mapping[str, Any]) -> SafetyAlert:
    return SafetyAlert(**{**row, "id": UUID(row["id"]), "review_on": date.fromisoformat(row["review_on"])})


def born_on(child_id: UUID) -> date | None:
    """Return the day a child was born, where the reader may see the child and somebody knows it."""
    return Child.objects.filter(pk=child_id).values_list("date_of_birth", flat=True).first()


def deaths_of(child_id: UUID) -> QuerySet[Death]:
    """Return what stands recorded of a child's death, by any of its records: one at the most, none taken back."""
    return Death.objects.filter(queries.about_child(child_id), taken_back_at=None)
