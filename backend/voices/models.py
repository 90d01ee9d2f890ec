"""What somebody said, as an agency wrote it down: without their name, and without a way to any record of a child."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from backend.agencies.models import Agency
from backend.audit.history import history
from backend.core import clock
from backend.core.models import TableClass, Versioned
from backend.voices.states import SayingStates

# Whoever works with children in the agency that wrote it down. Analysts read what app.words_released gives them.
_SEE_SAYING = "agency_id = (SELECT app.voicing_agency())"


class Saying(SayingStates, Versioned):
    """One thing that a child, a parent or somebody of a community said.

    It names no child, referral or case, on purpose: no column leads back to who said it (docs/adr/0060).
    """

    table_class: ClassVar[TableClass] = TableClass.ROOT
    policy: ClassVar[str] = _SEE_SAYING
    adds_at: ClassVar[str] = _SEE_SAYING
    # Nobody writes one down for somebody else; who may release one, a trigger asks besides (sql/10_sayings.sql).
    adds_only: ClassVar[str] = "recorded_by_id = (SELECT app.actor_user())"
    # None is deleted: it is taken back.
    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"
    worker_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    partnership_id = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Codes of `voice_speakers`, `voice_themes`, `voice_directions` and `wards`.
    speaker = models.CharField(max_length=40)
    themes = ArrayField(models.CharField(max_length=60))
    direction = models.CharField(max_length=40)
    ward = models.CharField(max_length=20, blank=True)
    # The first day of the month in which it was said: no day is kept.
    month = models.DateField()
    words = models.TextField(blank=True)
    # A code of `voice_agreements`; who asked, and when, where somebody did.
    agreement = models.CharField(max_length=40)
    asked_by = models.CharField(max_length=200, blank=True)
    asked_on = models.DateField(null=True)
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_as_id = models.UUIDField()
    recorded_at = models.DateTimeField(default=clock.now)
    # The words as a second person let them out, which may be fewer; the others stay with the agency.
    released_words = models.TextField(blank=True)
    released_by_id = models.UUIDField(null=True)
    released_by_name = models.CharField(max_length=200, blank=True)
    released_at = models.DateTimeField(null=True)
    # Why it was sent or taken back.
    state_reason = models.CharField(max_length=300, blank=True)
    is_counted = models.BooleanField(default=True)

    history = history(_SEE_SAYING)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(SayingStates.LABELS)), name="saying_state_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="saying_month_is_whole"),
            models.CheckConstraint(
                condition=Q(state="released", released_at__isnull=False, agreement="words") & ~Q(released_words="")
                | ~Q(state="released") & Q(released_at__isnull=True, released_words=""),
                name="saying_released_as_agreed",
            ),
            models.CheckConstraint(
                condition=Q(released_by_id__isnull=True) | ~Q(released_by_id=F("recorded_by_id")),
                name="saying_released_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-id"], name="saying_of_agency"),
            models.Index(
                fields=["agency", "-id"],
                condition=Q(state="recorded", agreement="words") & ~Q(words=""),
                name="saying_to_read",
            ),
            models.Index(fields=["partnership_id", "recorded_at"], name="saying_of_partnership"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def root_id(self) -> UUID:
        """It is its own root: the agency keeps it, and nobody else stands to it."""
        return self.id

    @property
    def child_id(self) -> None:
        """It is about no child."""
        return

    @property
    def has_words_to_read(self) -> bool:
        """Say whether a second person can let its words out: there are some, and whoever said them agreed."""
        return self.agreement == WORDS and bool(self.words)


# The code of `voice_agreements` by which words may be used without a name.
WORDS = "words"
