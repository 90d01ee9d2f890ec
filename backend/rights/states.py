"""A request for a copy: asked → open ⇄ checking → released; before that refused, or withdrawn, by two people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django_fsm import RETURN_VALUE, FSMField, transition

from backend.access.actors import Actor
from backend.core import clock

Given = Mapping[str, Any]


class SubjectRequestStates(models.Model):
    """Only between the second person's yes and the end may anybody read what the child's record says."""

    ASKED, OPEN, CHECKING = "asked", "open", "checking"
    REFUSING, WITHDRAWING = "refusing", "withdrawing"
    RELEASED, REFUSED, WITHDRAWN = "released", "refused", "withdrawn"
    LABELS = {
        ASKED: "Waits for a second person",
        OPEN: "Being looked through",
        CHECKING: "Being checked",
        REFUSING: "A refusal waits for a second person",
        WITHDRAWING: "A withdrawal waits for a second person",
        RELEASED: "Released",
        REFUSED: "Refused",
        WITHDRAWN: "Withdrawn",
    }
    READABLE = (OPEN, CHECKING)
    UNFINISHED = (ASKED, *READABLE, REFUSING, WITHDRAWING)

    # Columns of the table that the edges below set.
    confirmed_by_id: UUID | None
    confirmed_by_name: str
    confirmed_at: datetime | None
    sent_by_id: UUID | None
    sent_by_name: str
    sent_at: datetime | None
    released_by_id: UUID | None
    released_by_name: str
    released_at: datetime | None
    sent_back_why: str
    refused_from: str
    refusal_by_id: UUID | None
    refusal_by_name: str
    refusal_at: datetime | None
    refused_by_id: UUID | None
    refused_by_name: str
    not_refused_why: str
    withdrawn_from: str
    withdrawal_by_id: UUID | None
    withdrawal_by_name: str
    withdrawal_at: datetime | None
    withdrawn_by_id: UUID | None
    withdrawn_by_name: str
    not_withdrawn_why: str
    ended_why: str
    ended_note: str
    ended_at: datetime | None
    state = FSMField(default=ASKED, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=ASKED, target=OPEN)
    def confirm(self, actor: Actor, given: Given) -> None:
        """A second person has looked at who asks and how that is known."""
        self.confirmed_by_id, self.confirmed_by_name, self.confirmed_at = actor.user_id, actor.name, clock.now()

    @transition(field=state, source=OPEN, target=CHECKING)
    def send_for_check(self, actor: Actor, given: Given) -> None:
        """Each passage is decided; somebody else looks at the very file that would go out."""
        self.sent_by_id, self.sent_by_name, self.sent_at = actor.user_id, actor.name, clock.now()
        self.sent_back_why = ""

    @transition(field=state, source=CHECKING, target=OPEN)
    def send_back(self, actor: Actor, given: Given) -> None:
        """Something has to be decided otherwise."""
        self.sent_by_id, self.sent_by_name, self.sent_at = None, "", None
        self.sent_back_why = given["reason"]

    @transition(field=state, source=CHECKING, target=RELEASED)
    def release(self, actor: Actor, given: Given) -> None:
        """It may go to whoever asked."""
        self.released_by_id, self.released_by_name, self.released_at = actor.user_id, actor.name, clock.now()
        self.ended_at = self.released_at

    @transition(field=state, source=(ASKED, OPEN, CHECKING), target=REFUSING)
    def ask_to_refuse(self, actor: Actor, given: Given) -> None:
        """They shall not be given it: why, in the words that they will be told. It rests until a second agrees."""
        self.refused_from = self.state
        self.refusal_by_id, self.refusal_by_name, self.refusal_at = actor.user_id, actor.name, clock.now()
        self.ended_why, self.ended_note, self.not_refused_why = given["reason_code"], given["reason"], ""

    @transition(field=state, source=REFUSING, target=RETURN_VALUE(ASKED, OPEN, CHECKING))
    def go_on(self, actor: Actor, given: Given) -> str:
        """It is not refused: it goes on where it was."""
        self.ended_why, self.ended_note, self.not_refused_why = "", "", given["reason"]
        return self.refused_from

    @transition(field=state, source=REFUSING, target=REFUSED)
    def refuse(self, actor: Actor, given: Given) -> None:
        """A second person agrees that they are not given it."""
        self.refused_by_id, self.refused_by_name, self.ended_at = actor.user_id, actor.name, clock.now()

    @transition(field=state, source=(ASKED, OPEN, CHECKING), target=WITHDRAWING)
    def ask_to_withdraw(self, actor: Actor, given: Given) -> None:
        """They do not want it any more, or it was recorded by mistake: who said so. It rests until a second agrees."""
        self.withdrawn_from = self.state
        self.withdrawal_by_id, self.withdrawal_by_name, self.withdrawal_at = actor.user_id, actor.name, clock.now()
        self.ended_why, self.ended_note, self.not_withdrawn_why = "", given["reason"], ""

    @transition(field=state, source=WITHDRAWING, target=RETURN_VALUE(ASKED, OPEN, CHECKING))
    def keep(self, actor: Actor, given: Given) -> str:
        """Somebody still waits for it: it goes on where it was."""
        self.ended_note, self.not_withdrawn_why = "", given["reason"]
        return self.withdrawn_from

    @transition(field=state, source=WITHDRAWING, target=WITHDRAWN)
    def withdraw(self, actor: Actor, given: Given) -> None:
        """A second person agrees that nobody waits for it any more."""
        self.withdrawn_by_id, self.withdrawn_by_name, self.ended_at = actor.user_id, actor.name, clock.now()


class RectificationStates(models.Model):
    """What somebody says is wrong in a record: asked → corrected | kept | refused; the record stays as it was."""

    ASKED, CORRECTED, KEPT, REFUSED = "asked", "corrected", "kept", "refused"
    LABELS = {
        ASKED: "Not decided yet",
        CORRECTED: "Corrected by a new entry",
        KEPT: "Kept, with this beside it",
        REFUSED: "Not changed",
    }

    # Columns of the table that the edge below sets.
    decision: str
    decided_by_id: UUID | None
    decided_by_name: str
    decided_at: datetime | None
    state = FSMField(default=ASKED, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=ASKED, target=RETURN_VALUE(CORRECTED, KEPT, REFUSED))
    def decide(self, actor: Actor, given: Given) -> str:
        """A manager of the agency that wrote it says what is done about it, and why."""
        self.decision, self.decided_at = given["reason"], clock.now()
        self.decided_by_id, self.decided_by_name = actor.user_id, actor.name
        outcome: str = given["outcome"]
        return outcome
