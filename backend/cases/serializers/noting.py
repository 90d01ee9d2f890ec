"""Notes as those who read the case read them: each with its corrections and what its reader may do about it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rest_framework import serializers

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.marks import marks_given
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.cases.commands import note_machine
from backend.cases.models import Case, Note
from backend.cases.queries.noting import note_facts, pinned_in
from backend.cases.rules.noting import CASE, TEAM, NoteFacts, is_late
from backend.cases.serializers.working_inputs import NoteInput
from backend.children.models import SafetyAlert
from backend.children.serializers import safety_data
from backend.core import vocabulary
from backend.core.vocabulary import Term
from backend.deadlines.calendar import in_words
from backend.workflow import fields, options
from backend.workflow.descriptors import offer_only
from backend.workflow.fields import EdgeInput, ReadersField
from backend.workflow.serializers import OptionNameShape, OptionShape

_WIDER = (
    Term(TEAM, "Whoever reads the case, and the team around the child", "Those of other agencies who are on the team."),
    Term(CASE, "Whoever reads the case", "Nobody of another agency who is only on the team."),
)


class CorrectNoteInput(EdgeInput):
    """What is right; what was written stays above it."""

    text = fields.long_text("What is right?", hint="It stands beneath the note. What was written stays as it is")
    reason = fields.text("Why do you correct it?", hint="A slip, or something you learned since", max_length=300)


class PinNoteInput(EdgeInput):
    """Nothing is asked."""


class UnpinNoteInput(EdgeInput):
    """Nothing is asked."""


class SayReadInput(EdgeInput):
    """Nothing is asked."""


class RelabelInput(EdgeInput):
    """Who may read it from now on, and why."""

    readers = ReadersField("note_labels", wider=_WIDER, label="Who may read it from now on?")
    reason = fields.text("Why do you change it?", hint="Whoever may read the note reads this too", max_length=300)


class UndoNoteInput(EdgeInput):
    """Nothing is asked."""


NOTE_INPUTS: Mapping[str, type[EdgeInput]] = {
    "correct": CorrectNoteInput,
    "pin": PinNoteInput,
    "unpin": UnpinNoteInput,
    "say_read": SayReadInput,
    "relabel": RelabelInput,
    "undo": UndoNoteInput,
}


class CorrectionShape(serializers.Serializer[Any]):
    """What puts a note right."""

    id = serializers.UUIDField()
    text = serializers.CharField()
    by = serializers.CharField()
    written_at = serializers.DateTimeField()


class NamedReaderShape(serializers.Serializer[Any]):
    """Somebody whom a note names, and when they said that they had read it."""

    name = serializers.CharField()
    read_at = serializers.DateTimeField(allow_null=True)


class RelabelledShape(serializers.Serializer[Any]):
    """That somebody said anew who may read it: when, who and why, and nothing of who might before."""

    at = serializers.DateTimeField()
    by = serializers.CharField()
    why = serializers.CharField()


class ToldNoteShape(serializers.Serializer[Any]):
    """One note: when, with whom, whether the child was seen, what was written, and what was put right since."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    state_label = serializers.CharField()
    kind_label = serializers.CharField()
    happened_at = serializers.DateTimeField()
    people = serializers.ListField(child=serializers.CharField())
    child_seen = serializers.BooleanField()
    child_seen_alone = serializers.BooleanField()
    text = serializers.CharField(allow_blank=True)
    analysis = serializers.CharField(allow_blank=True)
    meant_for = serializers.ListField(child=serializers.CharField())
    named = NamedReaderShape(many=True)
    is_pinned = serializers.BooleanField()
    is_shared = serializers.BooleanField()
    is_late = serializers.BooleanField()
    # What it bears, where not everybody who reads the case reads it.
    mark_label = serializers.CharField(allow_blank=True)
    relabelled = RelabelledShape(allow_null=True)
    by = serializers.CharField()
    agency = serializers.CharField()
    written_at = serializers.DateTimeField()
    corrections = CorrectionShape(many=True)


class NoteRowShape(ToldNoteShape):
    """One note among others, with the names of what its reader may do about it."""

    options = OptionNameShape(many=True)


class NoteShape(ToldNoteShape):
    """One note on a page of its own, with the forms of what its reader may do about it."""

    options = OptionShape(many=True)


def note_data(actor: Actor, note: Note) -> dict[str, Any]:
    """Return one note exactly as GET gives it."""
    relations, base = access.relations_to(actor, note.root_id), f"/api/v1/notes/{note.id}/"
    known = note_facts(note, actor)
    shown = options.shapes(note_machine, actor, note, relations, base=base, choices={}, facts=known)
    return {**told_note(note), "options": [_for_the_actor(actor, relations, one) for one in shown]}


