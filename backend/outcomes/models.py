"""Scores keyed by what they are about: numbers, who gave them and when; never the questions of a licensed measure."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency
from backend.audit.history import history
from backend.core import clock
from backend.core.models import TableClass, Versioned
from backend.outcomes.states import ScoreStates

GOAL = "goal"
BASELINE, REVIEW, EXIT = "baseline", "review", "exit"
STAGES = {BASELINE: "At the beginning", REVIEW: "On the way", EXIT: "At the end"}


class Score(ScoreStates, Versioned):
    """One measurement: a goal from 0 to 10, or the total of a questionnaire with its parts; or why there is none."""

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = "app.reads_root(root_id)"

    root_id = models.UUIDField()
    child_id = models.UUIDField()
    # What is scored: a goal, or the record itself where it is about the child as a whole.
    subject_id = models.UUIDField()
    # A code of `measures`.
    measure = models.CharField(max_length=40)
    stage = models.CharField(max_length=20, choices=list(STAGES.items()))
    taken_on = models.DateField()
    value = models.PositiveSmallIntegerField(null=True)
    # {scale: number} of a measure that has scales.
    parts = models.JSONField(default=dict, blank=True)
    # A code of `score_givers`: whose view it is.
    given_by = models.CharField(max_length=40, blank=True)
    why_not = models.CharField(max_length=60, blank=True)
    comment = models.TextField(blank=True)
    # What it said before each time it was put right, the first first: what stood there, who put it right, when and why.
    earlier = models.JSONField(default=list, blank=True, db_default=[])
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    history = history("app.reads_root(root_id)")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=list(STAGES)), name="score_stage_known"),
            models.CheckConstraint(condition=Q(state__in=list(ScoreStates.LABELS)), name="score_state_known"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, why_not="") | (Q(value__isnull=True) & ~Q(why_not="")),
                name="score_is_given_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=~Q(measure=GOAL) | Q(value__isnull=True) | Q(value__lte=10), name="score_of_goal_to_ten"
            ),
        ]
        indexes = [
            models.Index(fields=["root_id", "taken_on", "id"], name="score_of_record"),
            models.Index(fields=["subject_id", "-at"], name="score_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} of {self.subject_id}"

    @property
    def partnership_id(self) -> UUID:
        """Whose targets would time it: those of the partnership of whoever recorded it."""
        return self.agency.partnership_id

    @property
    def subject(self) -> tuple[UUID, str]:
        """Return what makes scores comparable: the same subject by the same measure."""
        return self.subject_id, self.measure
