"""States and edges of a place in the team around the child. Methods only set fields; workflow.Machine does the rest."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django_fsm import FSMField, transition

from backend.access.actors import Actor
from backend.core import clock


class TeamMemberStates(models.Model):
    """Somebody who works with the family besides the lead practitioner: on → ended."""

    ON, ENDED = "on", "ended"
    LABELS = {ON: "On the team", ENDED: "No longer on the team"}

    # Columns of the table that the edge below sets.
    ended_by_id: UUID | None
    ended_by_name: str
    ended_at: datetime | None
    reason_code: str
    state = FSMField(default=ON, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=ON, target=ENDED)
    def end(self, actor: Actor, given: dict[str, Any]) -> None:
        """They no longer work with this family, and why."""
        self.ended_by_id, self.ended_by_name = None if actor.is_system else actor.user_id, actor.name
        self.ended_at, self.reason_code = clock.now(), given["reason_code"]
