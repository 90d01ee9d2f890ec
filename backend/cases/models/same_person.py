"""Somebody around one child who is the same person as somebody around a brother or sister, as somebody has said."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from backend.agencies.models import Agency
from backend.audit.history import history
from backend.cases.models.relationship import Relationship
from backend.core import clock
from backend.core.models import TableClass, Versioned


class SamePerson(Versioned):
    """That two relationships are of one person: a root of its own, and no part of either, which keep their own rows.

    Whoever reads only one of the two cases may not know that there is another, so nothing of it stands in a chronology.
    """

    table_class: ClassVar[TableClass] = TableClass.ROOT
    policy: ClassVar[str] = "app.reads_root(one_case_id) AND app.reads_root(other_case_id)"
    adds_at: ClassVar[str] = "app.reads_root(one_case_id) AND app.reads_root(other_case_id)"

    # In the order of their ids, so that two who say it from both ends say one thing.
    one = models.ForeignKey(Relationship, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Relationship, on_delete=models.PROTECT, related_name="+")
    one_case_id = models.UUIDField()
    other_case_id = models.UUIDField()
    # The child of the case at which it was said.
    child_id = models.UUIDField()
    partnership_id = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=clock.now)
    said_by_id = models.UUIDField()
    said_by_name = models.CharField(max_length=200)
    reason = models.TextField()
    # Set when it was taken back, by whom and why.
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    end_reason = models.TextField(blank=True)

    # As the statement itself.
    history = history("EXISTS (SELECT 1 FROM cases_sameperson s WHERE s.id = cases_historicalsameperson.id)")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="same_person_is_of_two_in_order"),
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(ended_at__isnull=True), name="same_person_said_once"
            ),
        ]

    @property
    def root_id(self) -> UUID:
        """It is its own root."""
        return self.id

    def __str__(self) -> str:
        return str(self.id)

    def beside(self, relationship_id: UUID) -> Relationship:
        """Return the one of the two that is not this one."""
        return self.other if self.one_id == relationship_id else self.one
