"""What is said in and about a referral: statements, factors, decisions, and who was told."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency
from backend.core import clock
from backend.core.models import Base, TableClass


class Statement(Base):
    """Something said in a referral, with what it rests on: seen, told by whom, or an opinion; current or earlier.

    One that replaces another without words says that it was taken out.
    """

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    policy: ClassVar[str] = "app.reads_marked(root_id, mark)"
    add_policy: ClassVar[str] = "recorded_by_id = (SELECT app.actor_user()) AND app.writes_marked(root_id, mark)"

    root_id = models.UUIDField(db_index=True)
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    basis = models.CharField(max_length=20, blank=True)
    told_by = models.CharField(max_length=200, blank=True)
    currency = models.CharField(max_length=20, blank=True)
    # How far it may travel (access.marks); those of one mark have numbers of their own, which tell of no others.
    mark = models.CharField(max_length=20, blank=True, default="", db_default="")
    replaces_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by_id = models.UUIDField()

    def __str__(self) -> str:
        return self.kind


class ReferralFactor(Base):
    """A coded risk or protective factor as the referral says it now; never summed into a score.

    What was said before an amendment stands in the amendment.
    """

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = "app.reads_root(root_id)"

    root_id = models.UUIDField()
    code = models.CharField(max_length=40)
    currency = models.CharField(max_length=20, blank=True)
    # Whom it is about (child, parent, another in the household) and what it rests on, where the referrer said so.
    concerns = models.CharField(max_length=20, blank=True, default="", db_default="")
    basis = models.CharField(max_length=20, blank=True, default="", db_default="")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root_id", "code", "currency"], name="referral_factor_once")]

    def __str__(self) -> str:
        return self.code


class Decision(Base):
    """What was decided and why, as it was said; a correction is another row that points to the first."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    # In one's own name; or, agreeing as the second person, in the name of the one who asks for this very decision.
    add_policy: ClassVar[str] = """agency_id = (SELECT app.actor_agency()) AND app.reads_root(root_id) AND CASE
      WHEN confirmed_by_id IS NULL THEN by_id = (SELECT app.actor_user()) AND by_name = (SELECT app.actor_name())
        AND confirmed_by_name = ''
      ELSE confirmed_by_id = (SELECT app.actor_user()) AND confirmed_by_name = (SELECT app.actor_name())
        AND by_id <> confirmed_by_id AND EXISTS (
        SELECT 1 FROM workflow_confirmation asked
         WHERE asked.target_id = referrals_decision.root_id AND asked.state = 'asked'
           AND (asked.edge, asked.asked_by_id, asked.asked_by_name) = (referrals_decision.kind, by_id, by_name)) END"""

    root_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=40)
    reason_code = models.CharField(max_length=60, blank=True)
    rationale = models.TextField()
    # A text of its own for the referrer, without case content.
    outcome_text = models.TextField(blank=True)
    level_of_need = models.CharField(max_length=40, blank=True)
    # Which version of the partnership's threshold text was shown beside the levels (sql/80_level_text.sql).
    level_text = models.PositiveSmallIntegerField(null=True)
    # Of the national list, where help is agreed (domain.md 4.10: required unless no further action is taken).
    primary_need = models.CharField(max_length=20, blank=True, default="", db_default="")
    theme = models.CharField(max_length=60, blank=True)
    priority = models.CharField(max_length=20, blank=True)
    factors = ArrayField(models.CharField(max_length=40), default=list)
    # The service that was picked from the directory, and its words as they were then.
    service_id = models.UUIDField(null=True)
    service_words = models.CharField(max_length=420, blank=True, db_default="", default="")
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    confirmed_by_id = models.UUIDField(null=True)
    confirmed_by_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")

    def __str__(self) -> str:
        return self.kind


class Told(Base):
    """That the referrer, the child or a parent was told: how and when, or why not yet and when to look again."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    add_policy: ClassVar[str] = "recorded_by_name = (SELECT app.actor_name()) AND app.reads_root(root_id)"
    REFERRER, CHILD, PARENT = "referrer", "child", "parent"

    root_id = models.UUIDField(db_index=True)
    who = models.CharField(max_length=20)
    # Who of those around the child, by the id under which the referral or the case names them; and the name only as
    # the referral says it, since whoever reads the referral need not read the case.
    person_id = models.UUIDField(null=True)
    person_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    method = models.CharField(max_length=40, blank=True)
    told_at = models.DateTimeField(null=True)
    why_not = models.CharField(max_length=200, blank=True)
    look_again_on = models.DateField(null=True)
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(told_at__isnull=False) | Q(look_again_on__isnull=False), name="told_or_look_again"
            ),
            models.CheckConstraint(
                condition=Q(who="parent") | Q(person_id__isnull=True, person_name=""), name="told_person_is_a_carer"
            ),
        ]

    def __str__(self) -> str:
        return self.who
