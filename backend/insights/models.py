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
