"""How long a document can be taken back by who added it."""

from datetime import datetime, timedelta

from backend.access.actors import Actor
from backend.core import clock
from backend.documents.models import Document

# The time in which somebody sees that it was the wrong file, or the wrong child.
WITHDRAWN_WITHIN = timedelta(minutes=10)


def withdrawable_until(actor: Actor, document: Document) -> datetime | None:
    """Return until when the actor may take the document back; None when they may not, or no longer."""
    until = document.added_at + WITHDRAWN_WITHIN
    is_own = document.added_by_id == actor.user_id and document.agency_id == actor.agency_id
    return until if is_own and document.state in Document.KEPT and clock.now() <= until else None
