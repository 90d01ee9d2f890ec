"""A disagreement about a decision, and each turn it has taken: who said what at which stage."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency
from backend.audit.history import history
from backend.core import clock
from backend.core.models import Base, TableClass, Versioned
from backend.disagreements.states import LAST_STAGE, DisagreementStates

# Both sides, for good; and whoever may read the record that the decision was about.
_SEE = """CASE
  WHEN child_id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
  WHEN (SELECT app.is_passing_on()) THEN app.is_agencys(id)
  WHEN raising_agency_id = (SELECT app.agency_as('DISAGREEING')) THEN true
  WHEN owner_agency_id = (SELECT app.agency_as('ANSWERING')) THEN true
  WHEN deciding_agency_id = (SELECT app.agency_as('ANSWERING')) THEN true
  ELSE app.reads_root(about_id) END"""


class Disagreement(DisagreementStates, Versioned):
    """One challenge of one decision. It hides nothing and stops nothing: the record goes on beside it.

    `about_id` is the record that was decided about (a referral now), `about` the noun of its machine.
    """

    table_class: ClassVar[TableClass] = TableClass.ROOT
    policy: ClassVar[str] = _SEE

    partnership_id = models.UUIDField()
    about = models.CharField(max_length=40)
    about_id = models.UUIDField()
    child_id = models.UUIDField()
    # A copy: who answers at a later stage may name what they ring about without opening it.
    reference = models.CharField(max_length=20)
    decision_id = models.UUIDField()
    decision_kind = models.CharField(max_length=40)
    decided_by_id = models.UUIDField()
    deciding_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    raising_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    raised_by_id = models.UUIDField()
    raised_by_name = models.CharField(max_length=200)
    raised_at = models.DateTimeField(default=clock.now)
    # Whose managers answer at the present stage.
    owner_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    stage = models.PositiveSmallIntegerField(default=1)
    ground = models.CharField(max_length=60)
    child_safe = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20, blank=True)
    ended_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)

    history = history(_SEE)

    # Not columns: who had it before this change, and what its form says, read by what the edge tells.
    former_owner_id: UUID | None = None

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(DisagreementStates.LABELS)), name="disagreement_state_known"
            ),
            models.CheckConstraint(condition=Q(stage__gte=1, stage__lte=LAST_STAGE), name="disagreement_stage_known"),
            models.CheckConstraint(
                condition=Q(state="resolved", outcome__in=["upheld", "not_upheld"])
                | (~Q(state="resolved") & Q(outcome="")),
                name="disagreement_resolved_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(DisagreementStates.ENDED), ended_at__isnull=False)
                | (~Q(state__in=list(DisagreementStates.ENDED)) & Q(ended_at__isnull=True)),
                name="disagreement_end_has_time",
            ),
            models.UniqueConstraint(
                fields=["decision_id", "raising_agency"],
                condition=Q(state__in=list(DisagreementStates.OPEN)),
                name="disagreement_one_open_per_decision_and_agency",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_agency", "next_due_at", "id"],
                condition=Q(state__in=list(DisagreementStates.OPEN)),
                name="disagreement_to_answer",
            ),
            models.Index(fields=["raising_agency", "-id"], name="disagreement_raised"),
            models.Index(fields=["deciding_agency", "-id"], name="disagreement_decided"),
            models.Index(fields=["about_id"], name="disagreement_about"),
        ]

    def __str__(self) -> str:
        return f"disagreement about {self.reference}"

    @property
    def root_id(self) -> UUID:
        """A disagreement is its own root: its two sides stand to it as to no other record."""
        return self.id

    @property
    def is_open(self) -> bool:
        """Say whether anybody still has to do something about it."""
        return self.state in self.OPEN

    @property
    def is_unsafe(self) -> bool:
        """Say whether whoever raised it believes that the child is not safe now."""
        return self.child_safe == "no"


class Turn(Base):
    """What one side said at one stage: raised it, answered, upheld, took it further, accepted, or took it back."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    # Whoever sees the disagreement: its own policy decides inside the subquery.
    policy: ClassVar[str] = "EXISTS (SELECT 1 FROM disagreements_disagreement d WHERE d.id = root_id)"
    # A side speaks as its agency, which is what the other side reads above the words; each side says only what is its
    # own to say, at the stage and in the state that the disagreement has reached.
    add_policy: ClassVar[str] = """by_id = (SELECT app.actor_user()) AND by_name = (SELECT app.actor_name())
      AND agency_name = (SELECT app.actor_agency_name()) AND app.sees_root(root_id)
      AND EXISTS (SELECT 1 FROM disagreements_disagreement d
        WHERE d.id = disagreements_turn.root_id AND d.stage = disagreements_turn.stage
          AND CASE disagreements_turn.kind
            WHEN 'raised' THEN d.state = 'raised' AND d.raised_by_id = (SELECT app.actor_user())
            WHEN 'answered' THEN d.state IN ('raised', 'escalated')
              AND d.owner_agency_id = (SELECT app.agency_as('ANSWERING'))
            WHEN 'upheld' THEN d.state IN ('raised', 'escalated', 'answered')
              AND d.owner_agency_id = (SELECT app.agency_as('ANSWERING'))
            WHEN 'accepted' THEN d.state = 'answered' AND d.raising_agency_id = (SELECT app.agency_as('DISAGREEING'))
            ELSE d.state IN ('raised', 'escalated', 'answered')
              AND d.raising_agency_id = (SELECT app.agency_as('DISAGREEING')) END)"""

    root_id = models.UUIDField()
    stage = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    # What should happen instead, or what will be done.
    wanted = models.TextField(blank=True)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    agency_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["raised", "answered", "upheld", "escalated", "accepted", "withdrawn"]),
                name="turn_kind_known",
            ),
            models.UniqueConstraint(fields=["root_id"], condition=Q(kind="raised"), name="turn_raised_once"),
        ]
        indexes = [models.Index(fields=["root_id", "at", "id"], name="turn_of_disagreement")]

    def __str__(self) -> str:
        return f"{self.kind} at stage {self.stage}"
