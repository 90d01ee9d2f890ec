"""A child as somebody recorded it; two records of the same child are joined by `canonical`, never merged row by row."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency, Partnership
from backend.audit.history import history
from backend.children.match_keys import Described, keys_of, keys_to_ask
from backend.core import clock
from backend.core.models import Base, TableClass, Versioned

# Of the facts of a child, what finds it and nothing else: made of what is kept, with its history, elsewhere.
_FINDS_ONLY = ("match_keys", "ask_keys", "phones", "household", "other_postcodes", "other_numbers")

# Said in one record of the child, it holds for whoever sees the child by any other.
_SEES_A_RECORD = """child_id <> ALL ((SELECT app.barred_children())::uuid[])
  AND EXISTS (SELECT 1 FROM app.child_records(child_id) AS record (id) WHERE app.sees_child(record.id))"""


class Child(Versioned):
    """One record of a child, born or expected: seen by who recorded it, and through referrals and cases about it."""

    table_class: ClassVar[TableClass] = TableClass.ROOT
    policy: ClassVar[str] = """CASE
      WHEN id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
      WHEN recorded_as_id = (SELECT app.membership()) THEN true
      ELSE app.stands_by_child(id) END"""
    job_policy: ClassVar[str] = "app.job() IS NOT NULL"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    # The record that stands for this child where several were made; set and reset by commands, nothing is re-pointed.
    canonical = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    # The membership that recorded it: a row must be visible to its writer before any referral points to it.
    recorded_as_id = models.UUIDField(editable=False)
    recorded_by_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    given_name = models.CharField(max_length=200)
    family_name = models.CharField(max_length=200, blank=True)
    known_as = models.CharField(max_length=200, blank=True)
    # family|given without accents, case and punctuation, for exact candidates (children.names.name_key).
    name_key = models.CharField(max_length=420, editable=False)
    # Under which others of the same child find this record, and under which it looks for them (children.match_keys).
    match_keys = ArrayField(models.CharField(max_length=100), default=list, db_default=[], editable=False)
    ask_keys = ArrayField(models.CharField(max_length=100), default=list, db_default=[], editable=False)
    date_of_birth = models.DateField(null=True)
    expected_date = models.DateField(null=True)
    sex = models.CharField(max_length=20, blank=True)
    ethnicity = models.CharField(max_length=60, blank=True)
    ethnicity_said_by = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=100, blank=True)
    school = models.CharField(max_length=200, blank=True)
    # The day on which the school changes or last changed, and to which one as long as that day is ahead or just past.
    school_changes_on = models.DateField(null=True)
    next_school = models.CharField(max_length=200, blank=True, default="", db_default="")
    nhs_number = models.CharField(max_length=10, blank=True)
    upn = models.CharField(max_length=13, blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    ward = models.CharField(max_length=20, blank=True)
    # The child's own number, as a case says it, with its code of contact_rules; what referrals say are ContactPoints.
    phone = models.CharField(max_length=30, blank=True, default="", db_default="")
    phone_rule = models.CharField(max_length=40, blank=True, default="", db_default="")
    # What finds the child beside its own facts, and is shown nowhere: telephone numbers (children.telephone) and plain
    # names of people around it, as the referral says them. Its answers keep how they were written.
    phones = ArrayField(models.CharField(max_length=20), default=list, db_default=[], editable=False)
    household = ArrayField(models.CharField(max_length=200), default=list, db_default=[], editable=False)
    # Of further addresses and numbers, for the same and no more (children.match_keys): none of a protected address.
    other_postcodes = ArrayField(models.CharField(max_length=10), default=list, db_default=[], editable=False)
    other_numbers = ArrayField(models.CharField(max_length=90), default=list, db_default=[], editable=False)
    died_on = models.DateField(null=True)
    # The day the baby was expected stays beside it, for as long as this may have been written down by mistake.
    pregnancy_ended_on = models.DateField(null=True)

    history = history("app.sees_child(id)", excluded=_FINDS_ONLY)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(date_of_birth__isnull=True) | Q(expected_date__isnull=True), name="child_born_or_expected"
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True)
                | Q(date_of_birth__isnull=True)
                | Q(died_on__gte=models.F("date_of_birth")),
                name="child_died_after_birth",
            ),
            models.CheckConstraint(
                condition=Q(canonical__isnull=True) | ~Q(canonical=models.F("id")), name="child_not_its_own_canonical"
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "name_key", "date_of_birth"], name="child_name_and_birth"),
            models.Index(fields=["partnership", "date_of_birth"], name="child_birth"),
            models.Index(fields=["nhs_number"], condition=~Q(nhs_number=""), name="child_nhs_number"),
            models.Index(fields=["upn"], condition=~Q(upn=""), name="child_upn"),
            GinIndex(fields=["name_key"], name="child_name_alike", opclasses=["gin_trgm_ops"], fastupdate=False),
            # Written through at once: a list waiting to be sorted in would be read by every search.
            GinIndex(fields=["match_keys"], name="child_match_keys", fastupdate=False),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the keys in step with the facts they are made of, whoever writes them."""
        described = self.described
        self.match_keys, self.ask_keys = keys_of(described), keys_to_ask(described)
        super().save(*args, **kwargs)

    @property
    def described(self) -> Described:
        """Return who the child is, as this record says it."""
        return Described(**{name: getattr(self, name) for name in Described.__dataclass_fields__})

    @property
    def root_id(self) -> UUID:
        """A child is its own root."""
        return self.id

    @property
    def child_id(self) -> UUID:
        """A child's events are about itself."""
        return self.id

    def school_on(self, day: date) -> str:
        """Return where the child learns on a day from now on: a move that was written down ahead happens by itself."""
        is_moved = self.next_school and self.school_changes_on and self.school_changes_on <= day
        return self.next_school if is_moved else self.school

    def settle(self, day: date) -> None:
        """Let a move to another school have happened that was written down ahead; it is kept with the next change."""
        if self.next_school and self.school_on(day) == self.next_school:
            self.school, self.next_school = self.next_school, ""

    @property
    def name(self) -> str:
        """Return the whole name as people say it."""
        return f"{self.given_name} {self.family_name}".strip()


