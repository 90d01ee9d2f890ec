"""What a referral asks of other agencies: a question, or to take it over."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency
from backend.audit.history import history
from backend.core import clock
from backend.core.models import Base, TableClass, Versioned
from backend.referrals.states import InformationRequestStates

# The asked agency sees its question, and the history its own answer writes, for as long as it may. The answer is
# disclosed to the agency that asked: who else reads the referral's text, its referrer for one, does not read that.
_SEE_QUESTION = """CASE
  WHEN child_id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
  WHEN (SELECT app.is_passing_on()) THEN app.is_agencys(root_id)
  WHEN asked_agency_id = (SELECT app.asked_agency()) AND access_until IS NULL THEN true
  WHEN asked_agency_id = (SELECT app.asked_agency()) AND access_until > app.moment() THEN true
  ELSE app.decides_root(root_id) END"""


class InformationRequest(InformationRequestStates, Versioned):
    """A question to an agency about the child, with why it may be asked; the answer lands in the referral."""

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = _SEE_QUESTION

    root_id = models.UUIDField(db_index=True)
    child_id = models.UUIDField()
    partnership_id = models.UUIDField()
    # The referral's reference, so that the agency asked can name what it telephones about.
    reference = models.CharField(max_length=20)
    holder_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    asked_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    purpose = models.TextField()
    basis = models.CharField(max_length=60)
    is_urgent = models.BooleanField(default=False)
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField(default=clock.now)
    answer_text = models.TextField(blank=True)
    reason_code = models.CharField(max_length=60, blank=True)
    answered_by_id = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    # Five working days after it ends in any way the asked agency stops seeing it (access.md, ASKED).
    access_until = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)
    # When somebody, or the clock that ran out, reminded the agency beside the reminders that every clock sends.
    chased_at = ArrayField(models.DateTimeField(), default=list, db_default=[])

    history = history(_SEE_QUESTION)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(InformationRequestStates.LABELS)), name="information_request_state_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_agency", "next_due_at", "id"],
                condition=Q(state="asked"),
                name="information_request_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"question to {self.asked_agency_id}"


class Offer(Base):
    """A redirect in hand: the agency it is offered to reads it and takes it or sends it back."""

    table_class: ClassVar[TableClass] = TableClass.PART
    OPEN, TAKEN, RETURNED, RECALLED, OVERTAKEN = "open", "taken", "returned", "recalled", "overtaken"

    root_id = models.UUIDField(db_index=True)
    child_id = models.UUIDField()
    from_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    rationale = models.TextField()
    state = models.CharField(max_length=20, default=OPEN)
    offered_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["root_id"], condition=Q(state="open"), name="offer_one_open"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="offer_end_has_time",
            ),
        ]
        indexes = [models.Index(fields=["to_agency", "-id"], condition=Q(state="open"), name="offer_waiting")]

    def __str__(self) -> str:
        return f"{self.from_agency_id} → {self.to_agency_id}: {self.state}"
