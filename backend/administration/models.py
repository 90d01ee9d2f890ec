"""What is written when agencies end, when a person is too close to a family, and when one is invited."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from backend.administration.states import DeclarationStates
from backend.agencies.models import Agency, User
from backend.children.match_keys import Described
from backend.core.models import Base, TableClass
from backend.notifications.models import PENDING, Delivery, SentLink


class Ending(Base):
    """One step of an agency's ending; ids, numbers and a reason about the agency, never a word about a child.

    Written by functions that judge who may (sql/40_agencies.sql).
    """

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "SELECT"

    HANDED_OVER, ASKED, REFUSED, WITHDRAWN, ENDED = "handed_over", "asked", "refused", "withdrawn", "ended"
    LABELS = {
        HANDED_OVER: "Work handed over",
        ASKED: "Waiting for a second person: end it at once",
        REFUSED: "The second person did not agree to end it at once",
        WITHDRAWN: "The question to end it at once was taken back",
        ENDED: "Ended",
    }

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20)
    # Who takes what is left, of an agency that ends at once.
    successor = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    # {kind of work: agency id} and {kind of work: how many}, as far as whoever did it may know.
    receivers = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    answered_by_id = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["handed_over", "asked", "refused", "withdrawn", "ended"]),
                name="ending_state_known",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(state="withdrawn") | ~Q(answered_by_id=F("by_id")),
                name="ending_at_once_by_two_people",
            ),
            models.UniqueConstraint(fields=["agency"], condition=Q(state="asked"), name="ending_one_open"),
            models.UniqueConstraint(fields=["agency"], condition=Q(state="ended"), name="ending_once"),
        ]
        indexes = [models.Index(fields=["agency", "-at"], name="ending_of_agency")]

    def __str__(self) -> str:
        return f"{self.state} of {self.agency_id}"


class Declaration(DeclarationStates, Base):
    """A conflict of interest: about the child of a record the person saw, or about a child as they describe it.

    `child_ids` are the records it bars them from; whoever declares it never reads them, nor does the manager who
    answers. Its triggers write access_conflict, and judge who may move it (sql/50_conflicts.sql).
    """

    table_class: ClassVar[TableClass] = TableClass.OWN
    policy: ClassVar[str] = """CASE
      WHEN person_id = (SELECT app.actor_user()) THEN true
      WHEN child_ids && (SELECT app.barred_children())::uuid[] THEN false
      ELSE answering_agency_id = (SELECT app.managed_agency()) END"""

    person_id = models.UUIDField()
    person_name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Whose managers look at it: those of the person's agency, or the front door's where nobody else manages that.
    answering_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    partnership_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    declared_at = models.DateTimeField()
    # What the record was called, where there was one: the person's own knowledge, and no way back to it.
    reference = models.CharField(max_length=20, blank=True)
    given_name = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    date_of_birth = models.DateField(null=True)
    child_ids = ArrayField(models.UUIDField(), default=list)
    # The transaction in which it was declared, where what the person had in hand is passed on (app.begin_conflict).
    made_in = models.BigIntegerField(null=True, editable=False)
    # When the worker last looked for a child that is described so.
    looked_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    confirmed_by_id = models.UUIDField(null=True)
    confirmed_by_name = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_by_id = models.UUIDField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=list(DeclarationStates.LABELS)), name="declaration_state_known"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by_id__isnull=True) | ~Q(confirmed_by_id=F("person_id")),
                name="declaration_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(reference="") | ~Q(given_name="") | ~Q(family_name=""), name="declaration_about_somebody"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "in_force"], ended_at__isnull=True)
                | (~Q(state__in=["waiting", "in_force"]) & Q(ended_at__isnull=False)),
                name="declaration_end_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["person_id", "-declared_at"], name="declaration_of_person"),
            models.Index(fields=["answering_agency", "-declared_at"], name="declaration_to_answer"),
            models.Index(
                fields=["looked_at"], condition=Q(state="in_force", reference=""), name="declaration_to_look_for"
            ),
        ]

    def __str__(self) -> str:
        return f"conflict of {self.person_id}: {self.state}"

    @property
    def described(self) -> Described:
        """Return who the child is, as the person says it."""
        return Described(given_name=self.given_name, family_name=self.family_name, date_of_birth=self.date_of_birth)


class SavedList(Base):
    """A list as somebody keeps it under a name: where it is and how it is narrowed, never what stands in it.

    Untracked on purpose: no event, no history, nothing about a child. Its own person's, in the agency where it was
    kept; a manager may show it to the other managers of the agency, who open it and change nothing.
    """

    table_class: ClassVar[TableClass] = TableClass.OWN
    policy: ClassVar[str] = """agency_id = (SELECT app.actor_agency()) AND (owner_id = (SELECT app.actor_user())
      OR (is_shared AND removed_at IS NULL AND agency_id = (SELECT app.managed_agency())))"""
    # Nobody keeps one for somebody else, and nobody else changes it (sql/60_saved_lists.sql).
    adds_only: ClassVar[str] = "owner_id = (SELECT app.actor_user())"

    owner_id = models.UUIDField()
    owner_name = models.CharField(max_length=200)
    agency_id = models.UUIDField()
    name = models.CharField(max_length=80)
    # Checked before it is written (keeping.py): a page of the app, and codes and ids that its list is narrowed by.
    path = models.CharField(max_length=40)
    query = models.CharField(max_length=400, blank=True)
    is_shared = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    # Removed, and kept so that it can be put back.
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="saved_list_has_name")]
        indexes = [models.Index(fields=["agency_id", "owner_id", "name"], name="saved_list_of_person")]

    def __str__(self) -> str:
        return str(self.id)


class PasswordLink(SentLink):
    """A link by which one person chooses a password: a manager invited them, or they asked because they forgot theirs.

    One row a person and kind: another invitation takes the place of the one before it, whose link is dead from then on
    (docs/adr/0066).
    """

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"
    worker_grants: ClassVar[str] = "SELECT, UPDATE"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    is_invitation = models.BooleanField()
    # Who invites, in which agency; nobody where the person asked for it.
    made_by_id = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=200, blank=True)
    agency_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="password_link_of_token"),
            models.UniqueConstraint(fields=["user", "is_invitation"], name="password_link_once"),
            models.CheckConstraint(condition=Q(state__in=Delivery.values), name="password_link_delivery_known"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="password_link_expires_later"),
            models.CheckConstraint(
                condition=Q(is_invitation=False) | Q(made_by_id__isnull=False), name="password_link_says_who_invites"
            ),
        ]
        indexes = [models.Index(fields=["next_try_at", "id"], condition=PENDING, name="password_link_to_send")]

    def __str__(self) -> str:
        return str(self.id)


class DirectoryIdentity(Base):
    """Whom an agency's directory means by a subject: tied by an invitation, never by an address (docs/adr/0067)."""

    table_class: ClassVar[TableClass] = TableClass.PLUMBING
    web_grants: ClassVar[str] = "SELECT, INSERT, UPDATE"
    worker_grants: ClassVar[str] = "SELECT"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=300)
    # Of an issuer that serves several organisations; empty where it serves one.
    tenant = models.CharField(max_length=100, blank=True)
    subject = models.CharField(max_length=255)
    tied_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "tenant", "subject"], name="directory_identity_of_one"),
            models.UniqueConstraint(fields=["user", "issuer", "tenant"], name="directory_identity_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
