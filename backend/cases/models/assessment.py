"""An assessment of a case: typed as a draft, completed once, and kept as it was when the next one begins."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency
from backend.audit.history import history
from backend.cases.states.assessing import AssessmentStates
from backend.core import clock
from backend.core.models import TableClass, Versioned


class Assessment(AssessmentStates, Versioned):
    """Needs, strengths, factors, the child's and the family's words; the number says which version it is."""

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = "app.reads_root(root_id)"

    root_id = models.UUIDField()
    child_id = models.UUIDField()
    partnership_id = models.UUIDField()
    case_reference = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    # The one whose words it began with; none for the first.
    based_on_id = models.UUIDField(null=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    started_by_id = models.UUIDField()
    started_by_name = models.CharField(max_length=200)
    started_at = models.DateTimeField(default=clock.now)
    needs = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    # Codes of `factors`, the vocabulary of referrals.
    factors = ArrayField(models.CharField(max_length=60), default=list)
    child_words = models.TextField(blank=True)
    # A code of `voice_why_not`, when the child's words are missing.
    child_words_why_not = models.CharField(max_length=60, blank=True)
    family_words = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    ended_by_id = models.UUIDField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)

    history = history("app.reads_root(root_id)")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(AssessmentStates.LABELS)), name="assessment_state_known"),
            models.UniqueConstraint(fields=["root_id"], condition=Q(state="open"), name="assessment_one_open"),
            models.UniqueConstraint(fields=["root_id", "number"], name="assessment_number_once"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="assessment_end_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="complete")
                | (~Q(needs="") & ~Q(strengths="") & (~Q(child_words="") | ~Q(child_words_why_not=""))),
                name="assessment_complete_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"assessment {self.number} of {self.root_id}"
