"""States and edges of a merge: two records of children are said to be one child, and taken apart again."""

from typing import Any
from uuid import UUID

from django.db import models
from django_fsm import RETURN_VALUE, FSMField, transition

from backend.access.actors import Actor


class MergeStates(models.Model):
    """proposed → joined → apart; proposed → dropped."""

    PROPOSED, JOINED, APART, DROPPED = "proposed", "joined", "apart", "dropped"
    LABELS = {PROPOSED: "Proposed", JOINED: "Joined", APART: "Taken apart again", DROPPED: "Dropped"}

    state = FSMField(default=PROPOSED, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=PROPOSED, target=JOINED)
    def merge(self, actor: Actor, given: Any) -> None:
        """The two records are one child."""

    @transition(field=state, source=JOINED, target=APART)
    def unmerge(self, actor: Actor, given: Any) -> None:
        """They are two children after all."""

    @transition(field=state, source=PROPOSED, target=DROPPED)
    def drop_merge(self, actor: Actor, given: Any) -> None:
        """Nobody goes on with it."""


class CaseChoiceStates(models.Model):
    """asked → agreed → joined → apart; asked, agreed → dropped. A lead may change its mind until the two are joined."""

    ASKED, AGREED, JOINED, APART, DROPPED = "asked", "agreed", "joined", "apart", "dropped"
    LABELS = {
        ASKED: "Waiting for those who lead",
        AGREED: "Agreed",
        JOINED: "Joined",
        APART: "Taken apart again",
        DROPPED: "Dropped",
    }
    OPEN = (ASKED, AGREED)

    # Columns of the table that the edges below set.
    first_lead_id: UUID
    first_says_id: UUID | None
    first_by_name: str
    second_lead_id: UUID
    second_says_id: UUID | None
    second_by_name: str
    state = FSMField(default=ASKED, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=OPEN, target=RETURN_VALUE(*OPEN))
    def say(self, actor: Actor, given: Any) -> str:
        """One lead says which case goes on, for each of the two that it leads; they agree when both say the same."""
        if actor.agency_id == self.first_lead_id:
            self.first_says_id, self.first_by_name = given["goes_on"], actor.name
        if actor.agency_id == self.second_lead_id:
            self.second_says_id, self.second_by_name = given["goes_on"], actor.name
        return self.AGREED if self.first_says_id == self.second_says_id else self.ASKED

    @transition(field=state, source=OPEN, target=DROPPED)
    def drop(self, actor: Actor, given: Any) -> None:
        """They are not joined, or the question has to be put anew."""

    @transition(field=state, source=AGREED, target=JOINED)
    def use(self, actor: Actor, given: Any) -> None:
        """The records are joined, and the case that does not go on has ended."""

    @transition(field=state, source=JOINED, target=APART)
    def undo(self, actor: Actor, given: Any) -> None:
        """The records are two again, and both cases go on."""
