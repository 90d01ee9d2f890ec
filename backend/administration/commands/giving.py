"""Giving the tasks, actions and services that one person has in hand to others who work for the same agency."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.administration.commands.passing import locked, pass_action, pass_task
from backend.administration.queries import leavers
from backend.agencies.models import Membership
from backend.agencies.roles import AGENCY_ROLES
from backend.cases.models import Action, Task
from backend.cases.rules import Practitioner, problems_of
from backend.cases.text_fields import action_fields, task_fields
from backend.core.errors import Conflict, NotFound
from backend.interventions.commands import intervention_machine
from backend.notifications.audience import Person
from backend.notifications.commands import Notice, tell_all

_STALE = "Somebody has changed this since you opened it. Look at it again."


@dataclass(frozen=True, slots=True)
class Piece:
    """Who gets one piece of work, as it was when the choice was made."""

    kind: str
    id: UUID
    version: int
    to_id: UUID


@dataclass(frozen=True, slots=True)
class _Giving:
    """Whose work is given by whom, to which people of the agency."""

    actor: Actor
    user_id: UUID
    people: Mapping[UUID, Practitioner]
    places: Mapping[UUID, Membership]

    def find(self, pieces: Sequence[Piece], kind: str) -> dict[UUID, Any]:
        """Return the rows of one kind that are given, locked; raise NotFound when the person does not have one."""
        wanted = [piece.id for piece in pieces if piece.kind == kind]
        if not wanted:
            return {}
        rows = leavers.pieces(self.actor, self.user_id, kind).filter(id__in=wanted)
        found = {row.id: row for row in locked(rows)}
        if found.keys() != set(wanted):
            raise NotFound
        return found


def give(actor: Actor, user_id: UUID, pieces: Sequence[Piece]) -> list[str]:
    """Give each to who was chosen, and tell them; return a sentence for each that cannot go.

    Raises NotFound for what that person does not have. The caller gives up the whole when there is a sentence.
    """
    if not pieces:
        return []
    one = _Giving(actor, user_id, leavers.receivers(actor, user_id), _places(actor))
    problems: list[str] = []
    for kind, pass_on in _PASS.items():
        rows = one.find(pieces, kind)
        overlays = leavers.Overlays([row.child_id for row in rows.values()])
        for piece in (piece for piece in pieces if piece.kind == kind):
            row = rows[piece.id]
            person = one.people.get(piece.to_id)
            why_not = list(problems_of(overlays.of(person, row.child_id) if person else None))
            if row.version != piece.version:
                why_not.append(_STALE)
            if not why_not:
                why_not = pass_on(one, row, piece)
            problems += [f"{leavers.reference_of(row)}: {reason}" for reason in why_not]
    return problems


def _places(actor: Actor) -> dict[UUID, Membership]:
    """Return by which membership each person of the agency works with children; in one statement."""
    rows = Membership.objects.filter(
        agency_id=actor.agency_id, role__in=AGENCY_ROLES, ended_at=None, user__is_active=True
    )
    return {row.user_id: row for row in rows.select_related("user").order_by("-role", "id")}


def _task(one: _Giving, task: Task, piece: Piece) -> list[str]:
    pass_task(one.actor, task, one.places[piece.to_id])
    _tell(one, task, Notice(Person(piece.to_id), "task_given", task_fields(task), f"/tasks/{task.id}"))
    return []


def _action(one: _Giving, action: Action, piece: Piece) -> list[str]:
    pass_action(one.actor, action, one.places[piece.to_id])
    _tell(one, action, Notice(Person(piece.to_id), "action_given", action_fields(action), f"/actions/{action.id}"))
    return []


def _service(one: _Giving, _service: Any, piece: Piece) -> list[str]:
    """By its own edge, which asks once more and tells whoever gives it from now on."""
    given = {"worker_id": piece.to_id}
    try:
        intervention_machine.perform(one.actor, "name_worker", piece.id, version=piece.version, given=given)
    except Conflict as conflict:
        return list(conflict.reasons)
    return []


def _tell(one: _Giving, row: Task | Action, notice: Notice) -> None:
    """Whoever takes it themselves knows."""
    if notice.audience != Person(one.actor.user_id):
        tell_all([notice], event_id=None, root_id=row.root_id)


_PASS: Mapping[str, Callable[[_Giving, Any, Piece], list[str]]] = {
    leavers.TASK: _task,
    leavers.ACTION: _action,
    leavers.SERVICE: _service,
}
