"""Reads of notes: who sees them, those of a case with what puts each right, and those that are pinned."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from backend.access import queries as access
from backend.access.actors import Actor
from backend.cases.models import Case, Note
from backend.cases.queries import visible_to
from backend.cases.queries.team import on_the_team
from backend.cases.rules.noting import NoteFacts


def notes_visible_to(actor: Actor) -> QuerySet[Note]:
    """Return the notes of the cases that the actor reads, and what is shared with the teams they are on.

    What bears a label, only to whoever reads that. Those taken back are among them: the lists leave them out.
    """
    notes = _with_corrections(Note.objects.all())
    if actor.is_system:
        return notes
    shared = Q(is_shared=True) & on_the_team(actor)
    read = Q(Exists(visible_to(actor).filter(id=OuterRef("root_id")))) | shared
    return notes.filter(read, access.marked(actor)).exclude(access.barred(actor))


def notes_of(actor: Actor, case_id: UUID) -> QuerySet[Note]:
    """Return the notes of a case that its reader may read, what happened last first, each with its corrections."""
    notes = Note.objects.filter(access.marked(actor), root_id=case_id, state=Note.WRITTEN, corrects__isnull=True)
    return _with_corrections(notes).order_by("-happened_at", "-id")


def shared_notes_of(actor: Actor, case_id: UUID) -> QuerySet[Note]:
    """Return the notes of a case that its team reads, what happened last first."""
    return notes_of(actor, case_id).filter(is_shared=True)


def _with_corrections(notes: QuerySet[Note]) -> QuerySet[Note]:
    corrections = Note.objects.filter(state=Note.WRITTEN).order_by("written_at", "id")
    return notes.select_related("agency").prefetch_related(Prefetch("corrections", queryset=corrections))


def pinned_in(case_id: UUID) -> int:
    """Return how many notes of a case are pinned."""
    return Note.objects.filter(root_id=case_id, state=Note.WRITTEN, is_pinned=True).count()


def note_facts(note: Note, actor: Actor) -> NoteFacts:
    """Return what the rules of one note need, in three statements; who is only on the team does not read the case."""
    first = Case.objects.filter(pk=note.root_id).values_list("first_contact_at", flat=True).first()
    return NoteFacts.of(actor, note, first_contact_at=first, pinned=pinned_in(note.root_id))
