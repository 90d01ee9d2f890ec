"""The draft: answers of one form about one record, with the revision of each field."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.core import clock
from backend.core.models import Base, TableClass


class Draft(Base):
    """Untracked on purpose: no event, no history. Seen by who writes it and by the managers of their agency.

    One's own is seen by nobody else, and several people may each be writing one about the same record.
    """

    table_class: ClassVar[TableClass] = TableClass.OWN
    policy: ClassVar[str] = """CASE
        WHEN (SELECT app.is_passing_on()) THEN agency_id = (SELECT app.actor_agency()) OR app.is_agencys(root_id)
        WHEN agency_id <> (SELECT app.actor_agency()) THEN false
        WHEN author_id = (SELECT app.actor_user()) THEN true
        WHEN is_own THEN false
        ELSE agency_id = (SELECT app.managed_agency()) END"""

    root_id = models.UUIDField()
    form = models.CharField(max_length=60)
    author_id = models.UUIDField()
    agency_id = models.UUIDField()
    # As its form says (registration.Form.is_own).
    is_own = models.BooleanField(default=False, db_default=False)
    # {field: {"value": …, "rev": 3, "at": "2026-11-23T09:00:00+00:00", "by": "Ms A. Teacher"}}
    answers = models.JSONField(default=dict)
    rev = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)
    # Set by the worker, cleared by the next save.
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["root_id", "form"], condition=Q(is_own=False), name="draft_once"),
            models.UniqueConstraint(
                fields=["root_id", "form", "author_id"], condition=Q(is_own=True), name="draft_own_once"
            ),
        ]
        indexes = [
            models.Index(fields=["author_id", "-saved_at"], name="draft_author"),
            models.Index(fields=["agency_id", "-saved_at"], name="draft_agency"),
            models.Index(fields=["saved_at"], name="draft_untouched"),
        ]

    def __str__(self) -> str:
        return f"draft of {self.form}"
