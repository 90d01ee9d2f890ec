"""`record()`: the one writer of tracked records. A write without an event, an actor and a history row is impossible."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Model

from backend.access.actors import Actor
from backend.audit.history import row_of
from backend.audit.inserting import insert_together
from backend.audit.models import Event
from backend.core import clock
from backend.core.ids import uuid7
from backend.core.models import Versioned

# Rows of untracked tables that belong to a change, such as what it tells: written with its event, in one statement.
Beside = Callable[[Event], Sequence[Model]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One of several records of a table that one act makes or changes, with what its own event says."""

    target: Versioned
    data: Mapping[str, Any] = field(default_factory=dict)
    from_state: str = ""
    beside: Beside | None = None


@dataclass(frozen=True, slots=True)
class Also:
    """Another record that is there already and that the same act changes, with an event of its own verb."""

    verb: str
    target: Versioned
    root_id: UUID
    child_id: UUID | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    beside: Beside | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What was saved, with the event that says why: still to be written with the history row."""

    entry: Entry
    event: Event
    is_new: bool


def record(
    actor: Actor,
    verb: str,
    target: Versioned,
    *,
    root_id: UUID,
    child_id: UUID | None = None,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    from_state: str = "",
    corrects_id: UUID | None = None,
    beside: Beside | None = None,
    also: Sequence[Kept] = (),
) -> Event:
    """Save `target` with its history row and write the event that says why, in the caller's transaction.

    `verb` is `<noun>.<edge or act>`; `data` holds ids and codes only, never a child's words. The version rises by one.
    Returns the event; raises what saving raises. Two statements: what is now, and what is kept of it for ever, with
    the rows that stand `beside` the event, and what is kept of records that `also` changed.
    """
    entry = Entry(target, data or {}, from_state, beside)
    event = _event(actor, verb, entry, root_id=root_id, child_id=child_id, reason=reason, corrects_id=corrects_id)
    is_new = target._state.adding
    _save(target)
    _keep([Kept(entry, event, is_new), *also])
    return event


def save_ahead(actor: Actor, also: Sequence[Also]) -> list[Kept]:
    """Save records that an act changes before its own, in a statement a table; `record` then keeps what is returned.

    For whoever may change them only until the record itself has changed, such as an agency that gives it back.
    """
    entries = [Entry(one.target, one.data, beside=one.beside) for one in also]
    kept = [
        Kept(entry, _event(actor, one.verb, entry, root_id=one.root_id, child_id=one.child_id), is_new=False)
        for entry, one in zip(entries, also, strict=True)
    ]
    targets = sorted((one.target for one in also), key=_table)
    for _name, same in groupby(targets, key=_table):
        _save_all(list(same), are_new=False)
    return kept


def record_all(
    actor: Actor,
    verb: str,
    entries: Sequence[Entry],
    *,
    root_id: UUID,
    child_id: UUID | None = None,
) -> list[Event]:
    """Record several records of one table and root as `record` does one, in two statements whatever their number.

    They are all new, or none is. Returns an event for each, in their order.
    """
    if not entries:
        return []
    events = [_event(actor, verb, entry, root_id=root_id, child_id=child_id) for entry in entries]
    are_new = entries[0].target._state.adding
    _save_all([entry.target for entry in entries], are_new=are_new)
    _keep([Kept(entry, event, are_new) for entry, event in zip(entries, events, strict=True)])
    return events


def _event(
    actor: Actor,
    verb: str,
    entry: Entry,
    *,
    root_id: UUID,
    child_id: UUID | None,
    reason: str = "",
    corrects_id: UUID | None = None,
) -> Event:
    return Event(
        id=uuid7(),
        root_id=root_id,
        child_id=child_id,
        verb=verb,
        at=clock.now(),
        version=entry.target.version + 1,
        from_state=entry.from_state,
        to_state=getattr(entry.target, "state", "") or "",
        reason=reason,
        data=dict(entry.data),
        corrects_id=corrects_id,
        mark=getattr(entry.target, "mark", ""),
        **who(actor),
    )


def _keep(recorded: Sequence[Kept]) -> None:
    rows: list[Model] = [row_of(one.entry.target, one.event, is_new=one.is_new) for one in recorded]
    rows += [row for one in recorded if one.entry.beside for row in one.entry.beside(one.event)]
    rows.sort(key=_table)
    insert_together([one.event for one in recorded], *(list(same) for _name, same in groupby(rows, key=_table)))


def _table(row: Model) -> str:
    return row._meta.db_table


def who(actor: Actor) -> dict[str, Any]:
    """Return the columns of an event that say who acted; the system has no ids."""
    is_person = not actor.is_system
    return {
        "actor_user_id": actor.user_id if is_person else None,
        "actor_membership_id": actor.membership_id if is_person else None,
        "actor_agency_id": actor.agency_id if is_person else None,
        "actor_name": actor.name,
        "agency_name": actor.agency_name,
        "role": actor.role.value,
    }


def _save(target: Versioned) -> None:
    target.version += 1
    # Read by django-simple-history, whose row of its own would know no event; no type declares it.
    target.skip_history_when_saving = True  # type: ignore[attr-defined]
    try:
        target.save(force_insert=target._state.adding, force_update=not target._state.adding)
    finally:
        del target.skip_history_when_saving  # type: ignore[attr-defined]


def _save_all(targets: Sequence[Versioned], *, are_new: bool) -> None:
    if len(targets) == 1:
        _save(targets[0])
        return
    for target in targets:
        target.version += 1
    table = type(targets[0])._default_manager
    if are_new:
        table.bulk_create(targets)
    else:
        table.bulk_update(
            targets, [column.name for column in targets[0]._meta.concrete_fields if not column.primary_key]
        )
