"""Asking a second person: the record keeps its state until another one agrees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.audit.commands import record
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.deadlines import commands as deadlines
from backend.workflow.changing import Change, root_of
from backend.workflow.models import Confirmation

if TYPE_CHECKING:
    from backend.workflow.machine import Machine

# Every machine by its noun, so that a confirmation finds the edge it waits for. Filled as machines are made.
machines: dict[str, Machine[Any]] = {}
CLOCK = "confirmation"


def ask(change: Change[Any], *, noun: str, edge: str, why: str, given: Mapping[str, Any]) -> Confirmation:
    """Write the question to a second person and start its clock; raise Conflict when one is already waiting."""
    actor = change.actor
    if Confirmation.objects.filter(target_id=change.target.id, state=Confirmation.ASKED).exists():
        raise Conflict("A second person is already being asked about this.", code="not_ready")
    if actor.is_system:
        raise Forbidden("Only a person can ask a second person.")
    waiting = Confirmation(
        root_id=change.root_id,
        child_id=change.child_id,
        noun=noun,
        edge=edge,
        target_id=change.target.id,
        agency_id=actor.agency_id,
        why=why,
        given=dict(given),
        asked_by_id=actor.user_id,
        asked_by_name=actor.name,
    )
    record(actor, "confirmation.ask", waiting, root_id=change.root_id, child_id=change.child_id)
    deadlines.start(
        CLOCK,
        root_id=change.root_id,
        child_id=change.child_id,
        owner_agency_id=actor.agency_id,
        partnership_id=change.target.partnership_id,
    )
    return waiting


def confirm(actor: Actor, pk: UUID, *, given: Mapping[str, Any]) -> Any:
    """Agree, as a second person, and take the edge with the first person's input; return the record it belongs to."""
    waiting = _open(actor, pk)
    machine = machines[waiting.noun]
    _require_another(actor, waiting)
    target = machine.perform(actor, waiting.edge, waiting.target_id, version=None, given=given, confirmation=waiting)
    locked = Confirmation.objects.select_for_update(no_key=True).get(pk=pk)
    if locked.state != Confirmation.ASKED:
        raise Conflict("This has been answered already.", code="wrong_state")
    locked.confirm(actor)
    _close(actor, locked, "confirmation.confirm")
    return target


def refuse(actor: Actor, pk: UUID, *, reason: str) -> Confirmation:
    """Disagree, as a second person, with a reason; the record stays as it is."""
    waiting = _lock(actor, pk)
    _require_another(actor, waiting)
    waiting.refuse(actor, reason)
    return _close(actor, waiting, "confirmation.refuse", reason=reason)


def withdraw(actor: Actor, pk: UUID) -> Confirmation:
    """Take back one's own question."""
    waiting = _lock(actor, pk)
    if waiting.asked_by_id != actor.user_id:
        raise Forbidden("Only the person who asked can withdraw this.")
    waiting.withdraw(actor)
    return _close(actor, waiting, "confirmation.withdraw")


def withdraw_open(change: Change[Any]) -> None:
    """The record has moved on another way: a question still waiting about it no longer makes sense."""
    for waiting in Confirmation.objects.select_for_update(no_key=True).filter(
        target_id=change.target.id, state=Confirmation.ASKED
    ):
        if f"{waiting.noun}.{waiting.edge}" == change.verb:
            continue  # this is the edge it waited for: `confirm` closes it
        waiting.withdraw(change.actor)
        _close(change.actor, waiting, "confirmation.withdraw")


def _open(actor: Actor, pk: UUID) -> Confirmation:
    waiting = Confirmation.objects.filter(pk=pk).first()
    if waiting is None:
        raise NotFound
    permission = machines[waiting.noun].edges[waiting.edge].permission
    policy.require(actor, permission, queries.relations_to(actor, waiting.root_id))
    if waiting.state != Confirmation.ASKED:
        raise Conflict(
            f"This has been answered already: {Confirmation.LABELS[waiting.state].lower()}.", code="wrong_state"
        )
    return waiting


def _lock(actor: Actor, pk: UUID) -> Confirmation:
    """Lock the record before its part, so that this and an edge never wait for each other."""
    waiting = _open(actor, pk)
    model = machines[waiting.noun].model
    model.objects.select_for_update(of=("self",), no_key=True).filter(pk=waiting.target_id).first()
    locked = Confirmation.objects.select_for_update(no_key=True).get(pk=pk)
    if locked.state != Confirmation.ASKED:
        raise Conflict("This has been answered already.", code="wrong_state")
    return locked


def _require_another(actor: Actor, waiting: Confirmation) -> None:
    if waiting.asked_by_id == actor.user_id:
        raise Forbidden("You asked for this: another person has to agree.")


def _close(actor: Actor, waiting: Confirmation, verb: str, *, reason: str = "") -> Confirmation:
    record(actor, verb, waiting, root_id=root_of(waiting), child_id=waiting.child_id, reason=reason)
    deadlines.meet(waiting.root_id, (CLOCK,))
    return waiting
