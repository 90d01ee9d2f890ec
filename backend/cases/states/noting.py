"""States of a note: written, or taken back at once by who wrote it."""

from typing import Any

from django.db import models
from django_fsm import FSMField, transition

from backend.access.actors import Actor


class NoteStates(models.Model):
    """A note stays as it was written; only who wrote it may take it back, and only at once."""

    WRITTEN, TAKEN_BACK = "written", "taken_back"
    LABELS = {WRITTEN: "Written", TAKEN_BACK: "Taken back"}

    # Columns of the table that the edge below sets.
    is_pinned: bool
    state = FSMField(default=WRITTEN, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=WRITTEN, target=TAKEN_BACK)
    def undo(self, actor: Actor, given: dict[str, Any]) -> None:
        """Written by mistake: it leaves the page, and stays in the history."""
        self.is_pinned = False
