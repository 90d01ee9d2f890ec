"""Reads of notes: who sees them, those of a case with what puts each right, and those that are pinned."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from backend.access.actors import Actor
from backend.cases.models import Case, Note
from backend.cases.queries import visible_to
from backend.cases.rules.noting import NoteFacts


def notes_visible_to(actor: Actor) -> QuerySet[Note]:
    """Return the notes of the cases that the actor reads, those taken back among them: the lists leave them out."""
    notes = _with_corrections(Note.objects.all())
    return notes if actor.is_system else notes.filter(root_id__in=visible_to(actor).values("id"))


def notes_of(case_id: UUID) -> QuerySet[Note]:
    """Return the notes of a case, what happened last first, each with its corrections."""
    notes = Note.objects.filter(root_id=case_id, state=Note.WRITTEN, corrects__isnull=True)
    return _with_corrections(notes).order_by("-happened_at", "-id")


def shared_notes_of(case_id: UUID) -> QuerySet[Note]:
    """Return the notes of a case that its team reads, what happened last first."""
    return notes_of(case_id).filter(is_shared=True)


def _with_corrections(notes: QuerySet[Note]) -> QuerySet[Note]:
    corrections = Note.objects.filter(state=Note.WRITTEN).order_by("written_at", "id")
    return notes.select_related("agency").prefetch_related(Prefetch("corrections", queryset=corrections))


def pinned_in(case_id: UUID) -> int:
    """Return how many notes of a case are pinned."""
    return Note.objects.filter(root_id=case_id, state=Note.WRITTEN, is_pinned=True).count()


def note_facts(note: Note, actor: Actor) -> NoteFacts:
    """Return what the rules of one note need, in three statements."""
    case = Case.objects.get(pk=note.root_id)
    return NoteFacts.of(actor, case, note, pinned=pinned_in(case.id))
