"""Tables of telling: the outbox, the messages it becomes, the emails that carry them, and the worker's heartbeat."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from backend.audit.history import history
from backend.core import clock
from backend.core.models import Base, TableClass, Versioned

PENDING = Q(state="pending")
# Waits for the digest: what somebody wants in the app only never does.
NOT_EMAILED = Q(read_at__isnull=True, email_id__isnull=True, is_app_only=False)

# The path of a message that leads nowhere: whoever gets it may not open what it tells of, so it says all there is.
ITSELF = "/messages"

_OWN_SETTINGS = "user_id = (SELECT app.actor_user())"


class Delivery(models.TextChoices):
    """Where something on its way stands; `dead` means that we have stopped trying and somebody must look."""

    PENDING = "pending", "Pending"
    SENT = "sent", "Sent"
    DEAD = "dead", "Dead"


class Attempted(Base):
    """Something that is tried until it works or is given up, each try later than the one before."""

    state = models.CharField(max_length=10, choices=Delivery, default=Delivery.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=clock.now)
    # A code, never an exception's text: that may quote an address or what a person typed.
    last_error = models.CharField(max_length=100, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class SentLink(Attempted):
    """A link that works once, sent to one person; pending until it has gone. Its token is kept nowhere."""

    # Nothing until it has been sent: the worker makes the token in the moment of sending.
    token_hash = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    # Taken back, or replaced by the next one.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Outbox(Attempted):
    """Somebody is to be told something: written with the change it tells of, drained by the worker."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "INSERT"

    event_id = models.UUIDField(null=True)
    root_id = models.UUIDField(null=True)
    audience = models.JSONField()
    message = models.CharField(max_length=80)
    fields = models.JSONField(default=dict)
    path = models.CharField(max_length=200)
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=Delivery.values), name="outbox_state_known")]
        indexes = [
            models.Index(fields=["next_try_at", "id"], condition=PENDING, name="outbox_pending"),
            models.Index(fields=["id"], condition=Q(state="dead"), name="outbox_dead"),
            models.Index(fields=["event_id"], name="outbox_event"),
            models.Index(fields=["sent_at"], condition=Q(state="sent"), name="outbox_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.message} ({self.state})"


class Message(Base):
    """What one person was told; theirs alone to read."""

    table_class: ClassVar[TableClass] = TableClass.OWN
    web_grants: ClassVar[str] = "SELECT, UPDATE (read_at)"
    policy: ClassVar[str] = "user_id = (SELECT app.actor_user())"

    user_id = models.UUIDField()
    outbox_id = models.UUIDField()
    # The email that carries it: one of its own, or the digest of a day; null while it waits for the digest.
    email_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    path = models.CharField(max_length=200)
    urgent = models.BooleanField(default=False)
    is_app_only = models.BooleanField(default=False, db_default=False)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        # Delivered once however often it is tried.
        constraints = [models.UniqueConstraint(fields=["outbox_id", "user_id"], name="message_once")]
        indexes = [
            models.Index(fields=["user_id", "-at", "-id"], name="message_newest"),
            models.Index(fields=["email_id"], condition=Q(email_id__isnull=False), name="message_email"),
            models.Index(fields=["user_id"], condition=NOT_EMAILED, name="message_for_digest"),
        ]

    def __str__(self) -> str:
        return self.subject


class Email(Attempted):
    """One email to one person: a message that cannot wait, or the digest of a day."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "SELECT"

    user_id = models.UUIDField()
    digest_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "digest_on"], condition=Q(digest_on__isnull=False), name="email_digest_once_a_day"
            ),
            models.CheckConstraint(condition=Q(state__in=Delivery.values), name="email_state_known"),
        ]
        indexes = [
            models.Index(fields=["next_try_at", "id"], condition=PENDING, name="email_pending"),
            models.Index(fields=["id"], condition=Q(state="dead"), name="email_dead"),
            models.Index(fields=["sent_at"], condition=Q(state="sent"), name="email_sent"),
        ]

    def __str__(self) -> str:
        return f"email {self.id} ({self.state})"


class NotificationSettings(Versioned):
    """How one person wants to hear by email; who has no row has the standard (notifications/wishes.py)."""

    table_class: ClassVar[TableClass] = TableClass.OWN
    policy: ClassVar[str] = _OWN_SETTINGS
    # Nobody is involved with it: whose it is writes its events and its history.
    adds_at: ClassVar[str] = _OWN_SETTINGS

    user_id = models.UUIDField(unique=True)
    # {kind of message_kinds: way of message_deliveries}
    by_kind = models.JSONField(default=dict)
    # Hours of the clock here; quiet ones may go over midnight.
    digest_hour = models.PositiveSmallIntegerField()
    quiet_from = models.PositiveSmallIntegerField(null=True)
    quiet_to = models.PositiveSmallIntegerField(null=True)

    history = history(_OWN_SETTINGS)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest_hour__lt=24), name="settings_hour_of_digest"),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False, quiet_from__lt=24, quiet_to__lt=24),
                name="settings_quiet_hours_begin_and_end",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def root_id(self) -> UUID:
        """One's settings belong to nothing else."""
        return self.id


class Heartbeat(models.Model):
    """A worker's sign of life by the database's clock; health asks whether any is fresh."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "SELECT"

    name = models.CharField(primary_key=True, max_length=100)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name
