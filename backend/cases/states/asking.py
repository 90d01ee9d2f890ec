"""States and edges of a request to lead a case. Methods only set fields; workflow.Machine does the rest."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django_fsm import FSMField, transition

from backend.access.actors import Actor
from backend.core import clock

Given = dict[str, Any]


class LeadRequestStates(models.Model):
    """An agency of the team asks for the lead: asked → answered | refused | withdrawn | overtaken; late is lapsed.

    One that nobody answered in time stays open until somebody does: a late answer is an answer.
    """

    ASKED, LAPSED = "asked", "lapsed"
    ANSWERED, REFUSED, WITHDRAWN, OVERTAKEN = "answered", "refused", "withdrawn", "overtaken"
    LABELS = {
        ASKED: "Waiting for an answer",
        LAPSED: "Not answered in time",
        ANSWERED: "Answered: a transfer was proposed",
        REFUSED: "Refused",
        WITHDRAWN: "Taken back",
        OVERTAKEN: "No longer needed",
    }
    OPEN = (ASKED, LAPSED)

    # Columns of the table that the edges below set.
    answered_by_id: UUID | None
    answered_by_name: str
    answered_at: datetime | None
    reason_code: str
    answer: str
    transfer_id: UUID | None
    state = FSMField(default=ASKED, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    def _end(self, actor: Actor) -> None:
        self.answered_by_id, self.answered_by_name = None if actor.is_system else actor.user_id, actor.name
        self.answered_at = clock.now()

    @transition(field=state, source=OPEN, target=ANSWERED)
    def answer_by_transfer(self, actor: Actor, given: Given) -> None:
        """The lead was offered to the agency that asked: how that ends, the transfer says."""
        self.transfer_id = given["transfer_id"]
        self._end(actor)

    @transition(field=state, source=OPEN, target=REFUSED)
    def refuse(self, actor: Actor, given: Given) -> None:
        """The lead agency keeps the lead, and says why."""
        self.reason_code, self.answer = given["reason_code"], given["reason"]
        self._end(actor)

    @transition(field=state, source=OPEN, target=WITHDRAWN)
    def withdraw(self, actor: Actor, given: Given) -> None:
        """Whoever asked takes the question back."""
        self.reason_code, self.answer = given["reason_code"], given.get("reason", "")
        self._end(actor)

    @transition(field=state, source=OPEN, target=OVERTAKEN)
    def overtake(self, actor: Actor, given: Given) -> None:
        """The case has closed, or another agency leads it by now: there is nobody left to answer."""
        self._end(actor)

    @transition(field=state, source=ASKED, target=LAPSED)
    def lapse(self, actor: Actor, given: Given) -> None:
        """Nobody answered in time; it still waits for an answer."""
