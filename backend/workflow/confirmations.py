"""Asking a second person: the record keeps its state until another one agrees."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.relations import Relation
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.audit.commands import Also, record
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.core.models import Versioned
from backend.deadlines import commands as deadlines
from backend.deadlines.calendar import in_words
from backend.notifications.audience import AgencyRoles, Audience, Person
from backend.notifications.commands import Notice, outbox_rows
from backend.workflow.changing import Change, root_of
from backend.workflow.models import Confirmation

if TYPE_CHECKING:
    from backend.workflow.machine import Machine

# Every machine by its noun, so that a confirmation finds the edge it waits for. Filled as machines are made.
machines: dict[str, Machine[Any]] = {}
CLOCK = "confirmation"
Given = Mapping[str, Any]
M = TypeVar("M", bound=Versioned)
_IS_ASKED = "is_asked_about"
_WAITING = "A second person is already being asked about this."
NOBODY_NAMED = (
    "We could not ask a second person, because this record is sealed and nobody else who could agree is named on it. "
    "Nobody else may know of it."
)


def ask(change: Change[Any], *, noun: str, edge: str, why: str, given: Mapping[str, Any]) -> Confirmation:
    """Write the question to a second person and start its clock; raise Conflict when one is already waiting."""
    actor = change.actor
    if getattr(change.target, _IS_ASKED):
        raise Conflict(_WAITING, code="not_ready")
    if actor.is_system:
        raise Forbidden("Only a person can ask a second person.")
    answered_by = machines[noun].answered_by
    agency_id = answered_by(change.target) if answered_by else actor.agency_id
    asked = _asked(machines[noun], change.target, agency_id, change.child_id)
    _somebody_can_agree(actor, asked, change.child_id)
    waiting = Confirmation(
        root_id=change.root_id,
        child_id=change.child_id,
        noun=noun,
        edge=edge,
        target_id=change.target.id,
        agency_id=agency_id,
        why=why,
        given=dict(given),
        asked_by_id=actor.user_id,
        asked_by_name=actor.name,
    )
    answer = deadlines.start(
        CLOCK,
        root_id=change.root_id,
        child_id=change.child_id,
        owner_agency_id=agency_id,
        partnership_id=change.target.partnership_id,
    )
    notices = [_notice(actor, waiting, change.target, "confirmation_asked", one, due_at=answer.due_at) for one in asked]
    _record(actor, "ask", waiting, notices)
    return waiting


def _asked(machine: Machine[Any], target: Any, agency_id: UUID, child_id: UUID | None) -> list[AgencyRoles]:
    """Return who may be the second person: managers of the agency, and information governance where it answers too."""
    managers = AgencyRoles(agency_id, (Role.MANAGER.value,), child_id)
    return [managers, *(machine.governed_by(target) if machine.governed_by else ())]


def ask_unread(change: Change[Any], *, noun: str, edge: str, why: str, given: Mapping[str, Any]) -> Confirmation:
    """Ask as `ask` does, about a record that the actor does not read, nor what others have asked about it."""
    setattr(change.target, _IS_ASKED, False)
    try:
        with transaction.atomic():
            return ask(change, noun=noun, edge=edge, why=why, given=given)
    except IntegrityError as error:
        raise Conflict(_WAITING, code="not_ready") from error


def _somebody_can_agree(actor: Actor, asked: Sequence[AgencyRoles], child_id: UUID | None) -> None:
    """Refuse to ask where the record is sealed and nobody else who could agree is named: they must not know of it."""
    if child_id is None or not queries.named_on(child_id).exists():
        return
    theirs = Q()
    for some in asked:
        theirs |= Q(agency_id=some.agency_id, role__in=some.roles)
    there = Membership.objects.filter(theirs, queries.may_know(child_id), ended_at=None, user__is_active=True)
    if not there.exclude(user_id=actor.user_id).exists():
        raise Conflict(NOBODY_NAMED, code="not_ready")


def confirm(
    actor: Actor, pk: UUID, *, given: Given | Callable[[Confirmation], Given], version: int | None = None
) -> Any:
    """Agree, as a second person, and take the edge with the first person's input; return the record it belongs to.

    `given` is that input, or what reads it from the question once the actor may answer. `version` is the question's;
    None only where nobody has seen it on a screen. Raises NotFound, Forbidden, Conflict `stale` or `wrong_state`.
    """
    waiting, relations = _to_answer(actor, pk, version)
    machine = machines[waiting.noun]
    read = given(waiting) if callable(given) else given
    target = machine.perform(
        actor, waiting.edge, waiting.target_id, version=None, given=read, confirmation=waiting, relations=relations
    )
    locked = _lock_open(pk)
    locked.confirm(actor)
    _close(actor, locked, target, "confirm", message="confirmation_confirmed")
    return target


def refuse(actor: Actor, pk: UUID, *, reason: str, version: int | None = None) -> Confirmation:
    """Disagree, as a second person, with a reason; the record stays as it is. Raises as `confirm` does."""
    waiting, target = _lock(actor, _to_answer(actor, pk, version)[0])
    waiting.refuse(actor, reason)
    return _close(actor, waiting, target, "refuse", message="confirmation_refused", reason=reason)


def withdraw(actor: Actor, pk: UUID, *, version: int | None = None) -> Confirmation:
    """Take back one's own question. Raises as `confirm` does."""
    waiting, _relations = _permitted(actor, pk)
    if waiting.looked_after_by_id != actor.user_id:
        raise Forbidden("Only the person who asked can withdraw this.")
    waiting, target = _lock(actor, _unanswered(waiting, version))
    waiting.withdraw(actor)
    return _close(actor, waiting, target, "withdraw")


