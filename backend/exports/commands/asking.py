"""Asking for an export, saying that one looks for it, and deleting its file."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.documents import storing
from backend.exports import queries
from backend.exports.commands.repeating import repeat
from backend.exports.lists import LISTS
from backend.exports.lists.listing import Exportable
from backend.exports.models import UNFINISHED, Export, State

AT_ONCE = 3
# Whoever has looked so shortly before needs no message.
WATCHING = timedelta(seconds=10)
_LOOKS_AGAIN = timedelta(seconds=5)
_BUSY = "Three of your exports are still being made. Wait until one of them is ready, or delete one."


def may(actor: Actor, listing: Exportable) -> bool:
    """Say whether the actor exports lists, and works with this one."""
    return policy.allows(actor, Permission.EXPORT_LIST) and policy.holds(actor, listing.permission)


def require(actor: Actor, listing: Exportable) -> None:
    """Raise Forbidden for whoever may export no list, or may not see this one."""
    policy.require(actor, Permission.EXPORT_LIST)
    _works_with(actor, listing)


def require_to_look(actor: Actor, listing: Exportable) -> None:
    """Raise as `require` does, where only what is asked for an export is shown."""
    policy.require_to_look(actor, Permission.EXPORT_LIST)
    _works_with(actor, listing)


def _works_with(actor: Actor, listing: Exportable) -> None:
    if not policy.holds(actor, listing.permission):
        raise Forbidden(f"Your role, {actor.role.label.lower()}, does not work with this list.")


def ask(actor: Actor, export_id: UUID, given: Mapping[str, Any]) -> None:
    """Write down what is asked for; the worker makes it. `given` is as the API takes it, the filters as they came.

    Raises Forbidden for a list that is not the actor's, Conflict when too many of theirs are still being made.
    """
    listing = LISTS[given["list"]]
    require(actor, listing)
    if queries.unfinished(actor).count() >= AT_ONCE:
        raise Conflict(_BUSY, code="busy")
    title = listing.named(listing.filters(given["filters"]))
    if given["every"]:
        repeat(actor, export_id, given, title)
    Export.objects.create(
        id=export_id,
        user_id=actor.user_id,
        membership_id=actor.membership_id,
        agency_id=actor.agency_id,
        list_code=listing.code,
        title=title,
        filters=given["filters"],
        file_format=given["file_format"],
        recipient=given["recipient"],
        recipient_name=given["recipient_name"] if given["recipient"] == "body" else "",
        purpose=given["purpose"],
    )


def look(actor: Actor) -> None:
    """Note that the actor waits at the page for what is being made: no message has to tell them."""
    now = clock.now()
    queries.unfinished(actor).filter(looked_at__lt=now - _LOOKS_AGAIN).update(looked_at=now)


def delete(actor: Actor, export_id: UUID) -> None:
    """Delete the file now, or stop what is being made; raise NotFound, or Conflict when there is nothing left."""
    export = queries.exports_of(actor).select_for_update(no_key=True).filter(pk=export_id).first()
    if export is None:
        raise NotFound
    if export.state not in (*UNFINISHED, State.READY):
        raise Conflict("There is no file any more.", code="wrong_state")
    Export.objects.filter(pk=export.pk).update(state=State.DELETED, ended_at=clock.now())
    if export.storage_name:
        transaction.on_commit(lambda: storing.forget(export.storage_name, storing.EXPORTS))
