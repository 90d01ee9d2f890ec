"""Two append-only logs: events (what happened) and access rows (who looked), with the proof of the second."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Now

from backend.core import clock
from backend.core.models import Base, TableClass


class Event(Base):
    """What happened to a root, who did it, in which role, why. Ids and codes only: it outlives what it speaks of."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    # The label is that of the note or document it is about, whenever that is said anew (app.label_anew).
    follows: ClassVar[tuple[str, ...]] = ("mark",)
    # What happened to a thing that bears a label is known to whoever reads the thing. The last branch lets an agency
    # that was asked write down its answer: what one writes in this very transaction passes, what one wrote before is
    # seen again only with the root.
    policy: ClassVar[str] = """CASE WHEN mark <> '' THEN app.reads_marked(root_id, mark)
        ELSE app.sees_root(root_id) OR (child_id IS NOT NULL AND root_id = child_id AND app.sees_child(child_id)) END
      OR (actor_membership_id = (SELECT app.membership()) AND recorded_at >= now())"""
    # In nobody else's name, at no other time, and about nothing the actor has no part in.
    add_policy: ClassVar[str] = """app.is_actor(
        actor_user_id, actor_membership_id, actor_agency_id, role, actor_name, agency_name)
      AND recorded_at >= now() AND recorded_at <= clock_timestamp() AND app.writes_at(root_id)"""

    root_id = models.UUIDField()
    child_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=80)
    at = models.DateTimeField(default=clock.now)
    recorded_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(null=True)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    actor_user_id = models.UUIDField(null=True)
    actor_membership_id = models.UUIDField(null=True)
    actor_agency_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    agency_name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    corrects_id = models.UUIDField(null=True)
    # The label of what it is about (access.marks).
    mark = models.CharField(max_length=20, blank=True, default="", db_default="")

    class Meta:
        indexes = [
            models.Index(fields=["root_id", "-at", "-id"], name="event_timeline"),
            models.Index(fields=["verb", "at"], name="event_verb"),
            # What took a record out of a state, and when: how long things stand where they stand (insights).
            models.Index(
                fields=["at"], condition=~Q(from_state="") & ~Q(from_state=F("to_state")), name="event_left_a_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} on {self.root_id}"


# The transaction that writes a row, as a number that never comes again: when it is over, and all before it, no row of
# them can still come (ADR 64).
_THIS_TRANSACTION = Cast(Cast(models.Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField())


class AccessLog(Base):
    """Who looked at what, when, in which role: one row for each request that touched a child, refused ones included."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    append_only: ClassVar[bool] = True
    # Django asks for the columns the database fills in; nothing else of the log can be read back.
    web_grants: ClassVar[str] = "INSERT, SELECT (recorded_at), SELECT (made_in)"
    # Which passes for the row that is being written; nobody who serves reads another's.
    policy: ClassVar[str] = "recorded_at >= now() AND app.is_bound(user_id, membership_id, agency_id, role)"
    add_policy: ClassVar[str] = """recorded_at >= now() AND recorded_at <= clock_timestamp()
      AND made_in = pg_current_xact_id()::text::bigint AND app.is_bound(user_id, membership_id, agency_id, role)"""

    recorded_at = models.DateTimeField(db_default=Now())
    made_in = models.BigIntegerField(db_default=_THIS_TRANSACTION)
    user_id = models.UUIDField(null=True)
    membership_id = models.UUIDField(null=True)
    agency_id = models.UUIDField(null=True)
    role = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=80)
    status = models.PositiveSmallIntegerField()
    root_ids = ArrayField(models.UUIDField(), default=list)
    child_ids = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes = [
            models.Index(fields=["recorded_at"], name="access_when"),
            models.Index(fields=["user_id", "recorded_at"], name="access_person"),
            models.Index(fields=["made_in", "id"], name="access_made_in"),
            # Who looked at a child, or at a record about one.
            GinIndex(fields=["child_ids"], name="access_child"),
            GinIndex(fields=["root_ids"], name="access_root"),
        ]

    def __str__(self) -> str:
        return f"{self.label} by {self.user_id}: {self.status}"


class Leaf(models.Model):
    """The place of one access row in the tree, with the hash it had when it was covered: once there, for good."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    append_only: ClassVar[bool] = True
    # Written by the worker only.
    web_grants: ClassVar[str] = "SELECT"

    position = models.BigIntegerField(primary_key=True)
    row_id = models.UUIDField(unique=True)
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.position}: {self.row_id}"


class Checkpoint(models.Model):
    """A signed root over the first `size` rows of the access log; the same stands in a file outside the database."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    append_only: ClassVar[bool] = True
    web_grants: ClassVar[str] = "SELECT"

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    size = models.BigIntegerField()
    horizon = models.BigIntegerField()
    root = models.BinaryField()
    # What the next tree begins with (audit.merkle).
    frontier = models.BinaryField()
    signature = models.BinaryField()

    def __str__(self) -> str:
        return f"checkpoint {self.number} over {self.size} rows"