def with_open(visible: QuerySet[M]) -> QuerySet[M]:
    """Annotate records with whether a question waits about them, so that most edges need not ask for it."""
    waiting = Confirmation.objects.filter(target_id=OuterRef("pk"), state=Confirmation.ASKED)
    annotated: QuerySet[M] = visible.annotate(**{_IS_ASKED: Exists(waiting)})
    return annotated


def withdraw_open(change: Change[Any]) -> None:
    """The record moves on another way: a question still waiting about it ends with the same change, and its clock."""
    # The one question that can be open about a record is the one this change confirms: `confirm` closes it.
    if change.confirmation is not None or not getattr(change.target, _IS_ASKED, False):
        return
    change.change_too(overtake(change.actor, waiting_about(change.target.id), change.target))


def waiting_about(target_id: UUID, **only: str) -> list[Confirmation]:
    """Return the question that waits about a record, locked; `only` one about an edge where that is said."""
    open_ones = Confirmation.objects.filter(target_id=target_id, state=Confirmation.ASKED, **only)
    return list(open_ones.select_for_update(no_key=True))


def overtake(actor: Actor, questions: Sequence[Confirmation], target: Any) -> list[Also]:
    """Take back what waits about `target`, for the act to record that has changed what was asked about."""
    for waiting in questions:
        waiting.withdraw(actor)
    return [_overtaken(actor, waiting, target) for waiting in questions]


def _overtaken(actor: Actor, waiting: Confirmation, target: Any) -> Also:
    notices = []
    if waiting.looked_after_by_id != actor.user_id:
        asker = Person(waiting.looked_after_by_id)
        notices = [_notice(actor, waiting, target, "confirmation_overtaken", asker)]
    root_id = root_of(waiting)
    return Also(
        "confirmation.withdraw",
        waiting,
        root_id,
        waiting.child_id,
        beside=lambda event: outbox_rows(notices, event_id=event.id, root_id=root_id),
    )


def _to_answer(actor: Actor, pk: UUID, version: int | None) -> tuple[Confirmation, frozenset[Relation]]:
    """Return a question that the actor may answer as the second person, with the refusals in the order of an edge."""
    waiting, relations = _permitted(actor, pk)
    if waiting.asked_by_id == actor.user_id:
        raise Forbidden("You asked for this: another person has to agree.")
    return _unanswered(waiting, version), relations


def _permitted(actor: Actor, pk: UUID) -> tuple[Confirmation, frozenset[Relation]]:
    waiting = Confirmation.objects.filter(pk=pk).first()
    if waiting is None:
        raise NotFound
    permission = machines[waiting.noun].edges[waiting.edge].permission
    relations = queries.relations_to(actor, waiting.root_id)
    policy.require(actor, permission, relations)
    return waiting, relations


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


def _lock(actor: Actor, waiting: Confirmation) -> tuple[Confirmation, Any]:
    """Lock the record before its part, so that this and an edge never wait for each other; return both."""
    machine = machines[waiting.noun]
    locked = machine.model.objects.select_for_update(of=("self",), no_key=True)
    target = locked.filter(pk=waiting.target_id).first() or machine.unread(actor, waiting.target_id)
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
    if answer != "confirm" or machines[waiting.noun].clock_root(target) != waiting.root_id:
        # Else the edge that was confirmed has met it with the record's own clocks.
        deadlines.meet(waiting.root_id, (CLOCK,))
    notices = [_notice(actor, waiting, target, message, Person(waiting.looked_after_by_id))] if message else []
    _record(actor, answer, waiting, notices, reason=reason)
    return waiting


def _record(actor: Actor, act: str, waiting: Confirmation, notices: Sequence[Notice], *, reason: str = "") -> None:
    root_id = root_of(waiting)
    record(
        actor,
        f"confirmation.{act}",
        waiting,
        root_id=root_id,
        child_id=waiting.child_id,
        reason=reason,
        beside=lambda event: outbox_rows(notices, event_id=event.id, root_id=root_id),
    )


def _notice(
    actor: Actor,
    waiting: Confirmation,
    target: Any,
    message: str,
    audience: Audience,
    *,
    due_at: datetime | None = None,
) -> Notice:
    machine = machines[waiting.noun]
    fields = {
        "reference": machine.fields(target)["reference"],
        "edge": machine.edges[waiting.edge].label.lower(),
        "person": actor.name,
        "due": in_words(due_at) if due_at else "",
    }
    path = machine.path(target) if due_at is None else f"/confirmations/{waiting.id}"
    return Notice(audience, message, fields, path)
