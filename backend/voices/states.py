"""A saying: recorded → released ⇄ kept_back; corrected it is read again; taken back, its words are nobody's."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django_fsm import FSMField, transition

from backend.access.actors import Actor
from backend.core import clock

Given = Mapping[str, Any]


class SayingStates(models.Model):
    """Whether analysts may read its words; whether it is counted is said apart from that."""

    RECORDED, RELEASED, KEPT_BACK, TAKEN_BACK = "recorded", "released", "kept_back", "taken_back"
    LABELS = {
        RECORDED: "Written down",
        RELEASED: "Words released",
        KEPT_BACK: "Sent back",
        TAKEN_BACK: "Taken back",
    }
    # Where it stands as it was said.
    STANDING = (RECORDED, RELEASED, KEPT_BACK)

    # Columns of the table that the edges below set.
    released_words: str
    released_by_id: UUID | None
    released_by_name: str
    released_at: datetime | None
    state_reason: str
    is_counted: bool
    state = FSMField(default=RECORDED, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=[RECORDED, KEPT_BACK, RELEASED], target=RECORDED)
    def correct(self, actor: Actor, given: Given) -> None:
        """It says something else now, so nobody has read it yet."""
        self._hide("")

    @transition(field=state, source=RECORDED, target=RELEASED)
    def release(self, actor: Actor, given: Given) -> None:
        """A second person has read the words, and made them shorter where they told who it was."""
        self.released_words, self.state_reason = given["released_words"], ""
        self.released_by_id, self.released_by_name, self.released_at = actor.user_id, actor.name, clock.now()

    @transition(field=state, source=[RECORDED, RELEASED], target=KEPT_BACK)
    def keep_back(self, actor: Actor, given: Given) -> None:
        """The words are not fit to be read by others as they are."""
        self._hide(given["reason"])

    @transition(field=state, source=[RECORDED, KEPT_BACK, RELEASED], target=TAKEN_BACK)
    def take_back(self, actor: Actor, given: Given) -> None:
        """Whoever said it does not want it used any more, or it should never have been written down."""
        self._hide(given["reason"])
        self.is_counted = given["still_counted"]

    @transition(field=state, source=TAKEN_BACK, target=RECORDED)
    def bring_back(self, actor: Actor, given: Given) -> None:
        """It was taken back by mistake."""
        self._hide("")
        self.is_counted = True

    def _hide(self, reason: str) -> None:
        self.released_words, self.state_reason = "", reason
        self.released_by_id, self.released_by_name, self.released_at = None, "", None
