"""What somebody began on the way home and has not sent, and a note and a document the family must not see."""

from datetime import timedelta

from backend.access.binding import acting
from backend.cases.commands import note_machine
from backend.cases.commands.notes import noted_case, write_note
from backend.cases.queries import worked
from backend.cases.rules.noting import FORM
from backend.cases.serializers.working_inputs import NoteInput
from backend.core import clock
from backend.core.ids import uuid7
from backend.demonstration.papers import keep_a_letter_from_the_family
from backend.demonstration.staff import named
from backend.demonstration.stage import Company
from backend.drafts import commands as drafts
from backend.letters.commands import lettered_case
from backend.letters.rules import FORM as LETTER
from backend.workflow.views import validated

_WORKER, _WHICH, _SINCE = "Rukhsana Malik", 2, timedelta(hours=3)
_LATER = timedelta(hours=1)
_TYPED = {"kind": "school_visit", "child_seen": "alone", "text": "Seen in the library after lunch. We talked about"}
_WRITTEN = {
    "template": "closing",
    "recipient": "child",
    "title": "Our work together is ending",
    "text": "Dear both,\n\nThank you for letting me come along to the boxing club. What I will remember is",
}
_LABELLED = {
    "kind": "professional_talk",
    "child_seen": "not_seen",
    "people": ["school"],
    "text": "School asks that nobody says who told them about the fight. The family may guess.",
}
_CLOSED = {"readers": "not_for_family", "reason": "The family could tell from it who spoke to the school."}


def leave_a_note_unfinished(company: Company) -> None:
    """Write a note, give it a label an hour later, and type half of the next one and of a letter, as autosave does."""
    worker = company.actors[named(_WORKER)]
    with clock.at(clock.now() - _SINCE), acting(worker):
        for case in worked(worker)[_WHICH : _WHICH + 1]:
            note = write_note(worker, case.id, validated(NoteInput, _LABELLED), note_id=uuid7())
            with clock.at(clock.now() + _LATER):
                note_machine.perform(worker, "relabel", note.id, version=note.version, given=_CLOSED)
            keep_a_letter_from_the_family(case, worker)
            typed = {name: (value, 0) for name, value in _TYPED.items()}
            drafts.keep(worker, noted_case(worker, case.id).id, typed, form=FORM)
            words = {name: (value, 0) for name, value in _WRITTEN.items()}
            drafts.keep(worker, lettered_case(worker, case.id).id, words, form=LETTER)
