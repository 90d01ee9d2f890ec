"""What people said about two records of children: that they are not the same child, or that they are to be joined."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from backend.agencies.models import Agency, Partnership
from backend.audit.history import history
from backend.children.models import Child
from backend.core import clock
from backend.core.models import TableClass, Versioned
from backend.matching.states import CaseChoiceStates, MergeStates

# Whoever may look for other records of either child knows what was said about the pair.
_OF_EITHER = "app.may_match(child_id) OR app.may_match(other_id)"


class NotSame(Versioned):
    """Two records that somebody compared and found to be two children: not put before an officer again unless asked."""

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = _OF_EITHER

    # The referral at which it was said.
    root_id = models.UUIDField()
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    said_by_id = models.UUIDField()
    said_by_name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)

    history = history(_OF_EITHER)

    class Meta:
        constraints = [
            # The smaller id first: a pair is said to be two children once, whichever is asked about.
            models.CheckConstraint(condition=Q(child__lt=F("other")), name="not_same_in_order"),
            models.UniqueConstraint(fields=["child", "other"], condition=Q(undone_at=None), name="not_same_once"),
        ]
        indexes = [models.Index(fields=["other"], condition=Q(undone_at=None), name="not_same_other")]

    def __str__(self) -> str:
        return f"{self.child_id} is not {self.other_id}"


class Recognised(Versioned):
    """What a referrer said while writing: a child of an earlier referral of theirs is this one, or is another child.

    It joins nothing: the officer who decides reads it beside the other reasons.
    """

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = "app.reads_root(root_id)"

    # The referral that was being written.
    root_id = models.UUIDField()
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    is_same = models.BooleanField()
    said_by_id = models.UUIDField()
    said_by_name = models.CharField(max_length=200)
    said_at = models.DateTimeField(default=clock.now)

    history = history("app.reads_root(root_id)")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root_id", "child"], name="recognised_once")]

    def __str__(self) -> str:
        return f"{self.root_id} {'is' if self.is_same else 'is not'} about {self.child_id}"


class Merge(MergeStates, Versioned):
    """A proposal, at a referral, that its child's record is of another known child; and what became of it.

    No row of either child is touched but the pointer `canonical` of the first: taking them apart loses nothing.
    """

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = "app.reads_root(root_id)"

    # The referral whose holder decides it.
    root_id = models.UUIDField(db_index=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    proposed_by_id = models.UUIDField()
    proposed_by_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField(default=clock.now)

    history = history("app.reads_root(root_id)")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(MergeStates.LABELS)), name="merge_state_known"),
            models.CheckConstraint(condition=~Q(child=F("into")), name="merge_of_two"),
            models.UniqueConstraint(fields=["child"], condition=Q(state__in=["proposed", "joined"]), name="merge_once"),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} into {self.into_id}: {self.state}"


# It names no child: those who lead either case, and whoever decides about the referral at which it was asked.
_SEE_CHOICE = """CASE
  WHEN child_id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
  WHEN into_id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
  WHEN asked_as_id = (SELECT app.membership()) THEN true
  ELSE app.sees_root(id) END"""


class CaseChoice(CaseChoiceStates, Versioned):
    """Which of two open cases goes on when the records of their children are joined: asked of the two who lead them.

    A record of its own, because three agencies stand to it and none of them may read what the others hold.
    """

    table_class: ClassVar[TableClass] = TableClass.ROOT
    policy: ClassVar[str] = _SEE_CHOICE

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    # The referral whose holder asks, and the pair of records it is about.
    referral_id = models.UUIDField(db_index=True)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    asked_as_id = models.UUIDField(editable=False)
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField(default=clock.now)
    # Copies: neither lead sees the other's case. Who leads by now is asked again before anything follows.
    first_case_id = models.UUIDField()
    first_reference = models.CharField(max_length=20)
    first_lead = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    first_says_id = models.UUIDField(null=True)
    first_by_name = models.CharField(max_length=200, blank=True)
    second_case_id = models.UUIDField()
    second_reference = models.CharField(max_length=20)
    second_lead = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    second_says_id = models.UUIDField(null=True)
    second_by_name = models.CharField(max_length=200, blank=True)
    next_due_at = models.DateTimeField(null=True)

    history = history(_SEE_CHOICE)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(CaseChoiceStates.LABELS)), name="case_choice_known"),
            models.CheckConstraint(condition=~Q(first_case_id=F("second_case_id")), name="case_choice_of_two"),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "joined", "apart"])
                | Q(first_says_id__isnull=False, first_says_id=F("second_says_id")),
                name="case_choice_agreed_by_both",
            ),
            models.UniqueConstraint(
                fields=["child"], condition=Q(state__in=["asked", "agreed", "joined"]), name="case_choice_once"
            ),
        ]
        indexes = [
            models.Index(fields=["first_lead", "-id"], name="case_choice_first"),
            models.Index(fields=["second_lead", "-id"], name="case_choice_second"),
        ]

    def __str__(self) -> str:
        return f"{self.first_reference} or {self.second_reference}: {self.state}"

    @property
    def root_id(self) -> UUID:
        """A choice is its own root: the leads stand to it, and not to the referral at which it was asked."""
        return self.id

    @property
    def goes_on(self) -> UUID | None:
        """Return the case that both leads have named, once they have."""
        return self.first_says_id if self.first_says_id == self.second_says_id else None
