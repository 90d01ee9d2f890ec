"""What a person says is wrong in a note of a case: beside it for whoever reads the note, which stays as it was."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency
from backend.audit.history import history
from backend.core import clock
from backend.core.models import TableClass, Versioned
from backend.rights.states import RectificationStates

# Whoever reads the note, and who answers for the agency that wrote it; conflict and seal stand above both.
_SEE_RECTIFICATION = """CASE
  WHEN child_id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
  WHEN mark = '' AND agency_id = (SELECT app.managing()) THEN true
  ELSE app.reads_marked(root_id, mark) END"""


class Rectification(RectificationStates, Versioned):
    """Who says of which note what is wrong and what is right, and what the agency that wrote it did about it."""

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = _SEE_RECTIFICATION
    # Whoever answers for the agency that wrote it says so at a case that it may not lead any more.
    answered_by: ClassVar[str] = "agency_id = (SELECT app.managing())"
    adds_only: ClassVar[str] = "recorded_by_id = (SELECT app.actor_user()) AND state = 'asked'"
    # None is deleted: it stays beside the note.
    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"
    worker_grants: ClassVar[str] = "SELECT"

    root_id = models.UUIDField(db_index=True)
    child_id = models.UUIDField()
    partnership_id = models.UUIDField()
    case_reference = models.CharField(max_length=20)
    note_id = models.UUIDField(db_index=True)
    # The label of the note.
    mark = models.CharField(max_length=20, blank=True)
    # Which agency wrote the note: its manager decides.
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    said_by = models.CharField(max_length=200)
    said_as = models.CharField(max_length=40)
    said_on = models.DateField()
    wrong = models.TextField()
    right = models.TextField()
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=clock.now)
    decision = models.TextField(blank=True)
    decided_by_id = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)

    history = history(_SEE_RECTIFICATION)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(RectificationStates.LABELS)), name="rectification_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True)
                | ~Q(state="asked") & Q(decided_at__isnull=False) & ~Q(decision=""),
                name="rectification_decided_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "recorded_at", "id"], condition=Q(state="asked"), name="rectification_waits")
        ]

    def __str__(self) -> str:
        return str(self.id)
