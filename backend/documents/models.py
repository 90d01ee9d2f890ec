"""A document: what was handed in, by whom, for which record; its bytes lie in the store under a random name."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency
from backend.audit.history import history
from backend.core import clock
from backend.core.models import TableClass, Versioned
from backend.documents.states import DocumentStates

# As the record it hangs on but for emergencies, what bears a label by that too (access/marks.py), and one's own.
_SEE = """CASE
  WHEN child_id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
  WHEN added_by_id = (SELECT app.actor_user()) AND agency_id = (SELECT app.working_agency()) THEN true
  ELSE app.reads_by_task(root_id) AND (mark = '' OR app.reads_marked(root_id, mark)) END"""


class Document(DocumentStates, Versioned):
    """One file as it was handed in; a newer one of the same thing is a document of the same series."""

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = _SEE
    add_policy: ClassVar[str] = """added_by_id = (SELECT app.actor_user()) AND added_by_name = (SELECT app.actor_name())
      AND agency_id = (SELECT app.actor_agency()) AND state = 'waiting' AND app.reads_by_task(root_id)"""
    adds_only: ClassVar[str] = "app.reads_by_task(root_id) AND app.gives_marked(root_id, mark)"

    root_id = models.UUIDField()
    child_id = models.UUIDField()
    # What the record is called and where its documents are, for telling who added this what became of it.
    reference = models.CharField(max_length=20)
    path = models.CharField(max_length=80)
    series_id = models.UUIDField()
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    # How far it may travel (access.marks), the same for every version of it.
    mark = models.CharField(max_length=20, blank=True, default="", db_default="")
    extension = models.CharField(max_length=5)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    # Random, so that neither a folder's listing nor a guess says whose it is.
    storage_name = models.CharField(max_length=80, unique=True)
    preview_name = models.CharField(max_length=80, blank=True)
    added_by_id = models.UUIDField()
    added_by_name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    checked_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    # When somebody last said anew who may read it, who did and why: {at, by, why}; nothing of who might before.
    relabelled = models.JSONField(null=True)

    # By the label that it bears now: what was open once is closed with the document, and opened with it.
    history = history("EXISTS (SELECT 1 FROM documents_document d WHERE d.id = documents_historicaldocument.id)")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(DocumentStates.LABELS)), name="document_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["checked", "infected"]) | Q(checked_at__isnull=False),
                name="document_checked_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False), name="document_withdrawn_has_time"
            ),
            models.UniqueConstraint(fields=["series_id", "number"], name="document_number_once"),
        ]
        indexes = [
            models.Index(fields=["root_id", "-added_at", "-id"], name="document_of_record"),
            models.Index(fields=["added_at"], condition=Q(state="waiting"), name="document_waiting"),
        ]

    @property
    def partnership_id(self) -> UUID:
        """Whose targets would time it: those of the partnership of whoever handed it in."""
        return self.agency.partnership_id

    def __str__(self) -> str:
        return str(self.id)
