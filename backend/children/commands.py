"""What writes children: recording one, and saying that two records are the same child or are not."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from backend.access import once
from backend.access.actors import Actor
from backend.agencies.models import Membership
from backend.audit.commands import record
from backend.children import queries
from backend.children.identifiers import tidy
from backend.children.models import Child, Death
from backend.children.names import name_key
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.core.ids import uuid7

_NUMBERS = ("nhs_number", "upn")


def record_child(actor: Actor, values: Mapping[str, Any], *, recorded_as: Membership | None = None) -> Child:
    """Write down a child as the actor describes it; `values` are fields of Child.

    `recorded_as` says in whose name the system writes. Raises Forbidden for the system in nobody's name.
    """
    if actor.is_system and recorded_as is None:
        raise Forbidden("Only a person who works for an agency can record a child.")
    tidied = {name: tidy(values[name]) for name in _NUMBERS if values.get(name)}
    child = Child(
        **{
            **values,
            **tidied,
            "id": uuid7(),
            "partnership_id": recorded_as.agency.partnership_id if recorded_as else actor.partnership_id,
            "recorded_as_id": recorded_as.id if recorded_as else actor.membership_id,
            "recorded_by_agency_id": recorded_as.agency_id if recorded_as else actor.agency_id,
            "name_key": name_key(values["given_name"], values.get("family_name", "")),
        }
    )
    record(actor, "child.record", child, root_id=child.id, child_id=child.id)
    return child


def amend_child(actor: Actor, child_id: UUID, values: Mapping[str, Any]) -> Child:
    """Put right what a record says of a child; `values` are fields of Child. The history keeps what it said before."""
    child = in_hand(actor, child_id)
    put_right(child, values)
    record(actor, "child.amend", child, root_id=child.id, child_id=child.id)
    return child


def put_right(child: Child, values: Mapping[str, Any]) -> None:
    """Let a record say what `values` say, fields of Child, and keep in step what finds it by its name."""
    for name, value in values.items():
        setattr(child, name, tidy(value) if name in _NUMBERS else value)
    child.name_key = name_key(child.given_name, child.family_name)


def same_child(actor: Actor, child_id: UUID, existing_id: UUID) -> Child:
    """Say that this record is of a child we know; every row stays where it is, only `canonical` is set.

    The known child must be one that `likely_children` offers the actor. Called under the lock of the referral that
    is being decided. Raises NotFound, or Conflict when it was not offered.
    """
    child = in_hand(actor, child_id)
    if child.canonical_id is not None and child.canonical_id == existing_id:
        return child
    if existing_id not in {likely.id for likely in queries.likely_children(child_id)}:
        raise Conflict("This child is not among those who may be the same. Look at the list again.", code="not_ready")
    child.canonical_id = existing_id
    once.forget(queries.LIKELY)
    record(actor, "child.same_as", child, root_id=child.id, child_id=child.id, data={"canonical_id": str(existing_id)})
    return child


def separate_child(actor: Actor, child_id: UUID, *, reason: str) -> Child:
    """Undo `same_child`: the record stands for a child of its own again. Raises Conflict when it already does."""
    child = in_hand(actor, child_id)
    if child.canonical_id is None:
        raise Conflict("This record is not joined to another child.", code="wrong_state")
    former, child.canonical_id = child.canonical_id, None
    once.forget(queries.LIKELY)
    record(
        actor,
        "child.same_as.undo",
        child,
        root_id=child.id,
        child_id=child.id,
        reason=reason,
        data={"canonical_id": str(former)},
    )
    return child


def record_death(actor: Actor, root_id: UUID, child_id: UUID, values: Mapping[str, Any]) -> Death:
    """Write down that a child has died: `values` are fields of Death, the first person's among them.

    Called by the second person, under the lock of the record at `root_id`. The database stops every clock about the
    child, and names who may see its records from then on.
    """
    death = Death(
        **{
            **values,
            "id": uuid7(),
            "root_id": root_id,
            "child_id": child_id,
            "recorded_by_id": actor.user_id,
            "recorded_by_name": actor.name,
        }
    )
    record(actor, "death.record", death, root_id=root_id, child_id=child_id, data={"how_known": death.how_known})
    note_death(actor, child_id, died_on=death.died_on)
    return death


def take_back_death(actor: Actor, death: Death, *, reason: str) -> None:
    """Say that it was recorded in error: clocks run on, and the records open again to whoever saw them before."""
    death.taken_back_at, death.taken_back_reason = clock.now(), reason
    note_death(actor, death.child_id, died_on=None)
    record(actor, "death.take_back", death, root_id=death.root_id, child_id=death.child_id, reason=reason)


def note_death(actor: Actor, child_id: UUID, *, died_on: date | None) -> None:
    """Keep the day in one record of the child, or take it out of it."""
    child = in_hand(actor, child_id)
    if child.died_on != died_on:
        child.died_on = died_on
        record(actor, "child.note_death", child, root_id=child.id, child_id=child.id)


def in_hand(actor: Actor, child_id: UUID) -> Child:
    """Lock the record of a child and return it; raise NotFound for whoever may not know who it is."""
    child = queries.visible_to(actor).select_for_update(of=("self",), no_key=True).filter(pk=child_id).first()
    if child is None:
        raise NotFound
    return child
