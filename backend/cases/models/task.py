"""Something one person has to do for a child by an hour, whether or not they see the record it is about."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.agencies.models import Agency, User
from backend.audit.history import history
from backend.cases.states import TaskStates
from backend.core import clock
from backend.core.models import TableClass, Versioned

# Its owner, the managers who answer for the owner, and whoever reads the record it is about.
_SEE_TASK = """CASE
  WHEN child_id = ANY ((SELECT app.barred_children())::uuid[]) THEN false
  WHEN owner_id = (SELECT app.actor_user()) AND owner_agency_id = (SELECT app.working_agency()) THEN true
  WHEN owner_agency_id = (SELECT app.managed_agency()) THEN true
  ELSE app.reads_root(root_id) END"""


class Task(TaskStates, Versioned):
    """Something one person has to do for a child by an hour; never without an owner, nor without a time."""

    table_class: ClassVar[TableClass] = TableClass.PART
    policy: ClassVar[str] = _SEE_TASK
    # A manager gives it to somebody else of the agency, which is an event at a record that they may not read.
    answered_by: ClassVar[str] = "state = 'open' AND owner_agency_id = (SELECT app.managed_agency())"

    root_id = models.UUIDField()
    child_id = models.UUIDField(null=True)
    partnership_id = models.UUIDField()
    # What the record is called and where its page is: the owner of a task may not be among those who see the record.
    reference = models.CharField(max_length=20)
    path = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    text = models.TextField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    owner_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Set while a manager has the task of somebody who left, until it is given to somebody: who that was.
    minded_for_id = models.UUIDField(null=True, editable=False)
    # When what it answers happened, where the time that help is likely to be taken runs from there.
    happened_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by_event_id = models.UUIDField(null=True)
    next_due_at = models.DateTimeField(null=True)
    ended_by_id = models.UUIDField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=60, blank=True)
    outcome = models.TextField(blank=True)

    history = history(_SEE_TASK)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(TaskStates.LABELS)), name="task_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="task_end_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(next_due_at__isnull=False), name="task_open_has_an_hour"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "next_due_at", "id"], condition=Q(state="open"), name="task_mine"),
            models.Index(
                fields=["owner_agency", "next_due_at", "id"], condition=Q(state="open"), name="task_of_agency"
            ),
            models.Index(fields=["root_id", "-made_at"], name="task_of_record"),
            models.Index(fields=["minded_for_id"], condition=Q(minded_for_id__isnull=False), name="task_minded"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.root_id}"
