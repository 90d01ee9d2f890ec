"""A service: active ⇄ paused → ended. It is never deleted: a referral may have been sent to it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import models
from django_fsm import FSMField, transition

from backend.access.actors import Actor
from backend.core import clock

Given = Mapping[str, Any]


class ServiceStates(models.Model):
    """Whether a service takes anybody at all; how much room it has is said apart from that."""

    ACTIVE, PAUSED, ENDED = "active", "paused", "ended"
    LABELS = {ACTIVE: "Open", PAUSED: "Paused", ENDED: "Ended"}
    # What can be found and chosen, and what only old referrals still speak of.
    LISTED = (ACTIVE, PAUSED)

    # Columns of the table that the edges below set.
    state_reason: str
    opens_again_on: date | None
    ended_at: datetime | None
    state = FSMField(default=ACTIVE, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=ACTIVE, target=PAUSED)
    def pause(self, actor: Actor, given: Given) -> None:
        """Nobody is taken for now."""
        self.state_reason, self.opens_again_on = given["reason"], given.get("opens_again_on")

    @transition(field=state, source=PAUSED, target=ACTIVE)
    def resume(self, actor: Actor, given: Given) -> None:
        """It takes people again."""
        self.state_reason, self.opens_again_on = "", None

    @transition(field=state, source=[ACTIVE, PAUSED], target=ENDED)
    def end(self, actor: Actor, given: Given) -> None:
        """It is offered no more."""
        self.state_reason, self.opens_again_on = given["reason"], None
        self.ended_at = clock.now()
