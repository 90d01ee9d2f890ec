"""States and edges of a goal and of an action of a plan. Methods only set fields; the machine does the rest."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django_fsm import FSMField, transition

from backend.access.actors import Actor
from backend.core import clock

Given = dict[str, Any]


class Ended(models.Model):
    """What comes to an end by somebody's hand."""

    # Columns of the tables that the edges below set.
    ended_by_id: UUID | None
    ended_by_name: str
    ended_at: datetime | None

    class Meta:
        abstract = True

    def _end(self, actor: Actor) -> None:
        self.ended_by_id, self.ended_by_name = None if actor.is_system else actor.user_id, actor.name
        self.ended_at = clock.now()

    def _go_on(self) -> None:
        self.ended_by_id, self.ended_by_name, self.ended_at = None, "", None


class GoalStates(Ended):
    """What a family wants to be different: open → ended, with what came of it."""

    OPEN, ENDED = "open", "ended"
    LABELS = {OPEN: "Working on it", ENDED: "Ended"}

    outcome: str
    outcome_note: str
    state = FSMField(default=OPEN, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=OPEN, target=ENDED)
    def end(self, actor: Actor, given: Given) -> None:
        """How it went, in a code and in words; the last score is kept with the others."""
        self.outcome, self.outcome_note = given["outcome"], given.get("note", "")
        self._end(actor)

    @transition(field=state, source=ENDED, target=OPEN)
    def go_on(self, actor: Actor, given: Given) -> None:
        """What ended it was recorded in error."""
        self.outcome = self.outcome_note = ""
        self._go_on()


class ActionStates(Ended):
    """What one person does towards a goal by a day: open → done | cancelled. Overdue is derived."""

    OPEN, DONE, CANCELLED = "open", "done", "cancelled"
    LABELS = {OPEN: "To do", DONE: "Done", CANCELLED: "Cancelled"}

    reason_code: str
    outcome: str
    due_on: date
    state = FSMField(default=OPEN, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=OPEN, target=DONE)
    def complete(self, actor: Actor, given: Given) -> None:
        """It has been done, and what came of it."""
        self.outcome = given["outcome"]
        self._end(actor)

    @transition(field=state, source=OPEN, target=CANCELLED)
    def cancel(self, actor: Actor, given: Given) -> None:
        """It will not be done, and why."""
        self.reason_code, self.outcome = given["reason_code"], given.get("reason", "")
        self._end(actor)

    @transition(field=state, source=CANCELLED, target=OPEN)
    def take_up(self, actor: Actor, given: Given) -> None:
        """What ended it was recorded in error."""
        self.reason_code = self.outcome = ""
        self._go_on()
