"""The referral itself: where it stands, who has it, and what no command may ever make of it."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency, Partnership, User
from backend.audit.history import history
from backend.cases.models import Case
from backend.children.models import Child
from backend.core import clock
from backend.core.models import TableClass, Versioned
from backend.notifications.audience import Audience
from backend.referrals.states import ReferralStates

_SEE_REFERRAL = """CASE
  WHEN child_id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
  WHEN created_by_id = (SELECT app.actor_user()) AND referrer_agency_id = (SELECT app.agency_as('CREATOR')) THEN true
  WHEN submitted_at IS NULL THEN (SELECT app.is_passing_on()) AND app.is_agencys(id)
  WHEN holder_id = (SELECT app.agency_as('HOLDER')) THEN true
  WHEN referrer_agency_id = (SELECT app.agency_as('REFERRER')) THEN true
  WHEN lead_agency_id = (SELECT app.agency_as('LEAD')) THEN true
  ELSE app.sees_root(id) END"""


class Referral(ReferralStates, Versioned):
    """One request about one child. Its words are Statements; this row says where it stands and who has it."""

    table_class: ClassVar[TableClass] = TableClass.ROOT
    policy: ClassVar[str] = _SEE_REFERRAL
    # What follows from the last day of a share is bound to the share: its referral is part.
    job_policy: ClassVar[str] = """app.job_sees(id) OR EXISTS (
      SELECT 1 FROM sharing_disclosure d WHERE d.root_id = referrals_referral.id AND app.job_sees(d.id))"""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    referrer_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    preferred_agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    # The service of the directory the referrer chose, and its words as they were when it was sent.
    service_id = models.UUIDField(null=True)
    service_words = models.CharField(max_length=420, blank=True, db_default="", default="")
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    # The same for referrals about brothers and sisters that were made together; each is decided on its own.
    family_id = models.UUIDField(null=True)
    # The closed case after which the child is referred again, as whoever refers says; they saw it (sql/90_again.sql).
    earlier_case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    linked_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    # Copied from the case by a trigger, so that the row policy can compare a column.
    lead_agency_id = models.UUIDField(null=True, editable=False)
    triage_officer = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=60, blank=True)
    is_urgent = models.BooleanField(default=False)
    level_believed = models.CharField(max_length=40, blank=True)
    level_decided = models.CharField(max_length=40, blank=True)
    # Which version of the partnership's threshold text was shown beside the level that was believed.
    level_text = models.PositiveSmallIntegerField(null=True)
    theme = models.CharField(max_length=60, blank=True)
    priority = models.CharField(max_length=20, blank=True)
    statutory_reference = models.CharField(max_length=80, blank=True)
    danger_called = models.CharField(max_length=200, blank=True)
    danger_called_at = models.DateTimeField(null=True)
    # A critical moment that led to it: help is most likely to be taken in the hours after it.
    moment_kind = models.CharField(max_length=40, blank=True, default="", db_default="")
    moment_at = models.DateTimeField(null=True)
    voice_why_not = models.CharField(max_length=60, blank=True)
    hops = models.PositiveSmallIntegerField(default=0)
    # What the rules flagged when it was sent or last amended, and which version of them; only for whoever decides.
    flags = models.JSONField(default=list, db_default=[])
    flagged_by = models.PositiveSmallIntegerField(default=0, db_default=0)
    submitted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # Where it stood when two people recorded that the child has died; empty while nobody has.
    died_from = models.CharField(max_length=30, blank=True, default="", db_default="")
    next_due_at = models.DateTimeField(null=True)
    # Linked to open work, and whoever is responsible there has not been given it to read yet (commands.linking).
    link_waits_since = models.DateTimeField(null=True)

    history = history("app.sees_root(id)")

    # Not columns: whom one change concerns and in which words, set by the edge and read by what it tells.
    concerned: tuple[Audience, ...] = ()
    concerned_agency_name: str = ""
    reason_words: str = ""
    # The token of a status link, in the answer to the request that made it and nowhere else.
    given_token: str = ""

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
            models.Index(fields=["id"], condition=Q(link_waits_since__isnull=False), name="referral_link_waits"),
            models.Index(fields=["family_id"], condition=Q(family_id__isnull=False), name="referral_family"),
            models.Index(
                fields=["earlier_case"], condition=Q(earlier_case__isnull=False), name="referral_again_after_case"
            ),
            models.Index(fields=["created_by", "-id"], name="referral_mine"),
            models.Index(fields=["referrer_agency", "-id"], name="referral_of_agency"),
            models.Index(fields=["holder", "-id"], name="referral_held"),
            # What an agency received in some days: figures.
            models.Index(
                fields=["holder", "submitted_at"], condition=Q(submitted_at__isnull=False), name="referral_received"
            ),
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

    @property
    def about(self) -> Child:
        """Return the child of a referral that was sent; raise ValueError for a draft, which has none yet."""
        if self.child is None:
            raise ValueError("this referral has no child")
        return self.child

    @property
    def about_id(self) -> UUID:
        """Return which child a referral that was sent is about, also to whoever may not read the child's row."""
        if self.child_id is None:
            raise ValueError("this referral has no child")
        return self.child_id
