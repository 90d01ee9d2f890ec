"""What must be true before a note is written, corrected, pinned or taken back; and what is late."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from backend.access.actors import Actor
from backend.access.marks import HIDDEN, may_change
from backend.cases.models import Note
from backend.deadlines.calendar import add_working_days, local
from backend.workflow.machine import Given
from backend.workflow.undo import undo_until

# What is typed of a note, and of one that the team around the child reads.
FORM, TEAM_FORM = "note", "team_note"
MOST_PINNED = 5
# Who reads a note that bears no label: whoever reads the case, or the team around the child too.
CASE, TEAM = "case", "team"


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """What the rules of a note need: who asks, what was pinned already, and whether the case goes on."""

    actor: Actor
    pinned: int
    is_first_contact: bool
    is_corrected: bool

    @classmethod
    def of(cls, actor: Actor, note: Note, *, first_contact_at: datetime | None, pinned: int) -> "NoteFacts":
        """Return them from what a page has read already."""
        return cls(
            actor=actor,
            pinned=pinned,
            is_first_contact=first_contact_at == note.happened_at,
            is_corrected=bool(note.corrections.all()),
        )


def is_late(note: Note) -> bool:
    """Say whether a note was written more than a working day after what it tells of (product.md, Casework)."""
    return local(note.written_at).date() > add_working_days(local(note.happened_at).date(), 1)


def is_ones_own(note: Note, facts: NoteFacts, given: Given | None) -> Iterator[str]:
    """Whoever was there says what was: others write what they know in a note of their own."""
    if note.written_by_id != facts.actor.user_id:
        yield f"Only {note.written_by_name}, who wrote it, can correct it. Write what you know in a note of your own."


def is_the_first(note: Note, facts: NoteFacts, given: Given | None) -> Iterator[str]:
    """A correction is put right by another of the note itself."""
    if note.corrects_id is not None:
        yield "Correct the note itself: every correction stands beneath it."


def can_be_undone(note: Note, facts: NoteFacts, given: Given | None) -> Iterator[str]:
    """Within ten minutes, by who wrote it, while nothing has followed from it (architecture.md, Undo)."""
    if note.written_by_id != facts.actor.user_id:
        yield "Only the person who wrote this can take it back."
    elif facts.is_first_contact:
        yield "It is the first contact with the family, and the clock has stopped by it. Correct it instead."
    elif facts.is_corrected:
        yield "It has been corrected, so it stays."
    elif undo_until(note.written_at) is None:
        yield "More than 10 minutes have passed. Correct it with a reason instead."


def waits_for_its_reader(note: Note, facts: NoteFacts, given: Given | None) -> Iterator[str]:
    """Only who is named says so, for themselves and once."""
    mine = [one for one in note.named if one["user_id"] == str(facts.actor.user_id)]
    if not mine:
        yield "You are not named in this note."
    elif mine[0]["read_at"] is not None:
        yield "You have said already that you have read it."


def is_not_pinned(note: Note, facts: NoteFacts, given: Given | None) -> Iterator[str]:
    """What is always on top is little, or nothing is."""
    if note.is_pinned:
        yield "It is pinned already."
    elif facts.pinned >= MOST_PINNED:
        yield f"{MOST_PINNED} notes are pinned. Take one of them down first."


def is_pinned(note: Note, facts: NoteFacts, given: Given | None) -> Iterator[str]:
    """Only what is pinned is taken down."""
    if not note.is_pinned:
        yield "It is not pinned."


def readers_now(note: Note) -> Mapping[str, str]:
    """Return who may read a note, or what it looked like once, as the form that changes it says so."""
    return {"readers": note.mark or (TEAM if note.is_shared else CASE)}


def is_ours_to_label(note: Note, facts: NoteFacts, given: Given | None) -> Iterator[str]:
    """A label is set by the agency it comes from only (access.md, Labels)."""
    if not may_change(facts.actor, note.mark, note.agency_id):
        yield f"Only {note.agency.name}, whose label this is, can change who may read it."


def reads_otherwise(note: Note, facts: NoteFacts, given: Given | None) -> Iterator[str]:
    """What stays as it is, is no change that anybody would have to give a reason for."""
    if given is not None and given["readers"] == readers_now(note)["readers"]:
        yield "The same people may read it already. Choose who may read it from now on."


def is_no_visit_hidden(note: Note, facts: NoteFacts, given: Given | None) -> Iterator[str]:
    """A visit counts for everybody who works on the case: what nobody may know of would be missed there."""
    if given is not None and given["readers"] in HIDDEN and note.child_seen:
        yield "It says that the child was seen, on which everybody on the case counts. Write the rest in another note."
