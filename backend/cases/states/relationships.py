"""States and edges of what somebody is to a child. Methods only set fields; workflow.Machine does the rest."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django_fsm import RETURN_VALUE, FSMField, transition

from backend.access.actors import Actor
from backend.core import clock

# What is said of somebody, and is changed, put right or taken back as one.
SAID = (
    "name",
    "relationship",
    "date_of_birth",
    "lives_with_child",
    "parental_responsibility",
    "responsibility_source",
    "number",
    "contact_rule",
)
ENDING = ("ended_on", "reason_code", "end_note")
WRITING = ("written_at", "written_by_id", "written_by_name")


class RelationshipStates(models.Model):
    """Somebody around a child: stands → ended, never deleted; taken back where it had only just been written."""

    STANDS, ENDED, TAKEN_BACK = "stands", "ended", "taken_back"
    LABELS = {STANDS: "Around the child", ENDED: "No longer around the child", TAKEN_BACK: "Taken back"}
    SHOWN = (STANDS, ENDED)

    # Columns of the table that the edges below set.
    ended_on: date | None
    reason_code: str
    end_note: str
    written_at: datetime
    written_by_id: UUID
    written_by_name: str
    state = FSMField(default=STANDS, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=STANDS, target=ENDED)
    def end(self, actor: Actor, given: Mapping[str, Any]) -> None:
        """They are no longer around the child: since when, and why."""
        self.ended_on, self.reason_code, self.end_note = given["ended_on"], given["reason_code"], given["reason"]
        self.written_now(actor)

    @transition(field=state, source=[STANDS, ENDED], target=RETURN_VALUE(STANDS, TAKEN_BACK))
    def undo(self, actor: Actor, given: Mapping[str, Any]) -> str:
        """Taken back at once by who wrote it: it is as it was before, or, where it was new, it was never there."""
        before = given["before"]
        if before is None:
            return self.TAKEN_BACK
        for name in (*SAID, *ENDING, *WRITING):
            setattr(self, name, getattr(before, name))
        return self.STANDS

    def written_now(self, actor: Actor) -> None:
        """Say who wrote what stands there now."""
        self.written_at, self.written_by_id, self.written_by_name = clock.now(), actor.user_id, actor.name
