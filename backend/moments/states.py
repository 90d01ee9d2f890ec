"""The state of a report: with us, or with the person who acts on it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django_fsm import FSMField, transition

from backend.access.actors import Actor
from backend.core import clock

Given = dict[str, Any]


class MomentStates(models.Model):
    """received → passed_on, within a minute, by the worker."""

    RECEIVED, PASSED_ON = "received", "passed_on"
    LABELS = {RECEIVED: "Received", PASSED_ON: "Passed on"}

    # Columns of the table that the edge below sets.
    root_id: UUID
    child_id: UUID | None
    passed_on_at: datetime | None
    state = FSMField(default=RECEIVED, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=RECEIVED, target=PASSED_ON)
    def pass_on(self, actor: Actor, given: Given) -> None:
        """It belongs to the case or referral whose people act on it."""
        self.root_id, self.child_id = given["root_id"], given["child_id"]
        self.passed_on_at = clock.now()
