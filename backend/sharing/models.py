"""Agreements to be helped, and disclosures: what was shared, by whom, with whom, why and on what basis."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency
from backend.audit.history import history
from backend.core import clock
from backend.core.models import Base, TableClass, Versioned


class Agreement(Versioned):
    """Who was told and who agreed to be helped, with the basis of this share, which agreement is not.

    What the family says later is another row: the last one counts, and none is ever changed.
    """

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = "app.reads_root(root_id)"
    GIVEN, REFUSED, NOT_ASKED, WITHDRAWN = "given", "refused", "not_asked", "withdrawn"
    EXPIRED = "expired"
    LABELS = {
        GIVEN: "Agreed",
        REFUSED: "Did not agree",
        NOT_ASKED: "Not asked",
        WITHDRAWN: "Agreement withdrawn",
        EXPIRED: "Agreement has run out",
    }

    root_id = models.UUIDField(db_index=True)
    child_id = models.UUIDField(null=True)
    informed_child = models.BooleanField(default=False)
    informed_parent = models.BooleanField(default=False)
    informed_why_not = models.CharField(max_length=60, blank=True)
    informed_note = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=list(LABELS.items()))
    agreed_by = models.CharField(max_length=200, blank=True)
    agreed_how = models.CharField(max_length=60, blank=True)
    agreed_on = models.DateField(null=True)
    # The last day for which they agreed, where they agreed for a time.
    agreed_until = models.DateField(null=True)
    reason_code = models.CharField(max_length=60, blank=True, default="", db_default="")
    note = models.TextField(blank=True, default="", db_default="")
    # Empty in a case: what is shared from there has a disclosure of its own.
    article6 = models.CharField(max_length=60, blank=True, default="", db_default="")
    condition = models.CharField(max_length=60, blank=True, default="", db_default="")
    power = models.CharField(max_length=60, blank=True, default="", db_default="")
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)

    history = history("app.reads_root(root_id)")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["given", "refused", "not_asked", "withdrawn", "expired"]),
                name="agreement_state_known",
            ),
            models.CheckConstraint(
                condition=Q(agreed_until__isnull=True) | Q(state__in=["given", "expired"]),
                name="agreement_until_only_where_given",
            ),
            models.CheckConstraint(condition=~Q(state="given") | ~Q(agreed_by=""), name="agreement_given_by_somebody"),
            models.CheckConstraint(
                condition=Q(informed_child=True) | Q(informed_parent=True) | ~Q(informed_why_not=""),
                name="agreement_informed_or_why_not",
            ),
        ]

    def __str__(self) -> str:
        return self.state


class Withdrawal(Base):
    """That a consent on which something was shared was taken back: by whom, why, and who wrote it down."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    policy: ClassVar[str] = "app.reads_root(root_id)"
    add_policy: ClassVar[str] = """by_id = (SELECT app.actor_user()) AND by_name = (SELECT app.actor_name())
      AND app.writes_at(root_id)"""

    root_id = models.UUIDField(db_index=True)
    disclosure_id = models.UUIDField(unique=True)
    said_by = models.CharField(max_length=200)
    reason = models.TextField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.disclosure_id} taken back"


class Disclosure(Base):
    """One share of one record: the proof that somebody thought about purpose, basis and power before it went."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    policy: ClassVar[str] = "app.reads_root(root_id)"
    add_policy: ClassVar[str] = """by_id = (SELECT app.actor_user()) AND by_name = (SELECT app.actor_name())
      AND ((app.shares_for(root_id, from_agency_id) AND app.writes_at(root_id))
        OR app.hands_on(root_id, opens_id, from_agency_id)
        OR app.hands_over(root_id, opens_id, from_agency_id, to_agency_id))"""

    root_id = models.UUIDField(db_index=True)
    child_id = models.UUIDField(null=True)
    what = models.CharField(max_length=200)
    # What it opened to them: an offer, a question, an action, a service; the record, where nothing can be closed.
    opens_id = models.UUIDField(null=True)
    # The last day of a share that ends by itself: one on consent always does, others where the sharer chose so.
    expires_on = models.DateField(null=True)
    # The share that this one carries on to another last day, so that nothing closes in between.
    renews_id = models.UUIDField(null=True)
    from_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Of this partnership, or, where the family has moved, by name. What the database gives of itself is asked back by
    # an insert, and whoever shares need not read the ledger: so its default is no `db_default`.
    to_agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    to_outside = models.CharField(max_length=400, blank=True, default="")
    purpose = models.CharField(max_length=400)
    article6 = models.CharField(max_length=60)
    condition = models.CharField(max_length=60)
    power = models.CharField(max_length=60)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_agency__isnull=False, to_outside="") | (Q(to_agency__isnull=True) & ~Q(to_outside="")),
                name="disclosure_to_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["root_id", "expires_on"], condition=Q(expires_on__isnull=False), name="disclosure_ends"
            ),
            # Across records, for whoever governs the information.
            models.Index(fields=["at", "id"], name="disclosure_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.from_agency_id} → {self.to_agency_id or self.to_outside}"
