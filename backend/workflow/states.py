"""States and edges of a confirmation: a second person says yes or no."""

from uuid import UUID

from django.db import models
from django_fsm import FSMField, transition

from backend.access.actors import Actor


class ConfirmationStates(models.Model):
    """asked → confirmed | refused | withdrawn."""

    ASKED, CONFIRMED, REFUSED, WITHDRAWN = "asked", "confirmed", "refused", "withdrawn"
    LABELS = {ASKED: "Waiting for a second person", CONFIRMED: "Confirmed", REFUSED: "Refused", WITHDRAWN: "Withdrawn"}

    # A column of the table that the edges below set.
    answered_by_id: UUID | None
    state = FSMField(default=ASKED, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=ASKED, target=CONFIRMED)
    def confirm(self, actor: Actor) -> None:
        """The second person agrees; the edge runs in the same transaction."""
        self.answered_by_id = actor.user_id

    @transition(field=state, source=ASKED, target=REFUSED)
    def refuse(self, actor: Actor, reason: str) -> None:
        """The second person does not agree, and says why."""
        self.answered_by_id = actor.user_id
        self.reason = reason

    @transition(field=state, source=ASKED, target=WITHDRAWN)
    def withdraw(self, actor: Actor) -> None:
        """The one who asked takes it back, or the record has moved on."""
        self.answered_by_id = actor.user_id
