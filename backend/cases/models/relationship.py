"""Who is around a child, as those who work on the case say it; what the referrals said before stays theirs."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.audit.history import history
from backend.cases.models.planning import Planned
from backend.cases.states.relationships import RelationshipStates
from backend.children.contacting import DOUBTED
from backend.core import clock


class Relationship(RelationshipStates, Planned):
    """What one person is to the child, with how they may be reached safely."""

    policy: ClassVar[str] = "app.reads_root(root_id)"

    name = models.CharField(max_length=200, blank=True)
    # A code of `relationships`; the next three are codes of `known_or_not` and `responsibility_sources`.
    relationship = models.CharField(max_length=40)
    date_of_birth = models.DateField(null=True)
    lives_with_child = models.CharField(max_length=20)
    parental_responsibility = models.CharField(max_length=20)
    responsibility_source = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=200, blank=True)
    # A code of `contact_rules`; empty where nobody knows, and then nothing is sent there (children.contacting).
    contact_rule = models.CharField(max_length=40, blank=True)
    # The person of a referral (children.Person) of whom this is said now instead of what that said.
    said_id = models.UUIDField(null=True)
    written_at = models.DateTimeField(default=clock.now)
    written_by_id = models.UUIDField()
    written_by_name = models.CharField(max_length=200)
    ended_on = models.DateField(null=True)
    reason_code = models.CharField(max_length=60, blank=True)
    end_note = models.TextField(blank=True)

    history = history("app.reads_root(root_id)")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(RelationshipStates.LABELS)), name="relationship_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False) & ~Q(reason_code="")
                | (~Q(state="ended") & Q(ended_on__isnull=True, reason_code="")),
                name="relationship_end_has_day_and_reason",
            ),
            models.UniqueConstraint(
                fields=["root_id", "said_id"],
                condition=Q(said_id__isnull=False) & ~Q(state="taken_back"),
                name="relationship_said_once",
            ),
        ]
        indexes = [models.Index(fields=["root_id", "made_at", "id"], name="relationship_of_case")]

    def __str__(self) -> str:
        return self.relationship

    @property
    def says_how_to_reach(self) -> bool:
        """Say whether this is the last word on how they may be reached; of who is gone, that they are not."""
        return bool(self.number or self.contact_rule) or self.state == self.ENDED

    @property
    def rule_now(self) -> str:
        """Return the rule that counts now: none that something newer is said of elsewhere (queries.relationships)."""
        return DOUBTED if getattr(self, "is_doubted", False) else self.contact_rule
