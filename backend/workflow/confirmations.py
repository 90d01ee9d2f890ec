"""Asking a second person: the record keeps its state until another one agrees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.audit.models import Event
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.deadlines import commands as deadlines
from backend.deadlines.calendar import in_words
from backend.notifications import commands as notifications
from backend.notifications.audience import AgencyRoles, Audience, Person
from backend.workflow.changing import Change, root_of
from backend.workflow.models import Confirmation

if TYPE_CHECKING:
    from backend.workflow.machine import Machine

# Every machine by its noun, so that a confirmation finds the edge it waits for. Filled as machines are made.
machines: dict[str, Machine[Any]] = {}
CLOCK = "confirmation"
Given = Mapping[str, Any]


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
    event = record(actor, "confirmation.ask", waiting, root_id=change.root_id, child_id=change.child_id)
    answer = deadlines.start(
        CLOCK,
        root_id=change.root_id,
        child_id=change.child_id,
        owner_agency_id=actor.agency_id,
        partnership_id=change.target.partnership_id,
    )
    managers = AgencyRoles(actor.agency_id, (Role.MANAGER.value,))
    _tell(actor, waiting, event, change.target, message="confirmation_asked", audience=managers, due_at=answer.due_at)
    return waiting


def confirm(
    actor: Actor, pk: UUID, *, given: Given | Callable[[Confirmation], Given], version: int | None = None
) -> Any:
    """Agree, as a second person, and take the edge with the first person's input; return the record it belongs to.

    `given` is that input, or what reads it from the question once the actor may answer. `version` is the question's;
    None only where nobody has seen it on a screen. Raises NotFound, Forbidden, Conflict `stale` or `wrong_state`.
    """
    waiting = _to_answer(actor, pk, version)
    machine = machines[waiting.noun]
    read = given(waiting) if callable(given) else given
    target = machine.perform(actor, waiting.edge, waiting.target_id, version=None, given=read, confirmation=waiting)
    locked = _lock_open(pk)
    locked.confirm(actor)
    _close(actor, locked, target, "confirm", message="confirmation_confirmed")
    return target


def refuse(actor: Actor, pk: UUID, *, reason: str, version: int | None = None) -> Confirmation:
    """Disagree, as a second person, with a reason; the record stays as it is. Raises as `confirm` does."""
    waiting, target = _lock(_to_answer(actor, pk, version))
    waiting.refuse(actor, reason)
    return _close(actor, waiting, target, "refuse", message="confirmation_refused", reason=reason)


def withdraw(actor: Actor, pk: UUID, *, version: int | None = None) -> Confirmation:
    """Take back one's own question. Raises as `confirm` does."""
    waiting = _permitted(actor, pk)
    if waiting.asked_by_id != actor.user_id:
        raise Forbidden("Only the person who asked can withdraw this.")
    waiting, target = _lock(_unanswered(waiting, version))
    waiting.withdraw(actor)
    return _close(actor, waiting, target, "withdraw")


def withdraw_open(change: Change[Any]) -> None:
    """The record has moved on another way: a question still waiting about it no longer makes sense."""
    for waiting in Confirmation.objects.select_for_update(no_key=True).filter(
        target_id=change.target.id, state=Confirmation.ASKED
    ):
        if f"{waiting.noun}.{waiting.edge}" == change.verb:
            continue  # this is the edge it waited for: `confirm` closes it
        waiting.withdraw(change.actor)
        by_another = waiting.asked_by_id != change.actor.user_id
        message = "confirmation_overtaken" if by_another else ""
        _close(change.actor, waiting, change.target, "withdraw", message=message)


def _to_answer(actor: Actor, pk: UUID, version: int | None) -> Confirmation:
    """Return a question that the actor may answer as the second person, with the refusals in the order of an edge."""
    waiting = _permitted(actor, pk)
    if waiting.asked_by_id == actor.user_id:
        raise Forbidden("You asked for this: another person has to agree.")
    return _unanswered(waiting, version)


def _permitted(actor: Actor, pk: UUID) -> Confirmation:
    waiting = Confirmation.objects.filter(pk=pk).first()
    if waiting is None:
        raise NotFound
    permission = machines[waiting.noun].edges[waiting.edge].permission
    policy.require(actor, permission, queries.relations_to(actor, waiting.root_id))
    return waiting


def _unanswered(waiting: Confirmation, version: int | None) -> Confirmation:
    if version not in (None, waiting.version):
        sentence = "Somebody has answered this since you opened it."
        raise Conflict(sentence, code="stale", version=waiting.version, changed=[])
    if waiting.state != Confirmation.ASKED:
        raise _answered(waiting)
    return waiting


def _answered(waiting: Confirmation) -> Conflict:
    label = Confirmation.LABELS[waiting.state].lower()
    return Conflict(f"This has been answered already: {label}.", code="wrong_state")


def _lock(waiting: Confirmation) -> tuple[Confirmation, Any]:
    """Lock the record before its part, so that this and an edge never wait for each other; return both."""
    model = machines[waiting.noun].model
    target = model.objects.select_for_update(of=("self",), no_key=True).filter(pk=waiting.target_id).first()
    if target is None:
        raise NotFound
    return _lock_open(waiting.pk), target


def _lock_open(pk: UUID) -> Confirmation:
    locked = Confirmation.objects.select_for_update(no_key=True).get(pk=pk)
    if locked.state != Confirmation.ASKED:
        raise _answered(locked)
    return locked


def _close(
    actor: Actor, waiting: Confirmation, target: Any, answer: str, *, message: str = "", reason: str = ""
) -> Confirmation:
    """Record the answer, meet the clock, and tell whoever asked."""
    verb = f"confirmation.{answer}"
    event = record(actor, verb, waiting, root_id=root_of(waiting), child_id=waiting.child_id, reason=reason)
    deadlines.meet(waiting.root_id, (CLOCK,))
    if message:
        _tell(actor, waiting, event, target, message=message, audience=Person(waiting.asked_by_id))
    return waiting


def _tell(
    actor: Actor,
    waiting: Confirmation,
    event: Event,
    target: Any,
    *,
    message: str,
    audience: Audience,
    due_at: datetime | None = None,
) -> None:
    machine = machines[waiting.noun]
    notifications.tell(
        event_id=event.id,
        root_id=waiting.root_id,
        audience=audience,
        message=message,
        fields={
            "reference": machine.fields(target)["reference"],
            "edge": machine.edges[waiting.edge].label.lower(),
            "person": actor.name,
            "due": in_words(due_at) if due_at else "",
        },
        path=machine.path(target) if due_at is None else f"/confirmations/{waiting.id}",
    )
