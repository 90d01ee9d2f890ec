"""Confirmations by a second person, and the keys that make a repeated request harmless."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from backend.audit.history import history
from backend.core import clock
from backend.core.models import Base, TableClass, Versioned
from backend.workflow.states import ConfirmationStates

# Whoever reads what it is about; where nobody stands in a relation to that, whoever keeps it. Information governance
# asks about the seal of a record that it does not read, and sees of it its own question.
_SEE_QUESTION = """app.reads_root(root_id) OR app.keeps(root_id)
      OR (noun IN ('seal', 'referral_seal') AND asked_by_id = (SELECT app.actor_user())
          AND app.proposes_seal(root_id))"""


class Confirmation(ConfirmationStates, Versioned):
    """An edge that waits for a second person; `given` is the first person's input, run when it is confirmed."""

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = _SEE_QUESTION
    # That it was asked is an event at the record.
    answered_by: ClassVar[str] = "asked_by_id = (SELECT app.actor_user()) AND app.proposes_seal(root_id)"

    root_id = models.UUIDField()
    child_id = models.UUIDField(null=True)
    noun = models.CharField(max_length=40)
    edge = models.CharField(max_length=60)
    target_id = models.UUIDField()
    agency_id = models.UUIDField()
    why = models.CharField(max_length=300)
    given = models.JSONField()
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField(default=clock.now)
    # Who looks after the question of somebody who left: they may take it back, and may still be the second person.
    passed_to_id = models.UUIDField(null=True)
    answered_by_id = models.UUIDField(null=True)
    reason = models.TextField(blank=True)

    history = history(_SEE_QUESTION)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target_id"], condition=Q(state="asked"), name="confirmation_one_open"),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "refused"]) | ~Q(answered_by_id=F("asked_by_id")),
                name="confirmation_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(ConfirmationStates.LABELS)), name="confirmation_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["agency_id", "asked_at"], condition=Q(state="asked"), name="confirmation_waiting"),
            # The page of a record shows what was asked about it.
            models.Index(fields=["root_id"], name="confirmation_of_record"),
        ]

    def __str__(self) -> str:
        return f"{self.noun}.{self.edge} {self.state}"

    @property
    def looked_after_by_id(self) -> UUID:
        """Return who hears of the answer and may take the question back: who asked, or who has it since they left."""
        return self.passed_to_id or self.asked_by_id


class IdempotencyKey(Base):
    """One key of one person: what it was used for, so that a retry has one effect and the same answer."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING

    user_id = models.UUIDField()
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    result_id = models.UUIDField()
    status = models.PositiveSmallIntegerField()
    used_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "key"], name="idempotency_key_once")]
        indexes = [models.Index(fields=["used_at"], name="idempotency_key_age")]

    def __str__(self) -> str:
        return f"{self.status} {self.result_id}"
