"""States of a declared conflict of interest. Methods only set fields; the table's triggers bar the person."""

from datetime import datetime
from uuid import UUID

from django.db import models
from django_fsm import FSMField, transition

from backend.access.actors import Actor
from backend.core import clock


class DeclarationStates(models.Model):
    """waiting → in_force | refused | withdrawn; in_force → in_force (confirmed) | ended."""

    WAITING, IN_FORCE, REFUSED = "waiting", "in_force", "refused"
    WITHDRAWN, ENDED = "withdrawn", "ended"
    LABELS = {
        WAITING: "Waiting for a manager",
        IN_FORCE: "In force",
        REFUSED: "Not a conflict, a manager says",
        WITHDRAWN: "Taken back",
        ENDED: "Ended",
    }

    # Columns of the table that the edges below set.
    confirmed_by_id: UUID | None
    confirmed_by_name: str
    confirmed_at: datetime | None
    ended_by_id: UUID | None
    ended_by_name: str
    ended_at: datetime | None
    reason: str
    state = FSMField(default=WAITING, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=WAITING, target=IN_FORCE)
    def bar(self, child_id: UUID) -> None:
        """About a child whose record the person was looking at: it holds at once."""
        self.child_ids = [child_id]

    @transition(field=state, source=[WAITING, IN_FORCE], target=IN_FORCE)
    def confirm(self, actor: Actor) -> None:
        """A manager has looked at it: it is a conflict."""
        self.confirmed_by_id, self.confirmed_by_name, self.confirmed_at = actor.user_id, actor.name, clock.now()

    @transition(field=state, source=WAITING, target=REFUSED)
    def refuse(self, actor: Actor, reason: str) -> None:
        """A manager has looked at it: it is none."""
        self._over(actor, reason)

    @transition(field=state, source=WAITING, target=WITHDRAWN)
    def withdraw(self, actor: Actor) -> None:
        """Who declared it takes it back before anybody looked at it."""
        self._over(actor, "")

    @transition(field=state, source=IN_FORCE, target=ENDED)
    def end(self, actor: Actor, reason: str) -> None:
        """It is over, and the person may work with the child again as far as their role goes."""
        self._over(actor, reason)

    def _over(self, actor: Actor, reason: str) -> None:
        self.ended_by_id, self.ended_by_name, self.ended_at = actor.user_id, actor.name, clock.now()
        self.reason = reason
