"""When records become due, what holds them, the orders that delete them, and the certificates that it was done."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value

from backend.agencies.models import Agency
from backend.audit.history import history
from backend.core import clock
from backend.core.models import Base, TableClass, Versioned
from backend.retention.states import WAITING, HoldStates, OrderStates

# A manager of an agency that answers for it, and whoever governs the information of the partnership.
_KEEPS = "app.answers_for_keeping(agency_id, partnership_id)"
_SEE_HOLD = f"NOT app.is_barred(child_id) AND (app.reads_root(record_id) OR {_KEEPS})"
_SEE_ORDER_PART = "EXISTS (SELECT 1 FROM retention_order o WHERE o.id = order_id)"


class Due(Base):
    """From when an ended record may be deleted, by which rule of which version; kept by the worker, one row a record.

    Its key is the record's. Untracked: it is computed, and computed again when the record or the schedule changes.
    """

    table_class: ClassVar[TableClass] = TableClass.OWN
    policy: ClassVar[str] = f"NOT app.is_barred(child_id) AND {_KEEPS}"
    web_grants: ClassVar[str] = "SELECT"

    # Of the child as it was written down, and of the record that stands for all that are the same child.
    child_id = models.UUIDField(db_index=True)
    about_id = models.UUIDField(db_index=True)
    partnership_id = models.UUIDField()
    agency_id = models.UUIDField()
    reference = models.CharField(max_length=20)
    path = models.CharField(max_length=80)
    # A code of retention_records, and of retention_starts.
    record = models.CharField(max_length=40)
    starts_from = models.CharField(max_length=40)
    ended_on = models.DateField()
    starts_on = models.DateField()
    # None: a rule says that it is kept for good.
    due_on = models.DateField(null=True)
    rule = models.CharField(max_length=80)
    schedule = models.PositiveSmallIntegerField()
    # What it was computed from, so that a change is found without reading the record.
    record_version = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["agency_id", "due_on", "id"], name="retention_due_of_agency")]

    def __str__(self) -> str:
        return self.reference


class DueChild(Base):
    """A child of whom everything has ended: from when all of it may be deleted. Its key is the child's."""

    table_class: ClassVar[TableClass] = TableClass.OWN
    policy: ClassVar[str] = """NOT app.is_barred(id) AND ((SELECT app.managing()) = ANY (agency_ids)
      OR ((SELECT app.governs()) AND partnership_id = (SELECT app.actor_partnership())))"""
    web_grants: ClassVar[str] = "SELECT"

    partnership_id = models.UUIDField()
    agency_ids = ArrayField(models.UUIDField())
    references = ArrayField(models.CharField(max_length=20))
    # When the last of its records becomes due; none where one is kept for good.
    due_on = models.DateField(null=True)
    schedule = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(due_on__isnull=False), name="retention_child_due"),
            GinIndex(fields=["agency_ids"], name="retention_child_agencies"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Hold(HoldStates, Versioned):
    """Why the records of a child are kept whatever the schedule says, until two people release them.

    It is its own root and names the child; who reads the record at which it was placed reads that it is kept.
    """

    table_class: ClassVar[TableClass] = TableClass.ROOT
    policy: ClassVar[str] = _SEE_HOLD
    adds_at: ClassVar[str] = f"NOT app.is_barred(child_id) AND {_KEEPS}"
    adds_only: ClassVar[str] = f"placed_by_id = (SELECT app.actor_user()) AND state = 'held' AND {_KEEPS}"
    # None is deleted but with the child.
    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"
    worker_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"

    partnership_id = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    child_id = models.UUIDField(db_index=True)
    # The case or referral at which it was placed.
    record_id = models.UUIDField(db_index=True)
    reference = models.CharField(max_length=20)
    path = models.CharField(max_length=80)
    # A code of retention_hold_reasons, and words.
    reason_code = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    # None where the product placed it, because the child has died.
    placed_by_id = models.UUIDField(null=True)
    placed_by_name = models.CharField(max_length=200)
    placed_at = models.DateTimeField(default=clock.now)
    release_reason = models.TextField(blank=True)
    release_asked_by_id = models.UUIDField(null=True)
    release_asked_by_name = models.CharField(max_length=200, blank=True)
    released_by_id = models.UUIDField(null=True)
    released_by_name = models.CharField(max_length=200, blank=True)
    released_at = models.DateTimeField(null=True)

    history = history(_SEE_HOLD)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(HoldStates.LABELS)), name="hold_state_known"),
            models.CheckConstraint(
                condition=Q(state="held", released_at__isnull=True)
                | Q(
                    state="released",
                    released_at__isnull=False,
                    released_by_id__isnull=False,
                    release_asked_by_id__isnull=False,
                )
                & ~Q(released_by_id=F("release_asked_by_id")),
                name="hold_released_by_two",
            ),
            models.UniqueConstraint(
                fields=["record_id", "reason_code"], condition=Q(state="held"), name="hold_once_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["partnership_id", "-placed_at", "-id"], condition=Q(state="held"), name="hold_held")
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def root_id(self) -> UUID:
        """It is its own root: who may release it is not who works with the child."""
        return self.id


class Order(OrderStates, Versioned):
    """A list of children to be deleted: who proposed it, who agreed, from when it is carried out. It names nobody."""

    table_class: ClassVar[TableClass] = TableClass.ROOT
    policy: ClassVar[str] = _KEEPS
    adds_at: ClassVar[str] = _KEEPS
    adds_only: ClassVar[str] = "proposed_by_id = (SELECT app.actor_user()) AND state = 'proposed'"
    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"
    worker_grants: ClassVar[str] = "SELECT, UPDATE"

    partnership_id = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)
    # By which version of the schedule they were due.
    schedule = models.PositiveSmallIntegerField()
    proposed_by_id = models.UUIDField()
    proposed_by_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField(default=clock.now)
    # Information governance, and the second person.
    approved_by_id = models.UUIDField(null=True)
    approved_by_name = models.CharField(max_length=200, blank=True)
    confirmed_by_id = models.UUIDField(null=True)
    confirmed_by_name = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    # The same moment by the database's own clock, set by a trigger and by nothing else.
    agreed_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)

    history = history(_KEEPS)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(OrderStates.LABELS)), name="order_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "running", "done"])
                | Q(
                    approved_by_id__isnull=False,
                    confirmed_by_id__isnull=False,
                    confirmed_at__isnull=False,
                    due_at__isnull=False,
                )
                & ~Q(approved_by_id=F("confirmed_by_id"))
                & ~Q(approved_by_id=F("proposed_by_id"))
                & ~Q(confirmed_by_id=F("proposed_by_id")),
                name="order_agreed_by_three",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True)
                | Q(due_at__gte=F("confirmed_at") + Value(WAITING, output_field=models.DurationField())),
                name="order_waits_seven_days",
            ),
        ]
        indexes = [
            models.Index(fields=["partnership_id", "-id"], name="order_of_partnership"),
            models.Index(fields=["due_at"], condition=Q(state__in=["confirmed", "running"]), name="order_to_carry_out"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def root_id(self) -> UUID:
        """It is its own root."""
        return self.id

    @property
    def child_id(self) -> None:
        """It names children in rows of their own, which are emptied when they are gone."""
        return


class OrderChild(Base):
    """One child of an order; a trigger fills in what belongs to it and refuses what is not due (30_disposal.sql)."""

    table_class: ClassVar[TableClass] = TableClass.OWN
    policy: ClassVar[str] = _SEE_ORDER_PART
    web_grants: ClassVar[str] = "SELECT, INSERT"
    worker_grants: ClassVar[str] = "SELECT"

    WAITING, FILES, DELETED, LEFT = "waiting", "files", "deleted", "left"
    LABELS = {
        WAITING: "Waiting",
        FILES: "Its rows are deleted, its files are next",
        DELETED: "Deleted",
        LEFT: "Left, because something keeps it",
    }

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="children")
    # Who it is, and everything that is about it: emptied when the order is done.
    about_id = models.UUIDField(null=True)
    child_ids = ArrayField(models.UUIDField(), default=list)
    root_ids = ArrayField(models.UUIDField(), default=list)
    references = ArrayField(models.CharField(max_length=20), default=list)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=list(LABELS.items()), default=WAITING)
    # Codes of retention_obstacles, where it was left.
    kept_by = ArrayField(models.CharField(max_length=40), default=list)
    # The transaction in which it is being deleted: in no other one may anything of it be.
    deleting_in = models.BigIntegerField(null=True)
    # How many rows of each table, and which files are still to be deleted: [[store, name]].
    counts = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    file_count = models.PositiveIntegerField(default=0)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "files", "deleted", "left"]), name="order_child_state_known"
            ),
            models.UniqueConstraint(
                fields=["about_id"], condition=Q(state__in=["waiting", "files"]), name="order_child_once"
            ),
        ]
        indexes = [models.Index(fields=["order", "id"], name="order_child_of_order")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.state}"


class Certificate(Base):
    """What was deleted, by whose order and agreement, under which schedule: ids and numbers, no name and no word."""

    table_class: ClassVar[TableClass] = TableClass.OWN
    append_only: ClassVar[bool] = True
    policy: ClassVar[str] = _SEE_ORDER_PART
    # The worker alone writes one, when it has carried out an order.
    add_policy: ClassVar[str] = "false"
    web_grants: ClassVar[str] = "SELECT"

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="certificate")
    at = models.DateTimeField(default=clock.now)
    body = models.JSONField()
    # Of the body as canonical JSON, so that nobody changes it unseen.
    sha256 = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="certificate_latest")]

    def __str__(self) -> str:
        return self.sha256
