"""A request for a copy of a child's record, the passages somebody decides about, and the file that goes out."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from backend.agencies.models import Agency
from backend.audit.history import history
from backend.core import clock
from backend.core.models import Base, TableClass, Versioned
from backend.rights.states import SubjectRequestStates

# Whoever governs the information of the partnership, and may know of the child: conflict and seal stand above it.
_SEE_REQUEST = """partnership_id = (SELECT app.actor_partnership()) AND (SELECT app.governs())
  AND child_id <> ALL ((SELECT app.barred_children())::uuid[])"""


class SubjectRequest(SubjectRequestStates, Versioned):
    """Who asks for a copy of whose record, how we know that it is them, by when, and what came of it."""

    table_class: ClassVar[TableClass] = TableClass.ROOT
    policy: ClassVar[str] = _SEE_REQUEST
    adds_at: ClassVar[str] = _SEE_REQUEST
    adds_only: ClassVar[str] = "state = 'asked' AND recorded_by_id = (SELECT app.actor_user())"
    # None is deleted: it ends.
    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"
    # The worker reads what it has to do, and changes nothing of it.
    worker_grants: ClassVar[str] = "SELECT"

    partnership_id = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)
    child_id = models.UUIDField()
    # As it was called when somebody asked: whoever answers reads nothing of the child's own row.
    child_name = models.CharField(max_length=420)
    child_born = models.DateField(null=True)
    # Who asks, a code of rights_askers, and how we know (rights_identity_checks).
    asker_name = models.CharField(max_length=200)
    asker = models.CharField(max_length=40)
    authority = models.CharField(max_length=300, blank=True)
    identity = models.CharField(max_length=40)
    identity_note = models.CharField(max_length=300, blank=True)
    asks_for = models.TextField()
    received_on = models.DateField()
    due_at = models.DateTimeField()
    # A code of rights_extension_reasons, and when whoever asked was told.
    extended_why = models.CharField(max_length=40, blank=True)
    extended_told_on = models.DateField(null=True)
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=clock.now)
    confirmed_by_id = models.UUIDField(null=True)
    confirmed_by_name = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    sent_by_id = models.UUIDField(null=True)
    sent_by_name = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_back_why = models.CharField(max_length=300, blank=True)
    released_by_id = models.UUIDField(null=True)
    released_by_name = models.CharField(max_length=200, blank=True)
    released_at = models.DateTimeField(null=True)
    # Who wants it refused, and where it goes on if the second person does not agree, with why.
    refused_from = models.CharField(max_length=20, blank=True, default="", db_default="")
    refusal_by_id = models.UUIDField(null=True)
    refusal_by_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    refusal_at = models.DateTimeField(null=True)
    refused_by_id = models.UUIDField(null=True)
    refused_by_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    not_refused_why = models.CharField(max_length=300, blank=True, default="", db_default="")
    # The same of who says that nobody waits for it any more.
    withdrawn_from = models.CharField(max_length=20, blank=True, default="", db_default="")
    withdrawal_by_id = models.UUIDField(null=True)
    withdrawal_by_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    withdrawal_at = models.DateTimeField(null=True)
    withdrawn_by_id = models.UUIDField(null=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    not_withdrawn_why = models.CharField(max_length=300, blank=True, default="", db_default="")
    # Why it was refused or withdrawn: a code of rights_refusals, and words.
    ended_why = models.CharField(max_length=40, blank=True)
    ended_note = models.CharField(max_length=600, blank=True)
    ended_at = models.DateTimeField(null=True)

    history = history(_SEE_REQUEST)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(SubjectRequestStates.LABELS)), name="subject_request_state_known"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by_id__isnull=True) | ~Q(confirmed_by_id=F("recorded_by_id")),
                name="subject_request_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(released_by_id__isnull=True) | ~Q(released_by_id=F("sent_by_id")),
                name="subject_request_released_by_another",
            ),
            models.CheckConstraint(
                condition=Q(refused_by_id__isnull=True) | ~Q(refused_by_id=F("refusal_by_id")),
                name="subject_request_refused_by_another",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by_id__isnull=True) | ~Q(withdrawn_by_id=F("withdrawal_by_id")),
                name="subject_request_withdrawn_by_another",
            ),
            # Nobody has read anything before a second person has agreed, nor is anything released unchecked.
            models.CheckConstraint(
                condition=Q(state__in=["asked", "refusing", "refused", "withdrawing", "withdrawn"])
                | Q(confirmed_at__isnull=False),
                name="subject_request_open_is_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(released_at__isnull=False, sent_at__isnull=False),
                name="subject_request_released_is_checked",
            ),
            models.UniqueConstraint(
                fields=["child_id", "asker_name"],
                condition=Q(state__in=SubjectRequestStates.UNFINISHED),
                name="subject_request_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["partnership_id", "due_at", "id"],
                condition=Q(state__in=SubjectRequestStates.UNFINISHED),
                name="subject_request_due",
            ),
            models.Index(fields=["partnership_id", "-ended_at", "-id"], name="subject_request_ended"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def root_id(self) -> UUID:
        """It is its own root."""
        return self.id

    @property
    def is_refused(self) -> bool:
        """Say whether it is refused, or somebody has asked for that."""
        return self.state in (self.REFUSING, self.REFUSED)

    @property
    def is_withdrawn(self) -> bool:
        """Say whether it is withdrawn, or somebody has asked for that."""
        return self.state in (self.WITHDRAWING, self.WITHDRAWN)

    @property
    def is_unfinished(self) -> bool:
        """Say whether somebody still waits for an answer."""
        return self.state in self.UNFINISHED


class Pack(Base):
    """What the worker does for a request, how far it is, and the file; untracked, as an export is.

    The file lies in its row: it is there when the row says so, and gone with it, whenever a worker is killed.
    """

    table_class: ClassVar[TableClass] = TableClass.OWN
    policy: ClassVar[str] = "app.sees_request(root_id)"
    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"
    worker_grants: ClassVar[str] = "SELECT, UPDATE"

    COLLECT, DRAW = "collect", "draw"
    IDLE, WAITING, RUNNING, DONE, FAILED = "idle", "waiting", "running", "done", "failed"

    root_id = models.UUIDField(unique=True)
    task = models.CharField(max_length=10, default=COLLECT)
    state = models.CharField(max_length=10, default=IDLE)
    # How often it was asked for, and how often somebody began it since: whoever finishes must be who began last.
    turn = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    beat_at = models.DateTimeField(null=True)
    collected_at = models.DateTimeField(null=True)
    # Which records of the child are in it, for the access rows of those who read it.
    root_ids = ArrayField(models.UUIDField(), default=list)
    pdf = models.BinaryField(null=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_size = models.PositiveIntegerField(default=0)
    data = models.BinaryField(null=True)
    data_sha256 = models.CharField(max_length=64, blank=True)
    data_size = models.PositiveIntegerField(default=0)
    drawn_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)
    # When it was last said that the request is late.
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(task__in=["collect", "draw"]), name="pack_task_known"),
            models.CheckConstraint(
                condition=Q(state__in=["idle", "waiting", "running", "done", "failed"]), name="pack_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["beat_at"], condition=Q(state__in=["waiting", "running"]), name="pack_waiting"),
            models.Index(fields=["expires_at"], condition=Q(forgotten_at__isnull=True), name="pack_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.task} ({self.state})"

    @property
    def is_collected(self) -> bool:
        """Say whether there is something to look through."""
        return self.collected_at is not None

    @property
    def has_file(self) -> bool:
        """Say whether the file is drawn as the passages are decided now."""
        return self.task == self.DRAW and self.state == self.DONE and self.forgotten_at is None


class CopiedPassage(Base):
    """One passage of the record as it stood when it was copied, and what is done with it; the original stays.

    Untracked: who decided what stands in the row and in the access log; its words go when the request has ended.
    """

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = "app.reads_request(root_id)"
    web_grants: ClassVar[str] = """SELECT, UPDATE (decision), UPDATE (reason), UPDATE (cut), UPDATE (decided_by_id),
      UPDATE (decided_by_name), UPDATE (decided_at), UPDATE (version)"""

    KEEP, REDACT, WITHHOLD = "keep", "redact", "withhold"

    root_id = models.UUIDField()
    position = models.PositiveIntegerField()
    # Of which record, a code of rights_passages, and which row and column of it.
    record_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    source_id = models.UUIDField()
    part = models.CharField(max_length=40, blank=True)
    # Made of our own words, codes and days: nothing that somebody typed.
    heading = models.CharField(max_length=300)
    at = models.DateTimeField(null=True)
    mark = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    # What its label asks to look at: a code of rights_reasons.
    proposed = models.CharField(max_length=40, blank=True)
    decision = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    # Which of its words are taken out, by their place.
    cut = ArrayField(models.PositiveIntegerField(), default=list)
    decided_by_id = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["root_id", "source_id", "part"], name="passage_copied_once"),
            models.CheckConstraint(
                condition=Q(decision__in=["", "keep", "redact", "withhold"]), name="passage_decision"
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", "keep"]) | ~Q(reason=""), name="passage_taken_out_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["root_id", "position"], name="passage_in_order")]

    def __str__(self) -> str:
        return self.heading
