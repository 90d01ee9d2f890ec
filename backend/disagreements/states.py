"""States and edges of a disagreement. Methods only set fields; workflow.Machine does the rest."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django_fsm import FSMField, transition

from backend.access.actors import Actor
from backend.core import clock

Given = dict[str, Any]
LAST_STAGE = 4


class DisagreementStates(models.Model):
    """raised → answered → resolved (upheld | not upheld) | escalated (stages 2 to 4) | withdrawn."""

    RAISED, ANSWERED, ESCALATED = "raised", "answered", "escalated"
    RESOLVED, WITHDRAWN = "resolved", "withdrawn"
    LABELS = {
        RAISED: "Waiting for an answer",
        ANSWERED: "Answered",
        ESCALATED: "Taken further",
        RESOLVED: "Resolved",
        WITHDRAWN: "Withdrawn",
    }
    UPHELD, NOT_UPHELD = "upheld", "not_upheld"
    OPEN = (RAISED, ANSWERED, ESCALATED)
    UNANSWERED = (RAISED, ESCALATED)
    ENDED = (RESOLVED, WITHDRAWN)

    # Columns of the table that the edges below set.
    stage: int
    outcome: str
    owner_agency_id: UUID
    ended_at: datetime | None
    state = FSMField(default=RAISED, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=[RAISED, ESCALATED], target=ANSWERED)
    def answer(self, actor: Actor, given: Given) -> None:
        """Whoever owns it stands by the decision and says why; the side that raised it has the next word."""

    @transition(field=state, source=[RAISED, ESCALATED, ANSWERED], target=RESOLVED)
    def uphold(self, actor: Actor, given: Given) -> None:
        """The decision was not right: it is reopened or corrected within a working day."""
        self.outcome, self.ended_at = self.UPHELD, clock.now()

    @transition(field=state, source=ANSWERED, target=RESOLVED)
    def accept_answer(self, actor: Actor, given: Given) -> None:
        """The side that raised it is content with the answer: the decision stands."""
        self.outcome, self.ended_at = self.NOT_UPHELD, clock.now()

    @transition(field=state, source=ANSWERED, target=RESOLVED)
    def let_stand(self, actor: Actor, given: Given) -> None:
        """Nobody took the answer further in time: the decision stands."""
        self.outcome, self.ended_at = self.NOT_UPHELD, clock.now()

    @transition(field=state, source=[RAISED, ANSWERED, ESCALATED], target=ESCALATED)
    def escalate(self, actor: Actor, given: Given) -> None:
        """Somebody more senior looks at it."""
        self.stage = given["stage"]
        self.owner_agency_id = given["owner_agency_id"]

    @transition(field=state, source=[RAISED, ANSWERED, ESCALATED], target=WITHDRAWN)
    def withdraw(self, actor: Actor, given: Given) -> None:
        """The side that raised it takes it back."""
        self.ended_at = clock.now()