class Said(Base):
    """What a record says about somebody or something around a child, as it stands now; its past is the record's."""

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = "app.reads_root(root_id)"

    root_id = models.UUIDField(db_index=True)
    child_id = models.UUIDField(db_index=True)
    position = models.PositiveSmallIntegerField(default=0)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True


class Person(Said):
    """Somebody of the child's household or network, with what they are to the child."""

    name = models.CharField(max_length=200, blank=True)
    relationship = models.CharField(max_length=40)
    date_of_birth = models.DateField(null=True)
    # yes, no or not_known: three answers, because nobody may read "no" where nobody asked.
    lives_with_child = models.CharField(max_length=20)
    parental_responsibility = models.CharField(max_length=20)
    told = models.CharField(max_length=20)

    def __str__(self) -> str:
        return self.relationship


class ContactPoint(Said):
    """A number that reaches the child or the family, and how it may be used without putting anybody at risk."""

    whose = models.CharField(max_length=200)
    number = models.CharField(max_length=200)
    # A code of contact_rules; empty where nobody knows, and then nothing is sent there (children.contacting).
    rule = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return str(self.id)


class Lasting(Said):
    """Something that held from one day to another, as far as anybody knows, and who says so."""

    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    # A code of address_sources; empty where nobody was asked.
    said_by = models.CharField(max_length=20, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="%(class)s_ends_after_it_begins",
            )
        ]


class Address(Lasting):
    """Where else the child lives, stayed or learns; the home that everybody knows stands in the child's own record."""

    policy: ClassVar[str] = "app.reads_marked(root_id, mark)"

    kind = models.CharField(max_length=40)
    address = models.TextField()
    postcode = models.CharField(max_length=10, blank=True)
    ward = models.CharField(max_length=20, blank=True)
    # LOCATION where somebody must not find the child (access.marks).
    mark = models.CharField(max_length=20, blank=True, default="", db_default="")

    def __str__(self) -> str:
        return self.kind


class Identifier(Lasting):
    """Another number that names the child, by who issues it; checked where its issuer says how."""

    kind = models.CharField(max_length=40)
    # As it is compared: without spaces and hyphens, in capitals.
    value = models.CharField(max_length=40)

    class Meta(Lasting.Meta):
        indexes = [models.Index(fields=["kind", "value"], name="identifier_value")]

    def __str__(self) -> str:
        return self.kind


class SafetyAlert(Said):
    """What a person who visits must know first: shown to everybody who may know who the child is."""

    policy: ClassVar[str] = _SEES_A_RECORD

    codes = ArrayField(models.CharField(max_length=40), default=list)
    note = models.TextField(blank=True)
    # A code of alert_disclosures: may the family know of it? Empty where nobody has said.
    disclosure = models.CharField(max_length=40, blank=True, default="", db_default="")
    review_on = models.DateField()
    # Set when somebody has looked again and it no longer holds; why stands in the event.
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return ", ".join(self.codes)


class Death(Versioned):
    """That a child has died, as two people recorded it, and how they know; while it stands, nothing more is asked.

    Triggers (sql/40_death.sql) stop every clock about the child in the same statement, name who may see its records
    from then on, and keep those records from being deleted. All of it ends when two people take it back.
    """

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = _SEES_A_RECORD

    # The case or the referral at which it was recorded.
    root_id = models.UUIDField(db_index=True)
    child_id = models.UUIDField(db_index=True)
    died_on = models.DateField()
    how_known = models.CharField(max_length=40)
    told_by = models.CharField(max_length=400)
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=clock.now)
    # Set by the trigger: people were named because of it; a child that was sealed before keeps the seal it had.
    has_sealed = models.BooleanField(default=False, db_default=False)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_reason = models.TextField(blank=True, default="", db_default="")

    history = history(_SEES_A_RECORD, excluded=("has_sealed",))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by_id=models.F("recorded_by_id")), name="death_recorded_by_two_people"
            ),
            models.UniqueConstraint(fields=["child_id"], condition=Q(taken_back_at__isnull=True), name="death_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
