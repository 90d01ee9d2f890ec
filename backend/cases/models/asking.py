"""An agency that helps in a case asks the lead agency to hand the lead over to it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from backend.agencies.models import Agency
from backend.audit.history import history
from backend.cases.models.planning import Planned
from backend.cases.states.asking import LeadRequestStates


class LeadRequest(LeadRequestStates, Planned):
    """A manager on the team around the child asks for the lead, why, and what the lead agency said.

    `made_by` of `agency` asks. Whoever reads the case reads it, and of the team only the agency that asked.
    """

    policy: ClassVar[str] = """CASE
      WHEN child_id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
      WHEN app.reads_root(root_id) THEN true
      WHEN agency_id = (SELECT app.actor_agency()) THEN app.reads_plan(root_id)
      ELSE false END"""

    asked_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Who was the lead practitioner when it was asked: told beside the managers of the lead agency.
    practitioner_id = models.UUIDField(null=True)
    # A code of `transfer_reasons`.
    why = models.CharField(max_length=60)
    reason = models.TextField()
    answered_by_id = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    # A code of `lead_request_refuse_reasons` or of `lead_request_withdraw_reasons`.
    reason_code = models.CharField(max_length=60, blank=True)
    answer = models.TextField(blank=True)
    transfer_id = models.UUIDField(null=True)
    # When the answer is due; its clock runs on the request's own id, because the case has clocks of its own.
    next_due_at = models.DateTimeField(null=True)

    # As the request itself.
    history = history("EXISTS (SELECT 1 FROM cases_leadrequest r WHERE r.id = cases_historicalleadrequest.id)")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(LeadRequestStates.LABELS)), name="lead_request_state_known"
            ),
            models.UniqueConstraint(
                fields=["root_id", "agency"],
                condition=Q(state__in=list(LeadRequestStates.OPEN)),
                name="lead_request_one_open",
            ),
            models.CheckConstraint(condition=~Q(agency=F("asked_agency")), name="lead_request_of_another_agency"),
            models.CheckConstraint(
                condition=Q(state__in=list(LeadRequestStates.OPEN), answered_at__isnull=True)
                | (~Q(state__in=list(LeadRequestStates.OPEN)) & Q(answered_at__isnull=False)),
                name="lead_request_end_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(transfer_id__isnull=False), name="lead_request_answer_is_a_transfer"
            ),
        ]
        indexes = [
            models.Index(fields=["root_id", "-made_at"], name="lead_request_of_case"),
            models.Index(
                fields=["asked_agency", "made_at", "id"],
                condition=Q(state__in=list(LeadRequestStates.OPEN)),
                name="lead_request_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} asks to lead {self.root_id}: {self.state}"
