"""What is said in and about a referral: statements, factors, decisions, and who was told."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency
from backend.core import clock
from backend.core.models import Base, TableClass


class Statement(Base):
    """Something said in a referral, with what it rests on: seen, told by whom, or an opinion; current or earlier."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    policy: ClassVar[str] = "app.reads_root(root_id)"

    root_id = models.UUIDField(db_index=True)
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=40)
    text = models.TextField()
    basis = models.CharField(max_length=20, blank=True)
    told_by = models.CharField(max_length=200, blank=True)
    currency = models.CharField(max_length=20, blank=True)
    replaces_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by_id = models.UUIDField()

    def __str__(self) -> str:
        return self.kind


class ReferralFactor(Base):
    """A coded risk or protective factor, as the referrer sees it; never summed into a score."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True
    policy: ClassVar[str] = "app.reads_root(root_id)"

    root_id = models.UUIDField()
    code = models.CharField(max_length=40)
    currency = models.CharField(max_length=20, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root_id", "code", "currency"], name="referral_factor_once")]

    def __str__(self) -> str:
        return self.code


class Decision(Base):
    """What was decided and why, as it was said; a correction is another row that points to the first."""

    table_class: ClassVar[TableClass] = TableClass.PART
    append_only: ClassVar[bool] = True

    root_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=40)
    reason_code = models.CharField(max_length=60, blank=True)
    rationale = models.TextField()
    # A text of its own for the referrer, without case content.
    outcome_text = models.TextField(blank=True)
    level_of_need = models.CharField(max_length=40, blank=True)
    theme = models.CharField(max_length=60, blank=True)
    priority = models.CharField(max_length=20, blank=True)
    factors = ArrayField(models.CharField(max_length=40), default=list)
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
    REFERRER, CHILD, PARENT = "referrer", "child", "parent"

    root_id = models.UUIDField(db_index=True)
    who = models.CharField(max_length=20)
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
            )
        ]

    def __str__(self) -> str:
        return self.who
