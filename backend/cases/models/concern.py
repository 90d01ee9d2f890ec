"""Peers and places that a child may come to harm by, outside the home: fewer people read them than read the case."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency
from backend.audit.history import history
from backend.core import clock
from backend.core.models import TableClass, Versioned


class Concern(Versioned):
    """One peer or place of concern of a case.

    It is a root of its own and no part of the case: nothing of it stands in the case's chronology, which more people
    read. A peer who is a child here is seen by nobody who may not see that child, whatever they are to the case.
    """

    table_class: ClassVar[TableClass] = TableClass.ROOT
    policy: ClassVar[str] = """child_id <> ALL ((SELECT app.barred_children())::uuid[])
      AND app.reads_concerns(case_id)
      AND (peer_id IS NULL OR EXISTS (SELECT 1 FROM children_child c WHERE c.id = peer_id))"""
    adds_at: ClassVar[str] = "app.reads_concerns(case_id)"

    PEER, PLACE = "peer", "place"

    case_id = models.UUIDField()
    child_id = models.UUIDField()
    partnership_id = models.UUIDField()
    case_reference = models.CharField(max_length=20)
    # A code of `concern_subjects`.
    kind = models.CharField(max_length=20)
    # Who or where, in words; of a peer who is a child here, nothing: the child's own record says it.
    name = models.CharField(max_length=200, blank=True)
    peer_id = models.UUIDField(null=True)
    # Codes of `outside_home_concerns`, and what is known.
    what = ArrayField(models.CharField(max_length=40), default=list)
    text = models.TextField()
    since = models.DateField(null=True)
    # A code of `statement_bases`, and who told it.
    source = models.CharField(max_length=40)
    told_by = models.CharField(max_length=200, blank=True)
    review_on = models.DateField()
    made_at = models.DateTimeField(default=clock.now)
    written_at = models.DateTimeField(default=clock.now)
    written_by_id = models.UUIDField()
    written_by_name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Set when somebody has looked again and it is no longer so, and why.
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    # As the concern itself.
    history = history("EXISTS (SELECT 1 FROM cases_concern c WHERE c.id = cases_historicalconcern.id)")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["peer", "place"]), name="concern_kind_known"),
            models.CheckConstraint(
                condition=Q(peer_id__isnull=True) & ~Q(name="") | Q(peer_id__isnull=False, kind="peer", name=""),
                name="concern_is_named_or_a_child",
            ),
        ]
        indexes = [models.Index(fields=["case_id", "-made_at", "-id"], name="concern_of_case")]

    @property
    def root_id(self) -> UUID:
        """A concern is its own root."""
        return self.id

    def __str__(self) -> str:
        return self.kind
