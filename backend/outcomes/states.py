"""States of a score: it stands, or was taken back at once by who recorded it."""

from typing import Any

from django.db import models
from django_fsm import FSMField, transition

from backend.access.actors import Actor


class ScoreStates(models.Model):
    """A score counts until it is taken back; put right, it stands where it stood."""

    STANDS, TAKEN_BACK = "stands", "taken_back"
    LABELS = {STANDS: "Recorded", TAKEN_BACK: "Taken back"}

    state = FSMField(default=STANDS, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=STANDS, target=TAKEN_BACK)
    def undo(self, actor: Actor, given: dict[str, Any]) -> None:
        """Recorded by mistake: it counts for nothing any more, and stays in the history."""
