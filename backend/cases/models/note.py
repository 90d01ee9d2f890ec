"""What a worker writes down: a visit, a call, a conversation; never changed, only corrected by another note."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency
from backend.audit.history import history
from backend.cases.states.noting import NoteStates
from backend.core import clock
from backend.core.models import TableClass, Versioned

# Whoever reads the case, and what is shared with the team, whoever is on it; what bears a label, by the label
# (access/marks.py).
_SEE_NOTE = """CASE WHEN mark = '' THEN app.reads_root(root_id) OR (is_shared AND app.reads_plan(root_id))
    ELSE app.reads_marked(root_id, mark) END"""


class Note(NoteStates, Versioned):
    """One note of a case: when it happened, who was there, whether the child was seen, and what was said and done."""

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = _SEE_NOTE
    adds_only: ClassVar[str] = "app.gives_marked(root_id, mark)"

    root_id = models.UUIDField()
    child_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    happened_at = models.DateTimeField()
    # Codes of `note_people`: who of the family and of other agencies took part.
    people = ArrayField(models.CharField(max_length=40), default=list)
    child_seen = models.BooleanField(default=False)
    child_seen_alone = models.BooleanField(default=False)
    text = models.TextField()
    # What it means for the child, in words; a note that says so is a significant event of `significant_events`.
    analysis = models.TextField(blank=True, default="", db_default="")
    is_pinned = models.BooleanField(default=False)
    # Those of other agencies on the team around the child read it too.
    is_shared = models.BooleanField(default=False, db_default=False)
    # How far it may travel (access.marks); what bears a label is shared with nobody.
    mark = models.CharField(max_length=20, blank=True, default="", db_default="")
    written_by_id = models.UUIDField()
    written_by_name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # The note that this one puts right: that one stays as it was written.
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    # Codes of `note_readers`: who was told that it is there.
    meant_for = ArrayField(models.CharField(max_length=40), default=list, db_default=[])
    # Whom it names: [{user_id, agency_id, name, read_at}], of those who could read it when it was written.
    named = models.JSONField(default=list, db_default=[])
    written_at = models.DateTimeField(default=clock.now)
    # When somebody last said anew who may read it, who did and why: {at, by, why}; nothing of who might before.
    relabelled = models.JSONField(null=True)

    # By the label that it bears now: what was open once is closed with the note, and opened with it.
    history = history("EXISTS (SELECT 1 FROM cases_note n WHERE n.id = cases_historicalnote.id)")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(NoteStates.LABELS)), name="note_state_known"),
            models.CheckConstraint(
                condition=Q(child_seen=True) | Q(child_seen_alone=False), name="note_seen_alone_is_seen"
            ),
            models.CheckConstraint(condition=Q(mark="") | Q(is_shared=False), name="note_marked_is_not_shared"),
            models.CheckConstraint(condition=Q(happened_at__lte=models.F("written_at")), name="note_is_of_the_past"),
        ]
        indexes = [
            models.Index(fields=["root_id", "-happened_at", "-id"], name="note_of_case"),
            models.Index(
                fields=["root_id", "-happened_at", "-id"], condition=~Q(analysis=""), name="note_significant_of_case"
            ),
            models.Index(
                fields=["root_id", "-is_pinned", "-happened_at", "-id"],
                condition=Q(state="written", corrects__isnull=True),
                name="note_in_order",
            ),
            GinIndex(fields=["named"], opclasses=["jsonb_path_ops"], name="note_names"),
        ]

    @property
    def partnership_id(self) -> UUID:
        """Whose targets time it: those of the partnership of whoever wrote it."""
        return self.agency.partnership_id

    def __str__(self) -> str:
        return self.kind

    @property
    def is_significant(self) -> bool:
        """Say whether it is an event that somebody has weighed, and not the note of a day's work."""
        return bool(self.analysis)
