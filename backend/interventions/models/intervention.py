"""A service within a case: a record of its own, because who provides it sees it and nothing else of the case."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency, User
from backend.audit.history import history
from backend.cases.models import Case
from backend.core import clock
from backend.core.models import TableClass, Versioned
from backend.directory.models import Service
from backend.interventions.states import InterventionStates

# The agency that provides it, from the offer on; and whoever reads the case.
_SEE = """CASE
  WHEN child_id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
  WHEN provider_agency_id = (SELECT app.agency_as('PROVIDER')) AND offered_at IS NOT NULL
    AND (provider_until IS NULL OR provider_until > greatest(ended_at, app.moment())) THEN true
  WHEN (SELECT app.is_passing_on()) AND app.is_agencys(id) THEN true
  ELSE app.reads_root(case_id) END"""


class Intervention(InterventionStates, Versioned):
    """One service for one child, from the recommendation to its end."""

    table_class: ClassVar[TableClass] = TableClass.ROOT
    policy: ClassVar[str] = _SEE

    partnership_id = models.UUIDField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    # Copies: who provides it names what they ring about, and the service as it was, without opening the case.
    case_reference = models.CharField(max_length=20)
    child_id = models.UUIDField()
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    service_name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200)
    # Empty where an organisation without an account provides it: whoever works on the case records its answers.
    provider_agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    # Who of it gives the service; empty until somebody is named, and then its managers answer for it.
    worker = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    # Set while a colleague gives what somebody who left gave, until somebody is named again: who that was.
    minded_for_id = models.UUIDField(null=True, editable=False)
    goal = models.TextField()
    # The goals of the plan it works towards: whoever gives it reads their words (sql/40_goals.sql).
    goals = ArrayField(models.UUIDField(), default=list, blank=True)
    recommended_by_id = models.UUIDField()
    recommended_by_name = models.CharField(max_length=200)
    recommended_at = models.DateTimeField(default=clock.now)
    what_they_need = models.TextField(blank=True)
    # What the family knew when the provider was asked. Why not is for the case alone: it may be what nobody may tell.
    child_told = models.CharField(max_length=60, blank=True)
    parent_told = models.CharField(max_length=60, blank=True)
    family_agreed = models.CharField(max_length=60, blank=True)
    not_told_why = models.CharField(max_length=60, blank=True)
    offered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    # Who of the family said yes or no.
    agreed_by = models.CharField(max_length=60, blank=True)
    agreed_on = models.DateField(null=True)
    waitlisted_at = models.DateTimeField(null=True)
    expected_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    planned_sessions = models.PositiveSmallIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=60, blank=True)
    outcome = models.TextField(blank=True)
    # Where it stood when two people recorded that the child has died; empty while nobody has.
    died_from = models.CharField(max_length=20, blank=True, default="", db_default="")
    # Who answers for it when the case closes before it ends.
    goes_on_with = models.TextField(blank=True)
    # Until when the provider still reads it; empty while it is open, unless its reading was stopped.
    provider_until = models.DateTimeField(null=True)
    # When who provided it gave it back, or another took it over from an agency that ends.
    left_at = models.DateTimeField(null=True)
    # When the lead practitioner was asked what follows, because who provides it has gone.
    asked_to_decide_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)

    history = history(_SEE)

    # Not columns: whose case it is now, from the projection, which `queries.visible_to` reads with the row.
    lead_agency_id: UUID | None = None
    lead_practitioner_id: UUID | None = None
    # Nor this: who is changing it, so that nobody is told of what they have just done themselves.
    changed_by_id: UUID | None = None
    changed_in_id: UUID | None = None
    # Nor this: how many sessions were called off because it ends now.
    called_off: int = 0
    # Nor this: whether what is being done now was owed by a day that is over.
    came_late: bool | None = None

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(InterventionStates.LABELS)), name="intervention_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(InterventionStates.ENDED), ended_at__isnull=False)
                | (~Q(state__in=list(InterventionStates.ENDED)) & Q(ended_at__isnull=True)),
                name="intervention_end_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["recommended", "cancelled"]) | Q(offered_at__isnull=False),
                name="intervention_offered_first",
            ),
            models.UniqueConstraint(
                fields=["case", "service"],
                condition=Q(state__in=list(InterventionStates.OPEN)),
                name="intervention_one_open_per_service",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-id"], name="intervention_of_case"),
            # Those of one child, when its figures are counted again.
            models.Index(fields=["child_id"], name="intervention_of_child"),
            models.Index(
                fields=["provider_agency", "state", "next_due_at", "id"],
                condition=Q(state__in=list(InterventionStates.OPEN)),
                name="intervention_provided",
            ),
            models.Index(
                fields=["worker", "provider_agency"],
                condition=Q(state__in=list(InterventionStates.OPEN), worker__isnull=False),
                name="intervention_given_by",
            ),
            models.Index(
                fields=["minded_for_id"], condition=Q(minded_for_id__isnull=False), name="intervention_minded"
            ),
            models.Index(
                fields=["service", "waitlisted_at", "id"], condition=Q(state="waitlisted"), name="intervention_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_name} in {self.case_reference}"

    @property
    def root_id(self) -> UUID:
        """An intervention is its own root: its provider stands to it as to no other record of the case."""
        return self.id

    @property
    def is_stopped(self) -> bool:
        """Say whether its provider was stopped from reading it before it ended."""
        if self.provider_until is None:
            return False
        return self.provider_until < self.ended_at if self.ended_at else self.provider_until <= clock.now()

    @property
    def is_owed(self) -> bool:
        """Say whether the next word is the provider's, of an agency that works here and may read of the child."""
        return self.state in self.OWED and self.provider_agency_id is not None and not self.is_stopped

    @property
    def is_open(self) -> bool:
        """Say whether anybody still has to do something about it."""
        return self.state in self.OPEN
