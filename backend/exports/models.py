"""An export: which list, for whom and what for, how far the worker has got, and where its file lies; and a repeat."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency
from backend.core import clock
from backend.core.models import Base, TableClass


class State(models.TextChoices):
    """Where an export stands; its file is there while it is ready, and at no other time."""

    REQUESTED = "requested", "Waiting to be made"
    RUNNING = "running", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"
    EXPIRED = "expired", "Expired: the file is deleted"
    DELETED = "deleted", "Deleted by you"


_OWN = "user_id = (SELECT app.actor_user()) AND agency_id = (SELECT app.actor_agency())"
UNFINISHED = (State.REQUESTED, State.RUNNING)


class Asked(Base):
    """What somebody asked for: which list, in which format and what for."""

    user_id = models.UUIDField()
    # In whose rights it is made: those of this membership at that time, and of no later one.
    membership_id = models.UUIDField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    list_code = models.CharField(max_length=40)
    # What it was called with its filters when it was asked for: later there may be no such filter.
    title = models.CharField(max_length=300)
    # As the list's own filters take them (lists): codes and days, nothing that somebody typed.
    filters = models.JSONField(default=dict)
    file_format = models.CharField(max_length=4)
    purpose = models.CharField(max_length=200)

    class Meta:
        abstract = True


class Export(Asked):
    """Untracked on purpose: it says nothing of a child, and what went out to whom stands in the access log.

    The row outlives its file: an access row of kind “disclosure” names it, and it names the recipient. Whoever asked
    sees it, in the agency they asked for, and may do nothing to it but delete the file and say that they look.
    """

    table_class: ClassVar[TableClass] = TableClass.OWN
    policy: ClassVar[str] = _OWN
    adds_only: ClassVar[str] = "state = 'requested' AND membership_id = (SELECT app.membership()) AND storage_name = ''"
    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE (state), UPDATE (ended_at), UPDATE (looked_at)"

    # A code of export_recipients; the name of the body where it is one, and what for.
    recipient = models.CharField(max_length=20)
    recipient_name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED)
    # Why it could not be made: a code of commands.making.FAILURES.
    failure = models.CharField(max_length=20, blank=True)
    # How often somebody began it; whoever finishes must be who began last.
    attempts = models.PositiveSmallIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(null=True)
    asked_at = models.DateTimeField(default=clock.now)
    # The worker's last sign of life at it, and the asker's last look at the page.
    beat_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(default=clock.now)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    extension = models.CharField(max_length=5, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    storage_name = models.CharField(max_length=80, blank=True)
    # What is in it, for the access row of each download.
    root_ids = ArrayField(models.UUIDField(), default=list)
    child_ids = ArrayField(models.UUIDField(), default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="export_state_known"),
            models.CheckConstraint(
                condition=~Q(state="ready") | (Q(expires_at__isnull=False) & ~Q(storage_name="")),
                name="export_ready_has_file",
            ),
            models.CheckConstraint(condition=~Q(recipient="body") | ~Q(recipient_name=""), name="export_body_has_name"),
        ]
        indexes = [
            models.Index(fields=["user_id", "-asked_at", "-id"], name="export_mine"),
            models.Index(fields=["asked_at"], condition=Q(state__in=["requested", "running"]), name="export_waiting"),
            models.Index(fields=["expires_at"], condition=Q(state="ready"), name="export_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.list_code} ({self.state})"


class Repeat(Asked):
    """A list that is made again by itself, for whoever asked for it and nobody else; untracked, as an export is."""

    table_class: ClassVar[TableClass] = TableClass.OWN
    policy: ClassVar[str] = _OWN
    adds_only: ClassVar[str] = "stopped_at IS NULL AND membership_id = (SELECT app.membership())"
    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE (stopped_at)"

    # A code of export_rhythms.
    every = models.CharField(max_length=10)
    began_on = models.DateField()
    next_on = models.DateField()
    # By its asker, or because their role has ended.
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user_id", "-began_on", "-id"], name="export_repeat_mine"),
            models.Index(fields=["next_on"], condition=Q(stopped_at__isnull=True), name="export_repeat_due"),
        ]

    def __str__(self) -> str:
        return f"{self.list_code} every {self.every}"
