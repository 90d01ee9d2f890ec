"""Break-glass, and reading that is unusual: what somebody did, and what was found when they were asked about it."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency
from backend.core import clock
from backend.core.models import Base, TableClass


class Reviewed(Base):
    """What another person says of it afterwards: a manager what they know, information governance what it was."""

    user_id = models.UUIDField()
    user_name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    partnership_id = models.UUIDField()
    role = models.CharField(max_length=40)
    review_due_at = models.DateTimeField()
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
        abstract = True


class BreakGlass(Reviewed):
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
    # When it was last said that nobody has decided about it, and how often.
    reminded_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)

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
    def path(self) -> str:
        """Return its page."""
        return f"/break-glass/{self.id}"

    @property
    def known_at(self) -> datetime:
        """Return since when it can be asked about."""
        return self.opened_at

    @property
    def is_open(self) -> bool:
        """Say whether it still opens anything."""
        return self.ended_at is None and self.ends_at > clock.now()


class ReadingDay(models.Model):
    """What one person did about one child on one day, put together from the log; the worker's own notes (ADR 68)."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    policy: ClassVar[str] = "false"
    web_grants: ClassVar[str] = "SELECT"

    pk = models.CompositePrimaryKey("user_id", "day", "subject_id")
    user_id = models.UUIDField()
    day = models.DateField()
    # The child; a record that was refused and is about none that is known; an emergency in which nothing was found.
    subject_id = models.UUIDField()
    agency_id = models.UUIDField(null=True)
    role = models.CharField(max_length=40)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    is_opened = models.BooleanField()
    is_tasked = models.BooleanField()
    has_acted = models.BooleanField()
    is_late = models.BooleanField()
    is_emergency = models.BooleanField()
    is_refused = models.BooleanField()
    ties = ArrayField(models.CharField(max_length=20))

    class Meta:
        indexes = [models.Index(fields=["day", "role"], name="reading_of_day")]

    def __str__(self) -> str:
        return f"reading of {self.user_id} on {self.day}"


class Watch(models.Model):
    """How far the worker has read the log, and what was usual in each role on the day of `usual_on`; one row."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    policy: ClassVar[str] = "false"
    web_grants: ClassVar[str] = "SELECT"

    id = models.PositiveSmallIntegerField(primary_key=True)
    horizon = models.BigIntegerField(default=0)
    usual = models.JSONField(default=dict)
    usual_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"the log is read up to {self.horizon}"


class UnusualReading(Reviewed):
    """An alert about what somebody read: one of a person and kind until somebody has decided about it.

    The person it is about never sees it (sql/30_unusual.sql judges who says what); what is decided is not said again.
    """

    table_class: ClassVar[TableClass] = TableClass.OWN
    policy: ClassVar[str] = """CASE
      WHEN user_id = (SELECT app.actor_user()) THEN false
      WHEN subject_ids && (SELECT app.barred_children())::uuid[] THEN false
      WHEN agency_id = (SELECT app.managing()) THEN true
      ELSE (SELECT app.governs()) AND partnership_id = (SELECT app.actor_partnership()) END"""
    web_grants: ClassVar[str] = "SELECT, UPDATE"

    kind = models.CharField(max_length=20)
    subject_ids = ArrayField(models.UUIDField())
    # What was usual, of the person or of the role, where the kind compares.
    usual = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_id", "kind"], condition=Q(outcome=""), name="unusual_waits_once"),
            models.CheckConstraint(
                condition=(Q(outcome="") & Q(decided_at=None)) | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="unusual_decided_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["user_id", "-last_at"], name="unusual_of_person"),
            models.Index(fields=["agency", "-found_at"], name="unusual_of_agency"),
            models.Index(fields=["partnership_id", "-found_at"], name="unusual_of_partnership"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.user_id}"

    @property
    def path(self) -> str:
        """Return its page."""
        return f"/unusual/{self.id}"

    @property
    def known_at(self) -> datetime:
        """Return since when it can be asked about."""
        return self.found_at
