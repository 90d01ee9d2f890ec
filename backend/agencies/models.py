"""Tables of the partnership; none holds anything about a child, so none carries a row policy."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from backend.agencies.roles import AGENCY_ROLES, Role
from backend.core import clock
from backend.core.models import Base, TableClass


class Partnership(Base):
    """A community safety partnership: the agencies that decide together, and the front door they share."""

    table_class: ClassVar[TableClass] = TableClass.REFERENCE

    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    front_door = models.ForeignKey("agencies.Agency", null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class Board(Base):
    """One of the priority boards, each a lens on the same figures by theme."""

    table_class: ClassVar[TableClass] = TableClass.REFERENCE

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="boards")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "code"], name="board_code_once")]

    def __str__(self) -> str:
        return self.name


class Agency(Base):
    """A body that refers, holds, helps or is asked; `receives_by_duty` ones take a referral at submission."""

    table_class: ClassVar[TableClass] = TableClass.REFERENCE

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="agencies")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.JSONField(default=dict, blank=True)
    hours_text = models.CharField(max_length=200, blank=True)
    what_it_does = models.TextField(blank=True)
    out_of_hours_name = models.CharField(max_length=200, blank=True)
    out_of_hours_phone = models.CharField(max_length=40, blank=True)
    receives_by_duty = models.BooleanField(default=False)
    can_be_offered = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "slug"], name="agency_slug_once")]

    def __str__(self) -> str:
        return self.name


class Team(Base):
    """A group inside an agency whose members cover for each other."""

    table_class: ClassVar[TableClass] = TableClass.REFERENCE

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="team_name_once")]

    def __str__(self) -> str:
        return self.name


class PeopleManager(BaseUserManager["User"]):
    """Makes people; nobody signs up by themselves."""

    def create_user(self, email: str, name: str, password: str | None = None, **more: Any) -> "User":
        """Return a saved person; without a password they can sign in only through their agency's directory."""
        user = self.model(email=email.strip().lower(), name=name, **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by email whatever its case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, Base):
    """A person who signs in; deactivated when they leave, never deleted, so that history keeps its author."""

    table_class: ClassVar[TableClass] = TableClass.REFERENCE
    web_grants: ClassVar[str] = "SELECT, UPDATE"

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    wants_email_for_all = models.BooleanField(default=False)

    objects = PeopleManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    # Django asks these of a user model; nobody here is staff and the admin site shows no case content.
    is_staff: ClassVar[bool] = False
    is_superuser: ClassVar[bool] = False

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the name as people say it."""
        return self.name


class Membership(Base):
    """A person's role in an agency from one date to another; the actor of every act is one of these."""

    table_class: ClassVar[TableClass] = TableClass.REFERENCE

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, choices=[(role.value, role.label) for role in Role])
    job_title = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    # As whom and in which transaction it was ended: what was begun there has to be done there (app.leaving_is_done).
    ended_as_id = models.UUIDField(null=True, editable=False)
    ended_in = models.BigIntegerField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"], condition=Q(ended_at__isnull=True), name="membership_open_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="membership_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "role"], condition=Q(ended_at__isnull=True), name="membership_active"),
            models.Index(fields=["ended_in"], condition=Q(ended_in__isnull=False), name="membership_ended_in"),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.agency_id}"

    @property
    def is_agency_role(self) -> bool:
        """Say whether this membership works with children's records."""
        return self.role in AGENCY_ROLES

    def is_active_at(self, moment: datetime) -> bool:
        """Say whether the membership ran at `moment`."""
        return self.started_at <= moment and (self.ended_at is None or moment < self.ended_at)


class Change(Base):
    """What a membership, an agency or a person was before and after one change; written by triggers only."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    append_only: ClassVar[bool] = True
    web_grants: ClassVar[str] = "SELECT"
    worker_grants: ClassVar[str] = "SELECT"

    of = models.CharField(max_length=20)
    row_id = models.UUIDField()
    at = models.DateTimeField()
    made_as_id = models.UUIDField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["row_id", "-at"], name="change_of_row")]

    def __str__(self) -> str:
        return f"{self.of} {self.row_id}"


class EscalationStep(Base):
    """Whose managers look at a disagreement at a later stage, on which basis it is shared with them; configuration."""

    table_class: ClassVar[TableClass] = TableClass.REFERENCE

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="escalation_steps")
    stage = models.PositiveSmallIntegerField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # The three answers that every share needs; empty where the partnership keeps the usual ones.
    basis = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "stage"], name="escalation_stage_once")]

    def __str__(self) -> str:
        return f"stage {self.stage}: {self.agency_id}"


class Target(Base):
    """How long one kind of clock may run in a partnership; configuration, not code."""

    table_class: ClassVar[TableClass] = TableClass.REFERENCE

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="targets")
    kind = models.SlugField(max_length=60)
    label = models.CharField(max_length=200)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "kind"], name="target_kind_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.amount} {self.unit}"
