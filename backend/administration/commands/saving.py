"""Keeping a list under a name, naming it otherwise, removing it and putting it back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.administration.keeping import PLACES
from backend.administration.models import SavedList
from backend.administration.queries.saved import may_share, own
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, NotFound

MOST = 50
_STALE = "You have changed this list somewhere else since you opened it. Look again, then choose."
_TOO_MANY = f"We could not keep this list because you keep {MOST} already. Remove one first."
_SHARING = "We could not show this list to others because only managers show lists to each other."


def keep(actor: Actor, list_id: UUID, given: Mapping[str, Any]) -> SavedList:
    """Keep a list that the actor may open. Raises Forbidden, and Conflict where they keep too many."""
    policy.require(actor, Permission.SAVED_LIST_KEEP)
    path, query = given["address"]
    if not policy.holds(actor, PLACES[path].permission):
        raise Forbidden("We could not keep this list because your role does not open it.")
    _judge_sharing(actor, given)
    if own(actor).filter(removed_at=None).count() >= MOST:
        raise Conflict(_TOO_MANY, code="too_many")
    kept = SavedList(
        id=list_id,
        owner_id=actor.user_id,
        owner_name=actor.name,
        agency_id=actor.agency_id,
        name=given["name"],
        path=path,
        query=query,
        is_shared=given["is_shared"],
    )
    kept.save(force_insert=True)
    return kept


def change(actor: Actor, list_id: UUID, given: Mapping[str, Any]) -> SavedList:
    """Call it otherwise, or show it to others or no more. Raises NotFound, Forbidden, Conflict `stale`."""
    kept = _locked(actor, list_id, given["version"])
    _judge_sharing(actor, given)
    kept.name, kept.is_shared = given["name"], given["is_shared"]
    return _saved(kept)


def remove(actor: Actor, list_id: UUID, given: Mapping[str, Any]) -> SavedList:
    """Take it off every page; it can be put back. Raises as `change` does."""
    kept = _locked(actor, list_id, given["version"])
    kept.removed_at = clock.now()
    return _saved(kept)


def restore(actor: Actor, list_id: UUID, given: Mapping[str, Any]) -> SavedList:
    """Put back what was removed. Raises as `change` does."""
    kept = _locked(actor, list_id, given["version"])
    kept.removed_at = None
    return _saved(kept)


def _locked(actor: Actor, list_id: UUID, version: int) -> SavedList:
    policy.require(actor, Permission.SAVED_LIST_KEEP)
    kept = own(actor).select_for_update().filter(pk=list_id).first()
    if kept is None:
        raise NotFound
    if kept.version != version:
        raise Conflict(_STALE, code="stale", version=kept.version, changed=[])
    return kept


def _saved(kept: SavedList) -> SavedList:
    kept.version += 1
    kept.save()
    return kept


def _judge_sharing(actor: Actor, given: Mapping[str, Any]) -> None:
    if given["is_shared"] and not may_share(actor):
        raise Forbidden(_SHARING)
