"""The machine of a note: put right beneath itself, pinned, taken down, and taken back at once by who wrote it."""

from typing import Any

from backend.access.policy import Permission
from backend.audit.commands import record
from backend.cases.commands.mentioning import said_read
from backend.cases.commands.relabelling import relabel, tell_writer
from backend.cases.models import Note
from backend.cases.queries.noting import note_facts, notes_visible_to
from backend.cases.rules import noting as rules
from backend.core import clock
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Given, Machine
from backend.workflow.undo import first_event_of, undo_until


def _named(change: Change[Note], given: dict[str, Any]) -> None:
    """A case has many notes: its timeline says which one."""
    change.data = {"note_id": str(change.target.id), "kind": change.target.kind}


def _put_right(change: Change[Note], given: Given) -> None:
    """Write the correction as a note of its own, about the same hour; what was written stays."""
    actor, wrong = change.actor, change.target
    right = Note(
        root_id=wrong.root_id,
        child_id=wrong.child_id,
        kind=wrong.kind,
        happened_at=wrong.happened_at,
        text=given["text"],
        corrects_id=wrong.id,
        is_shared=wrong.is_shared,
        mark=wrong.mark,
        written_by_id=actor.user_id,
        written_by_name=actor.name,
        agency_id=actor.agency_id,
        written_at=clock.now(),
    )
    record(actor, "note.write", right, root_id=wrong.root_id, child_id=wrong.child_id, data={"kind": right.kind})


def _pin(change: Change[Note], given: dict[str, Any]) -> None:
    _named(change, given)
    change.target.is_pinned = True


def _unpin(change: Change[Note], given: dict[str, Any]) -> None:
    _named(change, given)
    change.target.is_pinned = False


def _undo(change: Change[Note], given: dict[str, Any]) -> None:
    """What was to be told of it, and waits, is then told to nobody."""
    _named(change, given)
    change.corrects_id = first_event_of(change.target)


note_machine: Machine[Note] = Machine(
    noun="note",
    model=Note,
    edges={
        "correct": Edge(
            permission=Permission.NOTE_CORRECT,
            label="Correct the note",
            hint="What is right stands beneath it. What was written stays.",
            rules=(rules.is_ones_own, rules.is_the_first),
            first=_named,
            then=_put_right,
            sources=(Note.WRITTEN,),
        ),
        "pin": Edge(
            permission=Permission.NOTE_PIN,
            label="Pin the note",
            hint="It stays on top of the notes for everybody who reads the case.",
            rules=(rules.is_the_first, rules.is_not_pinned),
            first=_pin,
            sources=(Note.WRITTEN,),
        ),
        "unpin": Edge(
            permission=Permission.NOTE_UNPIN,
            label="Take it down",
            hint="It goes back to its place among the notes.",
            rules=(rules.is_pinned,),
            first=_unpin,
            sources=(Note.WRITTEN,),
        ),
        "say_read": Edge(
            permission=Permission.NOTE_SAY_READ,
            label="I have read it",
            hint="You were named in this note. Whoever wrote it sees that you have read it.",
            rules=(rules.waits_for_its_reader,),
            first=said_read,
            sources=(Note.WRITTEN,),
        ),
        "relabel": Edge(
            permission=Permission.NOTE_RELABEL,
            label="Change who may read it",
            hint="What puts it right goes with it, and so does what it looked like before.",
            rules=(rules.is_the_first, rules.is_ours_to_label, rules.reads_otherwise, rules.is_no_visit_hidden),
            first=relabel,
            then=tell_writer,
            sources=(Note.WRITTEN,),
            stands=rules.readers_now,
        ),
        "undo": Edge(
            permission=Permission.NOTE_UNDO,
            label="Take it back",
            hint="Within ten minutes, if you wrote it by mistake. Nobody is told of it then.",
            rules=(rules.can_be_undone,),
            first=_undo,
            # Of what was done since, such as pinning it, this would be no undoing: it is not offered then.
            until=lambda note, _facts: undo_until(note.written_at) if note.version == 1 else None,
        ),
    },
    visible_to=notes_visible_to,
    facts=note_facts,
    fields=lambda _note: {},
    path=lambda note: f"/cases/{note.root_id}",
    owner_agency=lambda note: note.agency_id,
    labels=Note.LABELS,
    # Notes have no clocks; the case's go on.
    clock_root=lambda note: note.id,
)
