"""States and edges of a panel and of an item of its agenda. Methods only set fields; workflow.Machine does the rest."""

from datetime import datetime
from typing import Any

from django.db import models
from django_fsm import FSMField, transition

from backend.access.actors import Actor
from backend.core import clock

Given = dict[str, Any]


class PanelStates(models.Model):
    """planned → held → signed; or cancelled before it is held."""

    PLANNED, HELD, SIGNED, CANCELLED = "planned", "held", "signed", "cancelled"
    LABELS = {PLANNED: "Planned", HELD: "Being held", SIGNED: "Minutes signed", CANCELLED: "Called off"}
    OPEN = (PLANNED, HELD)
    ENDED = (SIGNED, CANCELLED)

    # Columns of the table that the edges below set.
    held_at: datetime | None
    ended_at: datetime | None
    ended_by_name: str
    reason_code: str
    state = FSMField(default=PLANNED, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=PLANNED, target=HELD)
    def hold(self, actor: Actor, given: Given) -> None:
        """The meeting begins: from now on decisions are written down."""
        self.held_at = clock.now()

    @transition(field=state, source=HELD, target=SIGNED)
    def sign(self, actor: Actor, given: Given) -> None:
        """The minutes are right: nothing about the meeting changes any more, and nobody who was invited reads on."""
        self.ended_at, self.ended_by_name = clock.now(), actor.name

    @transition(field=state, source=PLANNED, target=CANCELLED)
    def cancel(self, actor: Actor, given: Given) -> None:
        """The meeting does not take place; what was shared for it is closed."""
        self.ended_at, self.ended_by_name = clock.now(), actor.name
        self.reason_code = given["reason_code"]


class PanelItemStates(models.Model):
    """on_agenda → decided, as often as something is decided; or taken_off before that."""

    ON_AGENDA, DECIDED, TAKEN_OFF = "on_agenda", "decided", "taken_off"
    LABELS = {ON_AGENDA: "On the agenda", DECIDED: "Decided", TAKEN_OFF: "Taken off the agenda"}
    HEARD = (ON_AGENDA, DECIDED)

    # Columns of the table that the edges below set.
    taken_off_at: datetime | None
    taken_off_why: str
    state = FSMField(default=ON_AGENDA, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=[ON_AGENDA, DECIDED], target=DECIDED)
    def decide(self, actor: Actor, given: Given) -> None:
        """The panel has decided something about it; what, is a row of its own."""

    @transition(field=state, source=ON_AGENDA, target=TAKEN_OFF)
    def take_off(self, actor: Actor, given: Given) -> None:
        """The panel does not hear it; whoever was shown something of it reads it no more."""
        self.taken_off_at, self.taken_off_why = clock.now(), given["reason"]
