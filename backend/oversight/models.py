"""Break-glass: one person reads one child's records for four hours, says why, and is asked about it afterwards."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency
from backend.core import clock
from backend.core.models import Base, TableClass


class BreakGlass(Base):
    """Who opened which child's records, why, until when, and what was found when somebody asked whether it was right.

    Made by app.break_glass alone, which judges who may and finds the child; its triggers write the involvement that
    opens the records, end it, and judge who says what afterwards (sql/20_break_glass.sql).
    """

    table_class: ClassVar[TableClass] = TableClass.OWN
    policy: ClassVar[str] = """CASE
      WHEN user_id = (SELECT app.actor_user()) THEN true
      WHEN child_ids && (SELECT app.barred_children())::uuid[] THEN false
      WHEN agency_id = (SELECT app.managing()) THEN true
      ELSE (SELECT app.governs()) AND partnership_id = (SELECT app.actor_partnership()) END"""
    web_grants: ClassVar[str] = "SELECT, UPDATE"

    JUSTIFIED, NOT_JUSTIFIED = "justified", "not_justified"
    OUTCOMES = {JUSTIFIED: "Justified", NOT_JUSTIFIED: "Not justified"}

    user_id = models.UUIDField()
    user_name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    partnership_id = models.UUIDField()
    role = models.CharField(max_length=40)
    reason_code = models.CharField(max_length=40)
    reason = models.TextField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # When the person closed it themself, before its time was over.
    ended_at = models.DateTimeField(null=True)
    child_ids = ArrayField(models.UUIDField())
    root_ids = ArrayField(models.UUIDField())
    # How those are called.
    records = ArrayField(models.CharField(max_length=20))
    # The how manieth of the person's on that day.
    nth = models.PositiveSmallIntegerField()
    review_due_at = models.DateTimeField()
    # When it was last said that nobody has decided about it, and how often.
    reminded_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    looked_by_id = models.UUIDField(null=True)
    looked_by_name = models.CharField(max_length=200, blank=True)
    looked_at = models.DateTimeField(null=True)
    look = models.TextField(blank=True)
    decided_by_id = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    decision = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=["", "justified", "not_justified"]), name="glass_outcome"),
            models.CheckConstraint(
                condition=(Q(outcome="") & Q(decided_at=None)) | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="glass_decided_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["user_id", "-opened_at"], name="glass_of_person"),
            models.Index(fields=["agency", "-opened_at"], name="glass_of_agency"),
            models.Index(fields=["review_due_at"], condition=Q(outcome=""), name="glass_to_decide"),
        ]

    def __str__(self) -> str:
        return f"break-glass of {self.user_id}"

    @property
    def is_open(self) -> bool:
        """Say whether it still opens anything."""
        return self.ended_at is None and self.ends_at > clock.now()
