"""An agency that ends: what was handed over to whom, and the question to a second person when it has to end at once."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from backend.agencies.models import Agency
from backend.core.models import Base, TableClass


class Ending(Base):
    """One step of an agency's ending; ids, numbers and a reason about the agency, never a word about a child.

    Written by functions that judge who may (sql/40_agencies.sql).
    """

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "SELECT"

    HANDED_OVER, ASKED, REFUSED, WITHDRAWN, ENDED = "handed_over", "asked", "refused", "withdrawn", "ended"
    LABELS = {
        HANDED_OVER: "Work handed over",
        ASKED: "Waiting for a second person: end it at once",
        REFUSED: "The second person did not agree to end it at once",
        WITHDRAWN: "The question to end it at once was taken back",
        ENDED: "Ended",
    }

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20)
    # Who takes what is left, of an agency that ends at once.
    successor = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    # {kind of work: agency id} and {kind of work: how many}, as far as whoever did it may know.
    receivers = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    answered_by_id = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["handed_over", "asked", "refused", "withdrawn", "ended"]),
                name="ending_state_known",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(state="withdrawn") | ~Q(answered_by_id=F("by_id")),
                name="ending_at_once_by_two_people",
            ),
            models.UniqueConstraint(fields=["agency"], condition=Q(state="asked"), name="ending_one_open"),
            models.UniqueConstraint(fields=["agency"], condition=Q(state="ended"), name="ending_once"),
        ]
        indexes = [models.Index(fields=["agency", "-at"], name="ending_of_agency")]

    def __str__(self) -> str:
        return f"{self.state} of {self.agency_id}"
