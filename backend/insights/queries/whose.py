"""For whom figures are counted: a person, who may not see everybody, or an agency, when its figures are kept."""

from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Model, Q, UUIDField, Value
from django.db.models.functions import Coalesce

from backend.access import queries as access
from backend.access.actors import NOBODY, Actor
from backend.agencies.roles import Role
from backend.core.among import among
from backend.deadlines.models import Deadline


@dataclass(frozen=True, slots=True)
class Counter(Actor):
    """Whoever counts what is about a few children for one agency: its manager, and nobody in person.

    What is kept holds also children whom some of its managers may not see; they are taken off when it is read.
    """

    children: tuple[UUID, ...] = ()


def counter_for(agency_id: UUID, children: tuple[UUID, ...]) -> Counter:
    """Return who counts what an agency has to do with some children."""
    return Counter(
        user_id=NOBODY,
        membership_id=NOBODY,
        role=Role.MANAGER,
        agency_id=agency_id,
        team_id=None,
        partnership_id=NOBODY,
        name="",
        agency_name="",
        children=children,
    )


def own_referrals(actor: Actor) -> Q:
    """Return the referrals that an agency has, sent or leads the case of: what any manager of it reads for good."""
    whose = ("holder_id", "referrer_agency_id", "lead_agency_id")
    return reduce(or_, (Q(**{column: actor.agency_id}) for column in whose))


def as_agency(actor: Actor) -> Actor:
    """Return the actor as any manager of the agency, without what they alone see."""
    return replace(actor, user_id=NOBODY, membership_id=NOBODY, team_id=None, role=Role.MANAGER)


def countable(actor: Actor, records: Any) -> Any:
    """Return those of some records that count: not of children barred to a person; of the children being counted."""
    if not isinstance(actor, Counter):
        return records.exclude(access.barred(actor))
    return records.filter(about(records.model, actor.children))


def about(model: type[Model], children: tuple[UUID, ...]) -> Q:
    """Return the rows of a table that are about some children; a clock about no child goes by its record."""
    records = Value(list(children), ArrayField(UUIDField()))
    own = among("child_id", records)
    return own | (Q(child_id=None) & among("root_id", records)) if model is Deadline else own


def child_of(model: type[Model]) -> Any:
    """Return by which child a row counts."""
    return Coalesce("child_id", "root_id") if model is Deadline else F("child_id")
