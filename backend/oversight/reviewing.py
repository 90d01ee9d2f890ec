"""What others say afterwards of what somebody did: a manager first, then information governance, never the person."""

from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.oversight.models import Reviewed

_Any = TypeVar("_Any", bound=Reviewed)


def locked(found: QuerySet[_Any], pk: UUID, *, actor: Actor, permission: Permission, version: int) -> _Any:
    """Return one of those the actor sees, to be written. Raises NotFound, Forbidden, Conflict `stale`."""
    one = found.select_for_update(no_key=True, of=("self",)).select_related("agency").filter(pk=pk).first()
    if one is None:
        raise NotFound
    policy.require(actor, permission)
    if one.version != version:
        sentence = "Somebody has said something about this since you opened it. Look at it again."
        raise Conflict(sentence, code="stale", version=one.version, changed=[])
    return one


def looked(one: _Any, actor: Actor, words: str) -> _Any:
    """Note what the manager knows of it. Raises Forbidden about oneself, Conflict where somebody has looked."""
    if one.user_id == actor.user_id:
        raise Forbidden("This is about you: another manager has to look at it.")
    if one.looked_at is not None or one.outcome:
        raise Conflict("Somebody has looked at this already.", code="wrong_state")
    one.looked_by_id, one.looked_by_name, one.looked_at, one.look = actor.user_id, actor.name, clock.now(), words
    return saved(one)


def decided(one: _Any, actor: Actor, *, outcome: str, words: str) -> _Any:
    """Note what it was. Raises Forbidden about oneself, Conflict where somebody has decided."""
    if one.user_id == actor.user_id:
        raise Forbidden("This is about you: somebody else has to decide.")
    if one.outcome:
        raise Conflict("Somebody has decided this already.", code="wrong_state")
    one.decided_by_id, one.decided_by_name, one.decided_at = actor.user_id, actor.name, clock.now()
    one.outcome, one.decision = outcome, words
    return saved(one)


def saved(one: _Any) -> _Any:
    """Save it with its next version."""
    one.version += 1
    one.save(force_update=True)
    return one