def _for_the_actor(actor: Actor, relations: frozenset[Relation], option: dict[str, Any]) -> dict[str, Any]:
    """Offer only the circles of readers that are the actor's to choose."""
    if option["name"] != "relabel":
        return option
    circles = {CASE, TEAM, *marks_given(actor, relations)}
    return {**option, "input": offer_only(option["input"], "readers", circles)}


def note_rows(actor: Actor, case: Case, notes: Sequence[Note]) -> list[dict[str, Any]]:
    """Return a page of notes, with two statements whatever its length.

    What cannot be done about a note is no news on a page of fifty: only what can be is named.
    """
    relations, pinned = access.relations_to(actor, case.id), pinned_in(case.id)
    return _rows(actor, notes, relations, first_contact_at=case.first_contact_at, pinned=pinned)


def shared_note_rows(actor: Actor, notes: Sequence[Note], relations: frozenset[Relation]) -> list[dict[str, Any]]:
    """Return what a team shares, for somebody on it: they may put right what they wrote, and pin nothing."""
    return _rows(actor, notes, relations, first_contact_at=None, pinned=0)


def _rows(
    actor: Actor,
    notes: Sequence[Note],
    relations: frozenset[Relation],
    *,
    first_contact_at: datetime | None,
    pinned: int,
) -> list[dict[str, Any]]:
    return [
        {
            **told_note(note),
            "options": _open(
                actor, note, relations, NoteFacts.of(actor, note, first_contact_at=first_contact_at, pinned=pinned)
            ),
        }
        for note in notes
    ]


def _open(actor: Actor, note: Note, relations: frozenset[Relation], known: NoteFacts) -> list[dict[str, Any]]:
    return options.rows(note_machine.options(actor, note, relations, facts=known))


def told_note(note: Note) -> dict[str, Any]:
    """Return what a note says, and what puts it right; what was taken back says nothing any more."""
    people, readers = vocabulary.get("note_people"), vocabulary.get("note_readers")
    kinds = vocabulary.get("significant_events" if note.is_significant else "note_kinds")
    is_gone = note.state == Note.TAKEN_BACK
    return {
        "id": note.id,
        "version": note.version,
        "state_label": Note.LABELS[note.state],
        "kind_label": kinds.label(note.kind),
        "happened_at": note.happened_at,
        "people": [people.label(code) for code in note.people],
        "child_seen": note.child_seen,
        "child_seen_alone": note.child_seen_alone,
        # It may have been about another child.
        "text": "" if is_gone else note.text,
        "analysis": "" if is_gone else note.analysis,
        "meant_for": [readers.label(code) for code in note.meant_for],
        "named": [{"name": one["name"], "read_at": one["read_at"]} for one in note.named],
        "is_pinned": note.is_pinned,
        "is_shared": note.is_shared,
        "is_late": is_late(note),
        "mark_label": vocabulary.get("note_labels").label(note.mark) if note.mark else "",
        "relabelled": None if is_gone else note.relabelled,
        "by": note.written_by_name,
        "agency": note.agency.name,
        "written_at": note.written_at,
        "corrections": [_correction(one) for one in note.corrections.all()],
    }


def _correction(note: Note) -> dict[str, Any]:
    return {"id": note.id, "text": note.text, "by": note.written_by_name, "written_at": note.written_at}


def writing_options(
    actor: Actor,
    case: Case,
    relations: frozenset[Relation],
    alerts: Sequence[SafetyAlert],
    *,
    begun_at: datetime | None,
) -> list[dict[str, Any]]:
    """Return what can be added to the case without changing it, drawn like an edge but asked for no version.

    `begun_at` is when the actor last saved a note they have begun and not sent.
    """
    if case.state == Case.CLOSED or not policy.allows(actor, Permission.CASE_RECORD_CONTACT, relations):
        return []
    label, hint = "Record a visit or a call", "What happened, in your words. The child may read it one day."
    known = dict.fromkeys(word for one in alerts for word in safety_data(one)["labels"])
    if known:
        hint = f"{hint} Before you visit: {', '.join(known).lower()}."
    if begun_at:
        hint = f"You began one and have not sent it: saved on {in_words(begun_at)}. {hint}"
    url = f"/api/v1/cases/{case.id}/notes/"
    shown = options.addition("write_note", label, hint, url, NoteInput, draft_url=f"{url}draft/")
    shown["input"] = offer_only(shown["input"], "mark", marks_given(actor, relations))
    return [shown]
