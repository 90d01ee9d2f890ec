"""A report of a critical moment as it was written, about a child as the reporter describes it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from backend.agencies.models import Agency
from backend.audit.history import history
from backend.children.match_keys import Described
from backend.core import clock
from backend.core.models import TableClass, Versioned
from backend.moments.states import MomentStates


class CriticalMoment(MomentStates, Versioned):
    """Write-only: who reports it never reads it back nor learns what became of it; who acts on it reads it."""

    table_class: ClassVar[TableClass] = TableClass.PART
    # The second branch lets it be written: what one writes in this very transaction passes, as with events.
    policy: ClassVar[str] = """CASE
      WHEN child_id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
      WHEN recorded_as_id = (SELECT app.membership()) AND passed_on_at IS NULL AND written_at >= now() THEN true
      ELSE app.reads_root(root_id) END"""
    # Until it is passed on it is its own root, in which only the one who is writing it has a part.
    adds_at: ClassVar[str] = "recorded_as_id = (SELECT app.membership()) AND written_at >= now()"

    # Its own id until it is passed on, then the case or the referral it belongs to.
    root_id = models.UUIDField(db_index=True)
    child_id = models.UUIDField(null=True)
    partnership_id = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_as_id = models.UUIDField()
    recorded_at = models.DateTimeField(default=clock.now)
    written_at = models.DateTimeField(db_default=Now())
    kind = models.CharField(max_length=40)
    happened_at = models.DateTimeField()
    text = models.TextField()
    where_now = models.CharField(max_length=400, blank=True)
    contact_rule = models.CharField(max_length=40, blank=True)
    contact_note = models.TextField(blank=True)
    danger_called = models.CharField(max_length=200, blank=True)
    given_name = models.CharField(max_length=200)
    family_name = models.CharField(max_length=200, blank=True)
    known_as = models.CharField(max_length=200, blank=True)
    date_of_birth = models.DateField(null=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    upn = models.CharField(max_length=13, blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    passed_on_at = models.DateTimeField(null=True)

    history = history("app.reads_root(root_id)", excluded=("written_at",))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(MomentStates.LABELS)), name="moment_state_known"),
            models.CheckConstraint(
                condition=Q(state="received", passed_on_at__isnull=True, child_id__isnull=True)
                | Q(state="passed_on", passed_on_at__isnull=False, child_id__isnull=False),
                name="moment_passed_on_to_a_child",
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(state="received"), name="moment_waiting")]

    def __str__(self) -> str:
        return self.kind

    @property
    def described(self) -> Described:
        """Return who the child is, as the reporter says it."""
        known = {field.name for field in self._meta.concrete_fields}
        return Described(**{name: getattr(self, name) for name in Described.__dataclass_fields__ if name in known})
