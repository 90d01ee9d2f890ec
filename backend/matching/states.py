"""States and edges of a merge: two records of children are said to be one child, and taken apart again."""

from typing import Any

from django.db import models
from django_fsm import FSMField, transition

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
