"""States and edges of an assessment: open → complete | set_aside. Methods only set fields."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django_fsm import FSMField, transition

from backend.access.actors import Actor
from backend.core import clock

Given = dict[str, Any]


class AssessmentStates(models.Model):
    """What a family needs and what is strong already, found out together; once complete it stays as it was said."""

    OPEN, COMPLETE, SET_ASIDE = "open", "complete", "set_aside"
    LABELS = {OPEN: "Being written", COMPLETE: "Complete", SET_ASIDE: "Set aside"}
    # What is asked, in the order of the form; the fields of the table have the same names.
    ANSWERS = ("needs", "strengths", "factors", "child_words", "child_words_why_not", "family_words", "analysis")
    TEXTS = ("needs", "strengths", "child_words", "family_words", "analysis")

    # Columns of the table that the edges below set.
    ended_by_id: UUID | None
    ended_by_name: str
    ended_at: datetime | None
    reason_code: str
    reason: str
    state = FSMField(default=OPEN, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    def _end(self, actor: Actor) -> None:
        self.ended_by_id, self.ended_by_name = None if actor.is_system else actor.user_id, actor.name
        self.ended_at = clock.now()

    @transition(field=state, source=OPEN, target=COMPLETE)
    def complete(self, actor: Actor, given: Given) -> None:
        """What was typed becomes the assessment, with who says so and when."""
        for name in self.ANSWERS:
            setattr(self, name, given["said"][name])
        self._end(actor)

    @transition(field=state, source=OPEN, target=SET_ASIDE)
    def set_aside(self, actor: Actor, given: Given) -> None:
        """It will not be completed, and why; another one may begin."""
        self.reason_code, self.reason = given["reason_code"], given.get("reason", "")
        self._end(actor)
