"""How long a document can be taken back by who added it, and whose it is to say who may read it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.access.actors import Actor
from backend.access.marks import may_change
from backend.documents.models import Document
from backend.workflow.machine import Given
from backend.workflow.undo import undo_until

# Who reads a document that bears no label: whoever reads the case that it hangs on.
CASE = "case"


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What the rules of a document need: who asks, and every version of it."""

    actor: Actor
    versions: Sequence[Document]


def withdrawable_until(actor: Actor, document: Document) -> datetime | None:
    """Return until when the actor may take the document back; None when they may not, or no longer."""
    is_own = document.added_by_id == actor.user_id and document.agency_id == actor.agency_id
    return undo_until(document.added_at) if is_own and document.state in Document.KEPT else None


def readers_now(document: Document) -> Mapping[str, str]:
    """Return who may read a document, or what it looked like once, as the form that changes it says so."""
    return {"readers": document.mark or CASE}


def is_ours_to_label(document: Document, facts: DocumentFacts, given: Given | None) -> Iterator[str]:
    """A label is set by the agency it comes from only (access.md, Labels); of every version, for all bear the same."""
    for one in facts.versions:
        if not may_change(facts.actor, one.mark, one.agency_id):
            yield f"Only {one.agency.name}, whose label this is, can change who may read it."
            return


def reads_otherwise(document: Document, facts: DocumentFacts, given: Given | None) -> Iterator[str]:
    """What stays as it is, is no change that anybody would have to give a reason for."""
    if given is not None and given["readers"] == readers_now(document)["readers"]:
        yield "The same people may read it already. Choose who may read it from now on."
