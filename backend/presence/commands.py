"""The only writes: somebody is at a record, and yesterday is forgotten."""

from uuid import UUID

from backend.access.actors import Actor
from backend.core import clock
from backend.presence.models import Presence
from backend.presence.queries import may_be_at
from backend.presence.rules import KEPT


def be_at(actor: Actor, root_id: UUID, *, is_writing: bool) -> None:
    """Note that the actor has a record open now; of one that they do not read, or that is none, nothing is noted."""
    if not may_be_at(root_id):
        return
    row = Presence(
        root_id=root_id,
        user_id=actor.user_id,
        agency_id=actor.agency_id,
        is_writing=is_writing,
        seen_at=clock.now(),
    )
    Presence.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["root_id", "user_id"],
        update_fields=["agency_id", "is_writing", "seen_at"],
    )


def forget() -> int:
    """Delete what was said longer than a day ago; return how many rows."""
    deleted, _each = Presence.objects.filter(seen_at__lt=clock.now() - KEPT).delete()
    return deleted
