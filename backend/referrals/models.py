"""A referral and its parts: statements, factors, questions to agencies, offers, decisions, and who was told."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency, Partnership, User
from backend.audit.history import history
from backend.cases.models import Case
from backend.children.models import Child
from backend.core import clock
from backend.core.models import Base, TableClass, Versioned
from backend.notifications.audience import Audience
from backend.referrals.states import InformationRequestStates, ReferralStates

_SEE_REFERRAL = """CASE
  WHEN child_id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
  WHEN created_by_id = (SELECT app.actor_user()) AND referrer_agency_id = (SELECT app.agency_as('CREATOR')) THEN true
  WHEN submitted_at IS NULL THEN false
  WHEN holder_id = (SELECT app.agency_as('HOLDER')) THEN true
  WHEN referrer_agency_id = (SELECT app.agency_as('REFERRER')) THEN true
  WHEN lead_agency_id = (SELECT app.agency_as('LEAD')) THEN true
  ELSE id = ANY ((SELECT app.rare_roots())::uuid[]) END"""

# The asked agency sees its question, and the history its own answer writes, for as long as it may.
_SEE_QUESTION = """CASE
  WHEN child_id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
  WHEN asked_agency_id = (SELECT app.asked_agency()) AND access_until IS NULL THEN true
  WHEN asked_agency_id = (SELECT app.asked_agency()) AND access_until > app.moment() THEN true
  ELSE app.reads_root(root_id) END"""


class Referral(ReferralStates, Versioned):
    """One request about one child. Its words are Statements; this row says where it stands and who has it."""

    table_class: ClassVar[TableClass] = TableClass.ROOT
    policy: ClassVar[str] = _SEE_REFERRAL
    job_policy: ClassVar[str] = "app.job_sees(id)"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    referrer_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    preferred_agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    linked_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    # Copied from the case by a trigger, so that the row policy can compare a column.
    lead_agency_id = models.UUIDField(null=True, editable=False)
    triage_officer = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=60, blank=True)
    is_urgent = models.BooleanField(default=False)
    level_believed = models.CharField(max_length=40, blank=True)
    level_decided = models.CharField(max_length=40, blank=True)
    theme = models.CharField(max_length=60, blank=True)
    priority = models.CharField(max_length=20, blank=True)
    statutory_reference = models.CharField(max_length=80, blank=True)
    danger_called = models.CharField(max_length=200, blank=True)
    danger_called_at = models.DateTimeField(null=True)
    voice_why_not = models.CharField(max_length=60, blank=True)
    hops = models.PositiveSmallIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)

    history = history("app.sees_root(id)")

    # Not columns: whom one change concerns and in which words, set by the edge and read by what it tells.
    concerned: tuple[Audience, ...] = ()
    concerned_agency_name: str = ""
    reason_words: str = ""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(ReferralStates.LABELS)), name="referral_state_known"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, state__in=["draft", "withdrawn", "entered_in_error"])
                | Q(submitted_at__isnull=False, child__isnull=False),
                name="referral_sent_has_child",
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(ReferralStates.ENDED), ended_at__isnull=False)
                | (~Q(state__in=list(ReferralStates.ENDED)) & Q(ended_at__isnull=True)),
                name="referral_end_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(case__isnull=False), name="referral_accepted_has_case"
            ),
            models.CheckConstraint(
                condition=~Q(state="linked") | Q(case__isnull=False) | Q(linked_to__isnull=False),
                name="referral_linked_to_something",
            ),
            models.UniqueConstraint(
                fields=["child", "referrer_agency"],
                condition=Q(state__in=list(ReferralStates.OPEN)),
                name="referral_one_open_per_child_and_agency",
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder", "next_due_at", "id"],
                condition=Q(state__in=list(ReferralStates.OPEN)),
                name="referral_queue",
            ),
            models.Index(
                fields=["id"], condition=Q(state="information_requested"), name="referral_waiting_for_answers"
            ),
            models.Index(fields=["created_by", "-id"], name="referral_mine"),
            models.Index(fields=["referrer_agency", "-id"], name="referral_of_agency"),
            models.Index(fields=["holder", "-id"], name="referral_held"),
            models.Index(
                fields=["lead_agency_id", "-id"], condition=Q(lead_agency_id__isnull=False), name="referral_led"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def root_id(self) -> UUID:
        """A referral is its own root."""
        return self.id


class Statement(Base):
    """Something said in a referral, with what it rests on: seen, told by whom, or an opinion; current or earlier."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    policy: ClassVar[str] = "app.reads_root(root_id)"

    root_id = models.UUIDField(db_index=True)
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=40)
    text = models.TextField()
    basis = models.CharField(max_length=20, blank=True)
    told_by = models.CharField(max_length=200, blank=True)
    currency = models.CharField(max_length=20, blank=True)
    replaces_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by_id = models.UUIDField()

    def __str__(self) -> str:
        return self.kind


class ReferralFactor(Base):
    """A coded risk or protective factor, as the referrer sees it; never summed into a score."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    policy: ClassVar[str] = "app.reads_root(root_id)"

    root_id = models.UUIDField()
    code = models.CharField(max_length=40)
    currency = models.CharField(max_length=20, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root_id", "code", "currency"], name="referral_factor_once")]

    def __str__(self) -> str:
        return self.code


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


class Decision(Base):
    """What was decided and why, as it was said; a correction is another row that points to the first."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True

    root_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=40)
    reason_code = models.CharField(max_length=60, blank=True)
    rationale = models.TextField()
    # A text of its own for the referrer, without case content.
    outcome_text = models.TextField(blank=True)
    level_of_need = models.CharField(max_length=40, blank=True)
    theme = models.CharField(max_length=60, blank=True)
    priority = models.CharField(max_length=20, blank=True)
    factors = ArrayField(models.CharField(max_length=40), default=list)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    confirmed_by_id = models.UUIDField(null=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")

    def __str__(self) -> str:
        return self.kind


class Told(Base):
    """That the referrer, the child or a parent was told: how and when, or why not yet and when to look again."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    REFERRER, CHILD, PARENT = "referrer", "child", "parent"

    root_id = models.UUIDField(db_index=True)
    who = models.CharField(max_length=20)
    method = models.CharField(max_length=40, blank=True)
    told_at = models.DateTimeField(null=True)
    why_not = models.CharField(max_length=200, blank=True)
    look_again_on = models.DateField(null=True)
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(told_at__isnull=False) | Q(look_again_on__isnull=False), name="told_or_look_again"
            )
        ]

    def __str__(self) -> str:
        return self.who
