"""How long a document can be taken back by who added it."""

from datetime import datetime

from backend.access.actors import Actor
from backend.documents.models import Document
from backend.workflow.undo import undo_until


def withdrawable_until(actor: Actor, document: Document) -> datetime | None:
    """Return until when the actor may take the document back; None when they may not, or no longer."""
    is_own = document.added_by_id == actor.user_id and document.agency_id == actor.agency_id
    return undo_until(document.added_at) if is_own and document.state in Document.KEPT else None
