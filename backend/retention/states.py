"""A hold: held → released. An order: proposed → confirmed → running → done; refused or withdrawn before it runs."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django_fsm import FSMField, transition

from backend.access.actors import Actor
from backend.core import clock

Given = Mapping[str, Any]
# How long everybody can still stop what was agreed; the table and its trigger ask for no less (sql/30_disposal.sql).
WAITING = timedelta(days=7)


class HoldStates(models.Model):
    """Whether the records of a child are kept whatever the schedule says."""

    HELD, RELEASED = "held", "released"
    LABELS = {HELD: "Held", RELEASED: "Released"}

    # Columns of the table that the edge below sets.
    released_at: datetime | None
    release_reason: str
    release_asked_by_id: UUID | None
    release_asked_by_name: str
    released_by_id: UUID | None
    released_by_name: str
    state = FSMField(default=HELD, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=HELD, target=RELEASED)
    def release(self, actor: Actor, given: Given) -> None:
        """Two people say that the reason is over; from then on the schedule counts again."""
        self.release_reason, self.released_at = given["reason"], clock.now()
        self.release_asked_by_id, self.release_asked_by_name = given["asked_by_id"], given["asked_by_name"]
        self.released_by_id, self.released_by_name = actor.user_id, actor.name


class OrderStates(models.Model):
    """How far it is from a list that somebody proposed to records that are gone."""

    PROPOSED, CONFIRMED, RUNNING, DONE = "proposed", "confirmed", "running", "done"
    REFUSED, WITHDRAWN = "refused", "withdrawn"
    LABELS = {
        PROPOSED: "Proposed",
        CONFIRMED: "Agreed, waiting seven days",
        RUNNING: "Being carried out",
        DONE: "Carried out",
        REFUSED: "Refused",
        WITHDRAWN: "Withdrawn",
    }
    UNFINISHED = (PROPOSED, CONFIRMED, RUNNING)

    # Columns of the table that the edges below set.
    approved_by_id: UUID | None
    approved_by_name: str
    confirmed_by_id: UUID | None
    confirmed_by_name: str
    confirmed_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    end_reason: str
    state = FSMField(default=PROPOSED, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=PROPOSED, target=CONFIRMED)
    def approve(self, actor: Actor, given: Given) -> None:
        """Information governance and another person agree; the days in which it can be withdrawn begin."""
        self.approved_by_id, self.approved_by_name = given["asked_by_id"], given["asked_by_name"]
        self.confirmed_by_id, self.confirmed_by_name = actor.user_id, actor.name
        self.confirmed_at = clock.now()
        self.due_at = self.confirmed_at + WAITING

    @transition(field=state, source=PROPOSED, target=REFUSED)
    def refuse(self, actor: Actor, given: Given) -> None:
        """Information governance does not agree, and says why."""
        self.end_reason, self.ended_at = given["reason"], clock.now()

    @transition(field=state, source=[PROPOSED, CONFIRMED], target=WITHDRAWN)
    def withdraw(self, actor: Actor, given: Given) -> None:
        """Somebody has thought again; nothing was deleted."""
        self.end_reason, self.ended_at = given["reason"], clock.now()

    @transition(field=state, source=CONFIRMED, target=RUNNING)
    def begin(self, actor: Actor, given: Given) -> None:
        """Its days are over: from here on it is not stopped."""

    @transition(field=state, source=RUNNING, target=DONE)
    def complete(self, actor: Actor, given: Given) -> None:
        """Every child on it is deleted, or was left because something kept it."""
        self.ended_at = clock.now()
