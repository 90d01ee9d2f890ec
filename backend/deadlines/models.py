"""The deadline: one clock running on one record, its owner, and the time it was held."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from backend.core import clock
from backend.core.models import Base, TableClass

State = Literal["running", "met", "met_late", "paused", "stopped", "breached"]
Rag = Literal["red", "amber", "green", "none"]
RUNNING = Q(met_at__isnull=True, stopped_at__isnull=True)
TICKING = RUNNING & Q(paused_at__isnull=True)
# The last third of a clock's time is amber: for one of a working day, the day it falls due.
AMBER_SHARE = 3


class Clock:
    """How a clock stands, told from its hours: of a deadline, or of what a line of a list reads of one."""

    kind: str
    label: str
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    stopped_at: datetime | None
    paused_at: datetime | None

    @property
    def is_running(self) -> bool:
        """Say whether the clock still waits to be met; a paused one does."""
        return self.met_at is None and self.stopped_at is None

    @property
    def is_breached(self) -> bool:
        """Say whether it ran past its hour before it was met, stopped or paused."""
        return (self.paused_at or self.met_at or self.stopped_at or clock.now()) > self.due_at

    @property
    def state(self) -> State:
        """Return the one word that screens show for this clock."""
        if self.met_at:
            return "met_late" if self.is_breached else "met"
        if self.stopped_at:
            return "stopped"
        if self.is_breached:
            return "breached"
        return "paused" if self.paused_at else "running"

    @property
    def rag(self) -> Rag:
        """Return red when breached, amber in the last third of its time, green before, none once over or held."""
        if not self.is_running:
            return "none"
        if self.is_breached:
            return "red"
        if self.paused_at:
            return "none"
        left, whole = self.due_at - clock.now(), self.due_at - self.started_at
        return "amber" if left * AMBER_SHARE <= whole else "green"


@dataclass(frozen=True, slots=True)
class Hand(Clock):
    """What a line of a list reads of a clock."""

    root_id: UUID
    kind: str
    label: str
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    stopped_at: datetime | None
    paused_at: datetime | None


class Deadline(Clock, Base):
    """A promise with an hour; ids and kinds only. Breached is derived, never stored."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    kind = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    unit = models.CharField(max_length=30)
    root_id = models.UUIDField()
    child_id = models.UUIDField(null=True)
    owner_agency_id = models.UUIDField()
    partnership_id = models.UUIDField()
    is_urgent = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    # Paused now since this instant; a clock that is met or stopped while paused keeps it, because it ended there.
    paused_at = models.DateTimeField(null=True)
    # Earlier pauses as pairs: [from, to, from, to, …].
    paused_spans = ArrayField(models.DateTimeField(), default=list)
    # The next reminder and the day of the last one; null when there is nothing left to remind of.
    remind_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)
    # When what follows from running out was done, and how often that failed.
    expired_at = models.DateTimeField(null=True)
    expiry_attempts = models.PositiveSmallIntegerField(default=0)
    expiry_next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["root_id", "kind"], condition=RUNNING, name="deadline_running_once"),
            models.CheckConstraint(condition=Q(due_at__gte=F("started_at")), name="deadline_due_after_start"),
            models.CheckConstraint(
                condition=Q(met_at__isnull=True) | Q(stopped_at__isnull=True), name="deadline_met_or_stopped"
            ),
        ]
        indexes = [
            models.Index(fields=["root_id", "due_at"], name="deadline_root"),
            # Those of one child, when its figures are counted again.
            models.Index(fields=["child_id"], name="deadline_of_child"),
            models.Index(fields=["owner_agency_id", "due_at"], condition=RUNNING, name="deadline_due_list"),
            # What fell due in an agency in some weeks, over or not: figures.
            models.Index(fields=["owner_agency_id", "due_at", "kind"], name="deadline_fell_due"),
            models.Index(
                fields=["kind", "due_at"],
                condition=TICKING & Q(expired_at__isnull=True),
                name="deadline_to_expire",
            ),
            models.Index(
                fields=["remind_at"],
                condition=TICKING & Q(remind_at__isnull=False),
                name="deadline_to_remind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.root_id}"
