"""Reads of documents: those of one record, one of them for somebody, and those that wait for the scanner."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.marks import marks_shown
from backend.access.permissions import Permission
from backend.core.errors import NotFound
from backend.documents.models import Document


def documents_of(actor: Actor, root_id: UUID) -> QuerySet[Document]:
    """Return what was handed in for a record and not withdrawn, the latest first; `has_newer` says which are past.

    What bears a label, only to whoever reads that or handed it in; every version of it bears the same.
    """
    newer = Document.objects.filter(series_id=OuterRef("series_id"), number__gt=OuterRef("number"))
    read = queries.marked(actor) | Q(added_by_id=actor.user_id, agency_id=actor.agency_id)
    found = Document.objects.filter(read, root_id=root_id).exclude(state=Document.WITHDRAWN).select_related("agency")
    return found.annotate(has_newer=Exists(newer.exclude(state=Document.WITHDRAWN))).order_by("-added_at", "-id")


def documents_visible_to(actor: Actor) -> QuerySet[Document]:
    """Return the documents that the actor reads, by the record they hang on or because they handed them in."""
    documents = Document.objects.select_related("agency")
    if actor.is_system:
        return documents
    through = policy.relations_that((Permission.DOCUMENT_SEE,), actor.role)
    read = queries.marked(actor) & queries.reached(actor, through)
    own = Q(added_by_id=actor.user_id, agency_id=actor.agency_id)
    return documents.filter(read | own).exclude(queries.barred(actor))


def versions_of(document: Document) -> QuerySet[Document]:
    """Return every version of a document, the first one first; they bear one label, also those that were taken back."""
    return Document.objects.filter(series_id=document.series_id).select_related("agency").order_by("number")


def visible(actor: Actor, document_id: UUID) -> Document:
    """Return one document that the actor reads, by the record it hangs on or because they added it; raise NotFound."""
    document = Document.objects.filter(pk=document_id).exclude(queries.barred(actor)).first()
    if document is None:
        raise NotFound
    is_own = document.added_by_id == actor.user_id and document.agency_id == actor.agency_id
    if not is_own and not _reads(actor, document):
        raise NotFound
    return document


def _reads(actor: Actor, document: Document) -> bool:
    relations = queries.relations_to(actor, document.root_id)
    is_open = policy.allows(actor, Permission.DOCUMENT_SEE, relations)
    return is_open and document.mark in marks_shown(actor, relations)


def waiting() -> QuerySet[Document]:
    """Return the documents that nobody has looked through yet, the longest waiting first."""
    return Document.objects.filter(state=Document.WAITING).order_by("added_at", "id")


def kept(names: Collection[str]) -> set[str]:
    """Return which of these names of the store belong to a document whose content is kept."""
    rows = Document.objects.filter(state__in=Document.KEPT)
    files = rows.filter(storage_name__in=names).values_list("storage_name", flat=True)
    previews = rows.filter(preview_name__in=names).values_list("preview_name", flat=True)
    return {*files, *previews}
