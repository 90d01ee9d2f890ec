"""`record()`: the one writer of tracked records. A write without an event, an actor and a history row is impossible."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.audit.models import Event
from backend.core import clock
from backend.core.ids import uuid7
from backend.core.models import Versioned


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
) -> Event:
    """Save `target` with its history row and write the event that says why, in the caller's transaction.

    `verb` is `<noun>.<edge or act>`; `data` holds ids and codes only, never a child's words. The version rises by one.
    Returns the event; raises what saving raises.
    """
    event = Event(
        id=uuid7(),
        root_id=root_id,
        child_id=child_id,
        verb=verb,
        at=clock.now(),
        version=target.version + 1,
        from_state=from_state,
        to_state=getattr(target, "state", "") or "",
        reason=reason,
        data=dict(data or {}),
        corrects_id=corrects_id,
        **who(actor),
    )
    _save(actor, target, event)
    Event.objects.bulk_create([event])
    return event


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


def _save(actor: Actor, target: Versioned, event: Event) -> None:
    target.version += 1
    target._event_id = event.id  # type: ignore[attr-defined] # read by history.link_to_event
    # Attributes that django-simple-history reads from the instance; no type declares them.
    target._history_user = event.actor_user_id  # type: ignore[attr-defined]
    target._history_date = event.at  # type: ignore[attr-defined]
    target._change_reason = event.verb  # type: ignore[attr-defined]
    try:
        target.save(force_insert=target._state.adding, force_update=not target._state.adding)
    finally:
        del target._event_id, target._history_user, target._history_date, target._change_reason  # type: ignore[attr-defined]
