"""Tables of telling: the outbox, the messages it becomes, the emails that carry them, and the worker's heartbeat."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.core import clock
from backend.core.models import Base, TableClass

PENDING = Q(state="pending")
NOT_EMAILED = Q(read_at__isnull=True, email_id__isnull=True)


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


class Heartbeat(models.Model):
    """A worker's sign of life by the database's clock; health asks whether any is fresh."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "SELECT"

    name = models.CharField(primary_key=True, max_length=100)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name
