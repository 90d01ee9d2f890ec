"""What a family and its workers agree to do: goals in their words, actions with an owner and a day, each version."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency, User
from backend.audit.history import history
from backend.cases.states.planning import ActionStates, GoalStates, MeetingStates
from backend.core import clock
from backend.core.models import TableClass, Versioned

# Its owner, the managers who answer for the owner, and whoever reads the plan it belongs to.
_SEE_ACTION = """CASE
  WHEN child_id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
  WHEN owner_id = (SELECT app.actor_user()) AND owner_agency_id = (SELECT app.working_agency()) THEN true
  WHEN owner_agency_id = (SELECT app.managed_agency()) THEN true
  ELSE app.reads_plan(root_id) END"""


class Planned(Versioned):
    """A part of a case's plan, and who put it there."""

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = "app.reads_root(root_id)"

    root_id = models.UUIDField()
    child_id = models.UUIDField()
    partnership_id = models.UUIDField()
    case_reference = models.CharField(max_length=20)
    made_at = models.DateTimeField(default=clock.now)
    made_by_id = models.UUIDField()
    made_by_name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Goal(GoalStates, Planned):
    """What the family wants to be different, in their words; how near it is stands in its scores (backend.outcomes)."""

    policy: ClassVar[str] = "app.reads_plan(root_id)"

    words = models.TextField()
    # A code of `goal_whose`, and one of `headline_outcomes` where one fits.
    whose = models.CharField(max_length=40)
    headline = models.CharField(max_length=60, blank=True)
    ended_by_id = models.UUIDField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=60, blank=True)
    outcome_note = models.TextField(blank=True)

    history = history("app.reads_plan(root_id)")

    # Not a column: whether what is being done now gives it other words.
    is_reworded: bool = False

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(GoalStates.LABELS)), name="goal_state_known"),
            models.CheckConstraint(condition=~Q(words=""), name="goal_has_words"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True, outcome="")
                | (Q(state="ended", ended_at__isnull=False) & ~Q(outcome="")),
                name="goal_end_has_outcome",
            ),
        ]
        indexes = [models.Index(fields=["root_id", "made_at", "id"], name="goal_of_case")]

    def __str__(self) -> str:
        return f"goal of {self.root_id}"


class Action(ActionStates, Planned):
    """What one person of an agency that is involved does by a day; they see this and nothing else of the case."""

    policy: ClassVar[str] = _SEE_ACTION
    # A manager gives it to somebody else of the agency, which is an event at a case that they may not read.
    answered_by: ClassVar[str] = "state = 'open' AND owner_agency_id = (SELECT app.managed_agency())"

    goal = models.ForeignKey(Goal, null=True, on_delete=models.PROTECT, related_name="+")
    # A copy: its owner is told which child it is about and sees no other record of it.
    child_name = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    owner_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Set while a manager has the action of somebody who left, until it is given to somebody: who that was.
    minded_for_id = models.UUIDField(null=True, editable=False)
    due_on = models.DateField()
    next_due_at = models.DateTimeField(null=True)
    # The owner has said that they do it also when the case is closed.
    goes_on = models.BooleanField(default=False)
    # Which decision of a panel it carries out (docs/adr/0044); each is put into the plan once.
    decision_id = models.UUIDField(null=True, editable=False)
    not_for_family = models.BooleanField(default=False)
    ended_by_id = models.UUIDField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=60, blank=True)
    outcome = models.TextField(blank=True)

    history = history(_SEE_ACTION)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(ActionStates.LABELS)), name="action_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True, next_due_at__isnull=False)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="action_end_has_time",
            ),
            models.UniqueConstraint(fields=["decision_id"], name="action_once_a_decision"),
        ]
        indexes = [
            models.Index(fields=["owner", "next_due_at", "id"], condition=Q(state="open"), name="action_mine"),
            models.Index(fields=["root_id", "made_at", "id"], name="action_of_case"),
            models.Index(fields=["minded_for_id"], condition=Q(minded_for_id__isnull=False), name="action_minded"),
        ]

    def __str__(self) -> str:
        return f"action of {self.root_id}"


class Plan(Planned):
    """A version of a plan as it was agreed: what stood in it that day, which later changes leave alone."""

    number = models.PositiveIntegerField()
    # Who wrote it down, where `made_by` is the second person who agreed to it.
    asked_by_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    agreed_by = models.CharField(max_length=40, blank=True)
    family_view = models.TextField(blank=True)
    # {"goals": [{"words", "whose", "score", "actions": [{"text", "owner", "agency", "due_on"}]}], "actions": […]}
    content = models.JSONField(default=dict)

    history = history("app.reads_root(root_id)")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root_id", "number"], name="plan_number_once")]

    def __str__(self) -> str:
        return f"plan {self.number} of {self.root_id}"


class Meeting(MeetingStates, Planned):
    """A review or another meeting about a case: who was there, what they said, what was decided, when the next is."""

    REVIEW = "review"

    kind = models.CharField(max_length=40)
    held_on = models.DateField()
    # Codes of `note_people`, and their names.
    people = ArrayField(models.CharField(max_length=40), default=list)
    who_was_there = models.TextField(blank=True)
    child_view = models.TextField(blank=True)
    # A code of `voice_why_not`, when the child's view is missing.
    child_view_why_not = models.CharField(max_length=60, blank=True)
    family_view = models.TextField(blank=True)
    what_changed = models.TextField(blank=True)
    # A code of `review_conclusions`.
    conclusion = models.CharField(max_length=40, blank=True)
    decisions = models.TextField(blank=True)
    next_on = models.DateField(null=True)
    # What it said before each time it was put right, the first first: what stood there, who put it right, when and why.
    earlier = models.JSONField(default=list, blank=True, db_default=[])

    history = history("app.reads_root(root_id)")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(MeetingStates.LABELS)), name="meeting_state_known"),
            models.CheckConstraint(
                condition=~Q(kind="review") | ~Q(child_view="") | ~Q(child_view_why_not=""),
                name="meeting_review_hears_the_child",
            ),
        ]
        indexes = [models.Index(fields=["root_id", "-held_on", "-id"], name="meeting_of_case")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.root_id}"
