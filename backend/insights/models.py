"""What has been published of a month: cells that may be shown, and nothing from which they were made."""

from typing import ClassVar

from django.db import models

from backend.agencies.models import Partnership
from backend.core import clock
from backend.core.models import Base, TableClass


class PublishedMonth(Base):
    """The published cells of one whole month, written once by the worker; nobody who serves can change them.

    What is later corrected in records changes no month that has been read already (ADR 58).
    """

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    policy: ClassVar[str] = "app.analyses(partnership_id)"
    web_grants: ClassVar[str] = "SELECT"
    worker_grants: ClassVar[str] = "SELECT, INSERT"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    # Which things were counted: "referrals" or "closings" (queries/published.py).
    counted = models.CharField(max_length=40)
    # Its first day.
    month = models.DateField()
    # [{"key": one code of each dimension after the month, "number": …, "marks": {code: how many of them}}]
    cells = models.JSONField(default=list)
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "counted", "month"], name="published_month_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="published_month_is_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.counted} of {self.month:%Y-%m}"


class Changed(models.Model):
    """A child of whom something changed since its figures were counted; written by triggers, taken by the worker.

    A row for each transaction, so that nobody waits for another, and a change while one is being counted is not lost
    with the row before it (ADR 61). A clock that is about no child goes by its record. Whoever cannot be counted is
    set aside here, in a row that says how often that was tried, when last, and by which kind of error it failed.
    """

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    policy: ClassVar[str] = "false"
    web_grants: ClassVar[str] = "SELECT"

    pk = models.CompositePrimaryKey("child_id", "made_in")
    child_id = models.UUIDField()
    made_in = models.BigIntegerField()
    attempts = models.PositiveIntegerField(default=0, db_default=0)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=60, blank=True, default="", db_default="")

    class Meta:
        indexes = [models.Index(fields=["failed_at"], condition=models.Q(failed_at__isnull=False), name="set_aside")]

    def __str__(self) -> str:
        return str(self.child_id)


class Share(models.Model):
    """What one child adds to the figures of one agency: numbers by figure, group and day."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    policy: ClassVar[str] = "false"
    web_grants: ClassVar[str] = "SELECT"

    pk = models.CompositePrimaryKey("child_id", "agency_id")
    child_id = models.UUIDField()
    agency_id = models.UUIDField()
    # [[figure, group, day, {part: number}], …]
    numbers = models.JSONField()

    def __str__(self) -> str:
        return f"{self.child_id} in {self.agency_id}"


class Cell(models.Model):
    """The sum of all shares of an agency: one number of a day, or of a month so that a year is a few rows."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    policy: ClassVar[str] = "false"
    web_grants: ClassVar[str] = "SELECT"

    DAY, MONTH = "day", "month"

    pk = models.CompositePrimaryKey("agency_id", "figure", "span", "first_day", "group", "part")
    agency_id = models.UUIDField()
    figure = models.CharField(max_length=60)
    span = models.CharField(max_length=5)
    first_day = models.DateField()
    group = models.CharField(max_length=300, blank=True)
    part = models.CharField(max_length=300)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.figure} {self.part} on {self.first_day}"


class Counted(models.Model):
    """Up to when figures are counted, and what was counted: one row, or none where nothing has been counted yet."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "SELECT"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    # Empty until everything has been counted once: until then figures are counted when they are asked for.
    as_of = models.DateTimeField(null=True)
    # What was counted, told short: another version of the product may count something else.
    shape = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"counted up to {self.as_of}"
