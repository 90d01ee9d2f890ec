"""A meeting of several agencies, and who came. It is about no child: that are the items of its agenda."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency, Partnership
from backend.audit.history import history
from backend.core import clock
from backend.core.models import Base, TableClass, Versioned
from backend.notifications.audience import Audience
from backend.panels.states import PanelStates

# Everybody of the partnership may know that it takes place, as they know the directory.
_SEE_PANEL = "partnership_id = (SELECT app.actor_partnership())"


class Panel(PanelStates, Versioned):
    """One meeting: when, where, which agency chairs it, and whether its minutes are signed."""

    table_class: ClassVar[TableClass] = TableClass.ROOT
    policy: ClassVar[str] = _SEE_PANEL
    # Who chairs it writes it, its events and its history; a trigger asks the same (sql/10_panel_involving.sql).
    adds_at: ClassVar[str] = "chair_agency_id = (SELECT app.actor_agency())"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    chair_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # A code of `panel_kinds`.
    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=300, blank=True)
    starts_at = models.DateTimeField()
    planned_by_id = models.UUIDField()
    planned_by_name = models.CharField(max_length=200)
    planned_at = models.DateTimeField(default=clock.now)
    held_at = models.DateTimeField(null=True)
    # When the minutes were signed or the meeting was called off, and by whom.
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    # A code of `panel_cancel_reasons`.
    reason_code = models.CharField(max_length=60, blank=True)

    history = history(_SEE_PANEL)

    # Not a column: who is told that it does not take place.
    told: Sequence[Audience] = ()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(PanelStates.LABELS)), name="panel_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=list(PanelStates.ENDED), ended_at__isnull=False)
                | (Q(state__in=list(PanelStates.OPEN)) & Q(ended_at__isnull=True)),
                name="panel_end_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "-starts_at", "-id"], name="panel_of_partnership"),
            models.Index(
                fields=["partnership", "starts_at", "id"],
                condition=Q(state__in=list(PanelStates.OPEN)),
                name="panel_ahead",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def root_id(self) -> UUID:
        """A meeting is its own root: its chair keeps it, and nobody else stands to it."""
        return self.id

    @property
    def child_id(self) -> None:
        """It is about no child."""
        return


class Attendance(Base):
    """Who of which agency came, or sent apologies: as it was said last, where it was said twice."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    policy: ClassVar[str] = "EXISTS (SELECT 1 FROM panels_panel p WHERE p.id = root_id)"
    add_policy: ClassVar[str] = """by_id = (SELECT app.actor_user()) AND by_name = (SELECT app.actor_name())
      AND app.writes_at(root_id) AND EXISTS (SELECT 1 FROM panels_panel p WHERE p.id = panels_attendance.root_id
        AND p.state IN ('planned', 'held') AND p.chair_agency_id = (SELECT app.actor_agency()))"""

    root_id = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=200)
    # A code of `panel_attendance`.
    came = models.CharField(max_length=40)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["root_id", "at", "id"], name="attendance_of_panel")]

    def __str__(self) -> str:
        return f"{self.came} at {self.root_id}"
