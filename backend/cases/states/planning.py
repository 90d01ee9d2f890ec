"""States and edges of a goal, an action and a meeting. Methods only set fields; the machine does the rest."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django_fsm import RETURN_VALUE, FSMField, transition

from backend.access.actors import Actor
from backend.core import clock

Given = dict[str, Any]


class Ended(models.Model):
    """What comes to an end by somebody's hand, and is again as it was before where that was a mistake."""

    # What undoing gives back as the history has it; beside the state.
    SAID: ClassVar[tuple[str, ...]]
    ENDING: ClassVar[tuple[str, ...]] = ("ended_by_id", "ended_by_name", "ended_at", "outcome")

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

    def _as_before(self, given: Given) -> str:
        before = given["before"]
        for name in (*self.SAID, *self.ENDING):
            setattr(self, name, getattr(before, name))
        state: str = before.state
        return state


class GoalStates(Ended):
    """What a family wants to be different: open → ended, with what came of it."""

    OPEN, ENDED = "open", "ended"
    LABELS = {OPEN: "Working on it", ENDED: "Ended"}
    SAID = ("words", "whose", "headline", "outcome_note")

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

    @transition(field=state, source=ENDED, target=OPEN)
    def reopen(self, actor: Actor, given: Given) -> None:
        """It had not ended, as somebody says later with a reason."""
        self.outcome = self.outcome_note = ""
        self._go_on()

    @transition(field=state, source=[OPEN, ENDED], target=RETURN_VALUE(OPEN, ENDED))
    def undo(self, actor: Actor, given: Given) -> str:
        """What was just done was a mistake: it is as it was before."""
        return self._as_before(given)


class ActionStates(Ended):
    """What one person does towards a goal by a day: open → done | cancelled. Overdue is derived."""

    OPEN, DONE, CANCELLED = "open", "done", "cancelled"
    LABELS = {OPEN: "To do", DONE: "Done", CANCELLED: "Cancelled"}
    SAID = ("text", "owner_id", "owner_agency_id", "minded_for_id", "due_on", "goes_on", "reason_code")

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

    @transition(field=state, source=[DONE, CANCELLED], target=OPEN)
    def reopen(self, actor: Actor, given: Given) -> None:
        """It was not done, or is wanted after all, as somebody says later with a reason."""
        self.reason_code = self.outcome = ""
        self._go_on()

    @transition(field=state, source=[OPEN, DONE, CANCELLED], target=RETURN_VALUE(OPEN, DONE, CANCELLED))
    def undo(self, actor: Actor, given: Given) -> str:
        """What was just done was a mistake: it is as it was before."""
        return self._as_before(given)


class MeetingStates(models.Model):
    """A meeting was held, or its record was taken back at once by who wrote it; put right, it stands where it stood."""

    RECORDED, UNDONE = "recorded", "undone"
    LABELS = {RECORDED: "Recorded", UNDONE: "Taken back"}

    state = FSMField(default=RECORDED, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=RECORDED, target=UNDONE)
    def undo(self, actor: Actor, given: Given) -> None:
        """Recorded by mistake: nobody reads it among the meetings any more, and it stays in the history."""
