"""A version: draft → published → superseded, or draft → discarded. What was published is never changed again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django_fsm import FSMField, transition

from backend.access.actors import Actor
from backend.core import clock

Given = Mapping[str, Any]


class VersionStates(models.Model):
    """Where a version stands; whether it is in force also hangs on its day (configuration.queries)."""

    DRAFT, PUBLISHED, SUPERSEDED, DISCARDED = "draft", "published", "superseded", "discarded"
    LABELS = {
        DRAFT: "Draft",
        PUBLISHED: "Published",
        SUPERSEDED: "Replaced by a later one",
        DISCARDED: "Discarded",
    }
    # What was in force once, or will be.
    AGREED = (PUBLISHED, SUPERSEDED)

    # Columns of the table that the edges below set.
    effective_on: date | None
    note: str
    proposed_by_id: UUID | None
    proposed_by_name: str
    published_by_id: UUID | None
    published_by_name: str
    published_at: datetime | None
    state = FSMField(default=DRAFT, protected=True, choices=list(LABELS.items()))

    class Meta:
        abstract = True

    @transition(field=state, source=DRAFT, target=PUBLISHED)
    def publish(self, actor: Actor, given: Given) -> None:
        """Two people agree: it counts from its day on."""
        self.effective_on, self.note = given["from_day"], given["note"]
        self.proposed_by_id, self.proposed_by_name = given["proposed_by_id"], given["proposed_by_name"]
        self.published_by_id, self.published_by_name = actor.user_id, actor.name
        self.published_at = clock.now()

    @transition(field=state, source=DRAFT, target=DISCARDED)
    def discard(self, actor: Actor, given: Given) -> None:
        """Nobody wants it any more; it never counted."""

    @transition(field=state, source=PUBLISHED, target=SUPERSEDED)
    def supersede(self, actor: Actor, given: Given) -> None:
        """The day of a later version has come."""
