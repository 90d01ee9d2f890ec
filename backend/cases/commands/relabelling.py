"""Saying anew who may read a note: its corrections go with it, and whoever wrote it hears of it."""

from typing import Any

from backend.access.marks import HIDDEN, Mark, marks_shown, may_change
from backend.audit.commands import Also
from backend.cases.commands.mentioning import to_named
from backend.cases.models import Case, Note
from backend.cases.queries.readers import readers_of
from backend.cases.rules.noting import TEAM
from backend.cases.text_fields import case_fields
from backend.core import clock, vocabulary
from backend.core.errors import Invalid
from backend.notifications.commands import tell_all
from backend.workflow.changing import Change
from backend.workflow.machine import Given

_NOT_YOURS = "You cannot give this note that label, or take off the one it has. Choose another one."
# In no chronology: the note tells of it (cases.queries.chronology).
_OF_CORRECTION = "note.relabel_correction"


def relabel(change: Change[Note], given: dict[str, Any]) -> None:
    """Give the note and what puts it right another circle of readers, among those that are the actor's to choose."""
    note, readers = change.target, given["readers"]
    mark = readers if readers in vocabulary.get("note_labels") else Mark.NONE.value
    # Nobody closes something to themselves: they could not put it right again.
    is_theirs = may_change(change.actor, note.mark, note.agency_id, to=mark)
    if not is_theirs or mark not in marks_shown(change.actor, change.relations):
        raise Invalid(_NOT_YOURS, fields={"readers": [_NOT_YOURS]})
    corrections = list(Note.objects.select_for_update(no_key=True).filter(corrects_id=note.id).order_by("id"))
    for one in (note, *corrections):
        one.mark, one.is_shared = mark, readers == TEAM
    note.relabelled = {"at": clock.now().isoformat(), "by": change.actor.name, "why": given["reason"]}
    change.data = {"note_id": str(note.id), "kind": note.kind}
    change.change_too([Also(_OF_CORRECTION, one, note.root_id, note.child_id, change.data) for one in corrections])


def tell_writer(change: Change[Note], given: Given) -> None:
    """Tell whoever wrote it, while they are on the case, unless that would say that there is something hidden."""
    note, event = change.target, change.event
    if event is None or note.written_by_id == change.actor.user_id or note.mark in HIDDEN:
        return
    around = readers_of(note.root_id, note.child_id, is_shared=True, but=change.actor.user_id).values()
    writers = [one for one in around if one.user_id == note.written_by_id][:1]
    fields = case_fields(Case.objects.select_related("lead_agency", "lead_practitioner").get(pk=note.root_id))
    tell_all(to_named(note, writers, fields, message="case_note_relabelled"), event_id=event.id, root_id=note.root_id)
