"""A case and the transfers of its lead; what the tables forbid, no command can do by mistake."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency, Partnership, Team, User
from backend.audit.history import history
from backend.cases.states import CaseStates, TransferStates
from backend.children.models import Child
from backend.core import clock
from backend.core.models import TableClass, Versioned
from backend.notifications.audience import Audience

# The officer who accepts a referral opens the case but is not among those who lead it: a row must pass the policy
# when it is written, so the membership that opened it sees it until it is allocated, when `opened_as_id` is emptied.
# FORMER opens a transfer's outcome, not the case: hence reads_root. It is asked of each row that no column opens: what
# somebody has ever worked on is too long a list to be made for each statement.
# Who is asked to lead changes the row by the answer, and reads of it what the handover summary says: who leads now and
# what is next. Nothing that was written in the case, nor what the row was before, opens to them.
_SEE_CASE = """CASE
  WHEN child_id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
  WHEN lead_agency_id = (SELECT app.agency_as('LEAD')) THEN true
  WHEN opened_as_id = (SELECT app.membership()) THEN true
  WHEN id = ANY ((SELECT app.asked_to_lead())::uuid[]) THEN true
  ELSE app.reads_root(id) END"""


class Case(CaseStates, Versioned):
    """One episode of support for one child; an open one has exactly one lead agency and a date for what comes next."""

    table_class: ClassVar[TableClass] = TableClass.ROOT
    policy: ClassVar[str] = _SEE_CASE
    # What follows from the clock of a transfer, a share or a record under the case is bound to that: its case is part.
    job_policy: ClassVar[str] = """app.job_sees(id) OR EXISTS (
      SELECT 1 FROM cases_transfer t WHERE t.case_id = cases_case.id AND app.job_sees(t.id)) OR EXISTS (
      SELECT 1 FROM sharing_disclosure d WHERE d.root_id = cases_case.id AND app.job_sees(d.id)) OR EXISTS (
      SELECT 1 FROM access_link l WHERE l.parent_id = cases_case.id AND app.job_sees(l.root_id))"""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    lead_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    lead_practitioner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    # Where they work: the former lead agency while a transferred case waits for somebody in the new one.
    practitioner_agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    # Set while a manager minds the case of somebody who left, until a lead practitioner is chosen: who that was.
    minded_for_id = models.UUIDField(null=True, editable=False)
    opened_as_id = models.UUIDField(null=True, editable=False)
    # Where the work goes on when it is allocated after a transfer.
    state_before = models.CharField(max_length=20, blank=True)
    primary_need = models.CharField(max_length=20, blank=True, default="", db_default="")
    theme = models.CharField(max_length=60, blank=True)
    priority = models.CharField(max_length=20, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    # The first time somebody of the family was really spoken to, which is not the same as their agreement.
    first_contact_at = models.DateTimeField(null=True)
    # Apart from `state_before`: a paused case may be transferred while it rests.
    paused_from = models.CharField(max_length=20, blank=True, default="", db_default="")
    pause_reason = models.CharField(max_length=60, blank=True, default="", db_default="")
    look_again_on = models.DateField(null=True)
    # Who in another area was asked to take the case over, and since when; kept when they have it.
    out_area = models.CharField(max_length=200, blank=True, default="", db_default="")
    out_receiver = models.CharField(max_length=200, blank=True, default="", db_default="")
    out_contact = models.CharField(max_length=400, blank=True, default="", db_default="")
    out_asked_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # Set while another case of the same child goes on in its place (cases.commands.joining), and where it stood then.
    joined_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    joined_from = models.CharField(max_length=20, blank=True, default="", db_default="")
    # Where it stood when two people recorded that the child has died; empty while nobody has.
    died_from = models.CharField(max_length=20, blank=True, default="", db_default="")
    closing_reason = models.CharField(max_length=60, blank=True, default="", db_default="")
    closing_summary = models.TextField(blank=True, default="", db_default="")
    goes_on = models.TextField(blank=True, default="", db_default="")
    # What they said of the help when it ended, or a code of `view_why_not`.
    child_view = models.TextField(blank=True, default="", db_default="")
    child_view_why_not = models.CharField(max_length=60, blank=True, default="", db_default="")
    parent_view = models.TextField(blank=True, default="", db_default="")
    parent_view_why_not = models.CharField(max_length=60, blank=True, default="", db_default="")
    # Six months on: a code of `sustained_answers` with, where nobody could be asked, one of `view_why_not`; the words,
    # and who asked when.
    sustained = models.CharField(max_length=60, blank=True, default="", db_default="")
    sustained_why_not = models.CharField(max_length=60, blank=True, default="", db_default="")
    sustained_words = models.TextField(blank=True, default="", db_default="")
    sustained_by_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    sustained_at = models.DateTimeField(null=True)
    next_action = models.CharField(max_length=400, blank=True)
    next_action_on = models.DateField(null=True)
    next_due_at = models.DateTimeField(null=True)
    handover_note = models.TextField(blank=True)

    # Not a column: whom a change concerns beside those who lead and work, set by the edge and read by what it tells.
    concerned: tuple[Audience, ...] = ()

    # FORMER sees a transfer's outcome, not what the case was.
    history = history("app.reads_root(id)")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(CaseStates.LABELS)), name="case_state_known"),
            models.UniqueConstraint(
                fields=["child"], condition=Q(state__in=list(CaseStates.OPEN)), name="case_one_open_per_child"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=list(CaseStates.WITH_PRACTITIONER)) | Q(lead_practitioner__isnull=False),
                name="case_has_lead_practitioner",
            ),
            models.CheckConstraint(
                condition=Q(lead_practitioner__isnull=True, practitioner_agency__isnull=True)
                | Q(lead_practitioner__isnull=False, practitioner_agency__isnull=False),
                name="case_practitioner_works_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(minded_for_id__isnull=True) | Q(lead_practitioner__isnull=False),
                name="case_minded_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="closed") | (Q(next_action_on__isnull=False) & ~Q(next_action="")),
                name="case_open_has_next_action",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="case_end_has_time",
            ),
            models.CheckConstraint(
                condition=Q(joined_into__isnull=True, joined_from="")
                | (Q(state="closed", joined_into__isnull=False) & ~Q(joined_from="")),
                name="case_joined_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(out_asked_at__isnull=True, out_receiver="")
                | (Q(out_asked_at__isnull=False) & ~Q(out_receiver="")),
                name="case_out_has_receiver",
            ),
            models.CheckConstraint(
                condition=~Q(state="paused") | (Q(look_again_on__isnull=False) & ~Q(pause_reason="")),
                name="case_paused_is_looked_at_again",
            ),
        ]
        indexes = [
            models.Index(
                fields=["lead_agency", "next_due_at", "id"],
                condition=Q(state__in=list(CaseStates.OPEN)),
                name="case_led",
            ),
            models.Index(
                fields=["lead_practitioner", "next_due_at", "id"],
                condition=Q(state__in=list(CaseStates.OPEN)),
                name="case_worked",
            ),
            models.Index(fields=["minded_for_id"], condition=Q(minded_for_id__isnull=False), name="case_minded"),
            models.Index(fields=["child", "-closed_at"], name="case_of_child"),
            models.Index(
                fields=["lead_agency", "-closed_at", "-id"], condition=Q(state=CaseStates.CLOSED), name="case_closed"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def root_id(self) -> UUID:
        """A case is its own root."""
        return self.id

    @property
    def is_between_leads(self) -> bool:
        """Say whether another agency leads it by now and has not allocated it: who worked on it stays responsible."""
        return self.state == self.UNALLOCATED and self.lead_practitioner_id is not None

    @property
    def is_in_hand(self) -> bool:
        """Say whether somebody works on it: its lead practitioner, or whoever was that until it changed the lead."""
        return self.state in self.WITH_PRACTITIONER or self.is_between_leads

    def stands_in(self, *states: str) -> bool:
        """Say whether the work stands in one of these states, also while the case waits between two leads."""
        return (self.state_before if self.state == self.UNALLOCATED else self.state) in states


class Transfer(TransferStates, Versioned):
    """The lead of a case offered to another agency, with what its next lead must know on the first day."""

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = """CASE
      WHEN child_id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
      WHEN (SELECT app.is_passing_on()) THEN app.is_agencys(root_id)
      ELSE app.sees_transfer(root_id,
        (SELECT app.actor_agency()) IN (from_agency_id, to_agency_id, coalesce(escalated_to_id, to_agency_id))) END"""
    # The officer who accepts a referral may ask another agency to lead, and sees the case only until it is allocated.
    # Who is asked to name an agency asks that one, and never reads the case.
    add_policy: ClassVar[str] = """proposed_by_id = (SELECT app.actor_user()) AND state = 'proposed'
      AND (app.reads_root(root_id) OR (named_by_id = (SELECT app.managed_agency()) AND app.names_lead(root_id)))"""

    # The case, as every part names its root; `case` is the same row as a foreign key.
    root_id = models.UUIDField(db_index=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    # A copy: who was offered the lead sees the outcome when the case itself is closed to them again.
    case_reference = models.CharField(max_length=20)
    child_id = models.UUIDField()
    partnership_id = models.UUIDField()
    from_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=60)
    what_matters = models.TextField()
    open_actions = models.TextField()
    risks = models.TextField()
    who_to_speak_to = models.CharField(max_length=400)
    proposed_by_id = models.UUIDField()
    proposed_by_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField(default=clock.now)
    answered_by_id = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    # Whose managers are asked to name the agency that leads, where a second one in a row has not taken it; and when
    # they did.
    escalated_to = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(null=True)
    # Who named the agency that is asked here: it cannot decline, and leads once its time to answer is over.
    named_by = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    # When the answer is due; its clock runs on the transfer's own id, because the case has clocks of its own.
    next_due_at = models.DateTimeField(null=True)

    # As the transfer itself.
    history = history("EXISTS (SELECT 1 FROM cases_transfer t WHERE t.id = cases_historicaltransfer.id)")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(TransferStates.LABELS)), name="transfer_state_known"),
            models.CheckConstraint(condition=Q(root_id=models.F("case")), name="transfer_root_is_its_case"),
            models.CheckConstraint(condition=~Q(from_agency=models.F("to_agency")), name="transfer_to_another_agency"),
            models.UniqueConstraint(fields=["case"], condition=Q(state="proposed"), name="transfer_one_open"),
            models.CheckConstraint(
                condition=Q(state="proposed", answered_at__isnull=True)
                | (~Q(state="proposed") & Q(answered_at__isnull=False)),
                name="transfer_end_has_time",
            ),
            models.CheckConstraint(
                condition=Q(named_at__isnull=True) | Q(escalated_to__isnull=False), name="transfer_named_where_asked"
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_agency", "next_due_at", "id"], condition=Q(state="proposed"), name="transfer_waiting"
            ),
            models.Index(fields=["case", "-proposed_at"], name="transfer_of_case"),
            models.Index(
                fields=["escalated_to", "id"],
                condition=Q(escalated_to__isnull=False, named_at__isnull=True),
                name="transfer_to_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.to_agency_id}: {self.state}"
