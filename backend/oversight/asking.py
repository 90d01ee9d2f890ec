"""What is said of an unusual reading: what the manager knows of it, and what information governance decides."""

from uuid import UUID

from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.core import vocabulary
from backend.notifications.commands import Notice, tell_all
from backend.oversight import reviewing
from backend.oversight.models import UnusualReading
from backend.oversight.queries import unusual as queries


def look(actor: Actor, reading_id: UUID, *, version: int, words: str) -> UnusualReading:
    """Say, as the person's manager, what one knows. Raises NotFound, Forbidden, Conflict `stale` or `wrong_state`."""
    one = _locked(actor, reading_id, Permission.UNUSUAL_LOOK, version)
    return reviewing.looked(one, actor, words)


def decide(actor: Actor, reading_id: UUID, *, version: int, outcome: str, words: str) -> UnusualReading:
    """Say, for information governance, what it was; the person's managers are told. Raises as `look` does."""
    one = reviewing.decided(
        _locked(actor, reading_id, Permission.UNUSUAL_DECIDE, version), actor, outcome=outcome, words=words
    )
    label = vocabulary.get("unusual_outcomes").label(outcome).lower()
    fields = {"person": one.user_name, "by": actor.name, "outcome": label}
    notices = [Notice(whom, "unusual_decided", fields, one.path) for whom in queries.managers_of(one)]
    tell_all(notices, event_id=None, root_id=None)
    return one


def _locked(actor: Actor, reading_id: UUID, permission: Permission, version: int) -> UnusualReading:
    return reviewing.locked(queries.visible_to(actor), reading_id, actor=actor, permission=permission, version=version)
