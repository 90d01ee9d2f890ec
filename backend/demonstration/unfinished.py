"""A note that somebody began on the way home and has not sent: the case says so, and the form has the words."""

from datetime import timedelta

from backend.access.binding import acting
from backend.cases.commands.notes import noted_case
from backend.cases.queries import worked
from backend.cases.queries.noting import FORM
from backend.core import clock
from backend.demonstration.staff import named
from backend.demonstration.stage import Company
from backend.drafts import commands as drafts

_WORKER, _WHICH, _SINCE = "Rukhsana Malik", 2, timedelta(hours=3)
_TYPED = {"kind": "school_visit", "child_seen": "alone", "text": "Seen in the library after lunch. We talked about"}


def leave_a_note_unfinished(company: Company) -> None:
    """Type half a note, as autosave does."""
    worker = company.actors[named(_WORKER)]
    with clock.at(clock.now() - _SINCE), acting(worker):
        for case in worked(worker)[_WHICH : _WHICH + 1]:
            typed = {name: (value, 0) for name, value in _TYPED.items()}
            drafts.keep(worker, noted_case(worker, case.id).id, typed, form=FORM)
