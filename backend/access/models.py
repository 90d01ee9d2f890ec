"""The projection of who is involved with what, and the overlays; written by triggers, read by the serving roles."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from backend.agencies.models import Membership, User
from backend.core.models import Base, TableClass


class Involvement(models.Model):
    """One relation of an agency, team or person to a root, from one instant to another; no foreign keys on purpose."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "SELECT"

    id = models.BigAutoField(primary_key=True)
    root_id = models.UUIDField()
    child_id = models.UUIDField(null=True)
    relation = models.CharField(max_length=20)
    former_kind = models.CharField(max_length=20, blank=True)
    agency_id = models.UUIDField(null=True)
    team_id = models.UUIDField(null=True)
    user_id = models.UUIDField(null=True)
    source_id = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agency_id__isnull=False) | Q(team_id__isnull=False) | Q(user_id__isnull=False),
                name="involvement_of_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["root_id", "relation"], name="involvement_root"),
            models.Index(fields=["child_id"], name="involvement_child"),
            models.Index(fields=["source_id"], name="involvement_source"),
            models.Index(fields=["user_id", "relation", "root_id"], name="involvement_person"),
            models.Index(
                fields=["agency_id", "relation", "root_id"],
                condition=Q(
                    relation__in=[
                        *("OFFERED", "OFFERED_LEAD", "ASKED", "TRIAGING", "PROVIDER", "FORMER"),
                        *("DISAGREEING", "ANSWERING", "LINKED", "INVITED", "CHAIRING"),
                    ]
                ),
                name="involvement_agency_rare",
            ),
            models.Index(fields=["team_id", "root_id"], condition=Q(team_id__isnull=False), name="involvement_team"),
            # What ends by itself changes what an agency sees, and so what its figures count.
            models.Index(fields=["ends_at"], condition=Q(ends_at__isnull=False), name="involvement_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.relation} of {self.root_id}"


class Link(models.Model):
    """Says that whoever leads or works on `parent_id` (a case) may see `root_id` (a referral it answers)."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "SELECT"

    root_id = models.UUIDField(primary_key=True)
    parent_id = models.UUIDField(db_index=True)

    def __str__(self) -> str:
        return f"{self.root_id} under {self.parent_id}"


class SameChild(models.Model):
    """Says which record stands for a child of whom several records were joined; children of one record are not here."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "SELECT"
    worker_grants: ClassVar[str] = "SELECT"

    record_id = models.UUIDField(primary_key=True)
    stands_for_id = models.UUIDField(db_index=True)

    def __str__(self) -> str:
        return f"{self.record_id} is {self.stands_for_id}"


class Scope(models.Model):
    """What a pair of role and relation opens; generated from the policy table, read by the SQL functions."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "SELECT"

    pk = models.CompositePrimaryKey("role", "relation")
    role = models.CharField(max_length=40)
    relation = models.CharField(max_length=20)
    sees_root = models.BooleanField()
    reads_text = models.BooleanField()
    reads_plan = models.BooleanField(default=False, db_default=False)
    reads_concerns = models.BooleanField(default=False, db_default=False)
    sees_child = models.BooleanField()
    sees_transfer = models.BooleanField(db_default=False)
    reads_summary = models.BooleanField(default=False, db_default=False)
    # Has something to do at the root, and may say what was done, without seeing it.
    does_something = models.BooleanField(default=False, db_default=False)
    # Hears an item of a panel's agenda, and nothing else of the case or of the child.
    hears_item = models.BooleanField(default=False, db_default=False)

    def __str__(self) -> str:
        return f"{self.role} @ {self.relation}"


class MarkScope(models.Model):
    """Who reads, and who may set, a label at a relation; generated from access.marks, read by the SQL functions."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "SELECT"
    worker_grants: ClassVar[str] = "SELECT"

    id = models.BigAutoField(primary_key=True)
    mark = models.CharField(max_length=20)
    role = models.CharField(max_length=40)
    relation = models.CharField(max_length=20)
    # The kinds of agency it holds for; none named: every kind.
    kinds = ArrayField(models.CharField(max_length=60), default=list)
    # May set the label, rather than read what bears it.
    sets = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["mark", "sets", "role", "relation"], name="mark_scope")]

    def __str__(self) -> str:
        return f"{self.mark}: {self.role} @ {self.relation}"


class Conflict(Base):
    """A person must not see a child: declared by them or confirmed by a manager. No break-glass goes round it."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "SELECT"

    user_id = models.UUIDField()
    child_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "child_id"], condition=Q(ended_at__isnull=True), name="conflict_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} and {self.child_id}"


class Named(Base):
    """A person named on a sealed child: the only ones who see it."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "SELECT"

    user_id = models.UUIDField()
    child_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "child_id"], condition=Q(ended_at__isnull=True), name="named_once"
            )
        ]
        # Asked of one child at every row that is judged.
        indexes = [models.Index(fields=["child_id"], condition=Q(ended_at__isnull=True), name="named_on_child")]

    def __str__(self) -> str:
        return f"{self.user_id} and {self.child_id}"


class Passage(Base):
    """One transaction in which what somebody leaves behind is given to others, unseen by whoever does it.

    Of a person who leaves, of an agency that ends, or (with `child_id`) of one child's records in the hands of a person
    who may not see the child. Written by functions only, and kept: who passed on what, when.
    """

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "SELECT"
    worker_grants: ClassVar[str] = "SELECT"

    made_in = models.BigIntegerField()
    made_as_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    agency_ids = ArrayField(models.UUIDField())
    child_id = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["made_in"], condition=Q(closed_at__isnull=True), name="passage_open")]

    def __str__(self) -> str:
        return f"passage in {self.made_in}"


class Shared(models.Model):
    """What all web processes count and remember together for a while (shared.py): hashes, counts and moments."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    worker_grants: ClassVar[str] = "SELECT, DELETE"

    key = models.CharField(max_length=64, primary_key=True)
    value = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class Session(AbstractBaseSession):
    """A signed-in browser with its person and membership beside it, so that one query tells who is asking."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()

    @classmethod
    def get_session_store_class(cls) -> type:
        """Return the store Django's session middleware uses."""
        from backend.access.sessions import SessionStore  # noqa: PLC0415 - Django's contract: the model names its store

        return SessionStore
