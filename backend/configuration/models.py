"""A version of one kind of configuration of a partnership: its entries, who made it, who agreed, and from which day."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from backend.agencies.models import Agency, Partnership
from backend.audit.history import history
from backend.configuration.states import VersionStates
from backend.core import clock
from backend.core.models import TableClass, Versioned

# Everybody of a partnership works by its configuration, and it says nothing about any child.
_SEE_VERSION = "partnership_id = (SELECT app.actor_partnership())"


class Version(VersionStates, Versioned):
    """One version. `entries` are what its kind says: rules that flag, the threshold text of each level of need."""

    table_class: ClassVar[TableClass] = TableClass.ROOT
    policy: ClassVar[str] = _SEE_VERSION
    # Who may write it, its events and its history; the table's trigger asks the same (sql/10_configuring.sql).
    adds_at: ClassVar[str] = "app.configures(partnership_id, kept_by_id)"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    # Whose managers answer for it, beside the administrators: the front door.
    kept_by = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    # Counts from 1 in each kind of a partnership: the later number counts, once its day has come.
    number = models.PositiveSmallIntegerField()
    # [{"code": …, and what the kind's own form asks for}]
    entries = models.JSONField(default=list)
    # Which version it began as a copy of.
    based_on = models.PositiveSmallIntegerField(null=True)
    started_by_id = models.UUIDField(null=True)
    started_by_name = models.CharField(max_length=200)
    started_at = models.DateTimeField(default=clock.now)
    # What came of trying these very entries: counts none of which tells of a child. Any change of them takes it away.
    trial = models.JSONField(null=True)
    tried_by_name = models.CharField(max_length=200, blank=True)
    tried_at = models.DateTimeField(null=True)
    effective_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    # Two people: who asked for it to count, and who agreed. What the product came with has neither.
    proposed_by_id = models.UUIDField(null=True)
    proposed_by_name = models.CharField(max_length=200, blank=True)
    published_by_id = models.UUIDField(null=True)
    published_by_name = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True)

    history = history(_SEE_VERSION)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(VersionStates.LABELS)), name="version_state_known"),
            models.UniqueConstraint(fields=["partnership", "kind", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["partnership", "kind"], condition=Q(state="draft"), name="version_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "discarded"], published_at__isnull=True, effective_on__isnull=True)
                | Q(state__in=["published", "superseded"], published_at__isnull=False, effective_on__isnull=False),
                name="version_published_has_day",
            ),
            models.CheckConstraint(
                condition=Q(published_by_id__isnull=True)
                | (Q(proposed_by_id__isnull=False) & ~Q(published_by_id=F("proposed_by_id"))),
                name="version_published_by_two",
            ),
        ]
        indexes = [
            models.Index(
                fields=["partnership", "kind", "-number"],
                condition=Q(state__in=list(VersionStates.AGREED)),
                name="version_agreed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def root_id(self) -> UUID:
        """A version is its own root."""
        return self.id

    @property
    def child_id(self) -> None:
        """It is about no child."""
        return
