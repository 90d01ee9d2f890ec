"""A report as it was made: nothing in it is changed, and none is taken away."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from backend.agencies.models import Partnership
from backend.core import clock
from backend.core.models import Base, TableClass


class Report(Base):
    """One edition of one kind of report about some whole months, made of what was published of them (ADR 55)."""

    table_class: ClassVar[TableClass] = TableClass.ROOT
    append_only: ClassVar[bool] = True
    policy: ClassVar[str] = "app.reports_on(partnership_id)"
    add_policy: ClassVar[str] = """by_id = (SELECT app.actor_user()) AND by_name = (SELECT app.actor_name())
      AND app.reports_on(partnership_id)"""
    worker_grants: ClassVar[str] = "SELECT"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    # A code of `report_kinds`.
    kind = models.CharField(max_length=40)
    # Their first days.
    first_month = models.DateField()
    last_month = models.DateField()
    # Counts from 1; a later one says why.
    edition = models.PositiveSmallIntegerField(default=1)
    reason = models.TextField(blank=True)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)
    # All that the report says, its definitions and its method included: numbers as they were published.
    content = models.JSONField()
    # Of the content, as rules.proof_of() writes it.
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "kind", "first_month", "last_month", "edition"], name="report_edition_once"
            ),
            models.CheckConstraint(condition=Q(edition=1) | ~Q(reason=""), name="report_later_edition_says_why"),
            models.CheckConstraint(
                condition=Q(first_month__day=1, last_month__day=1, first_month__lte=F("last_month")),
                name="report_of_whole_months",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_month:%Y-%m} to {self.last_month:%Y-%m}, edition {self.edition}"
