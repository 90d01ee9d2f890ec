"""Giving somebody something to do: a task with an owner and an hour, told at once."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from backend.access.actors import Actor
from backend.agencies.models import Membership
from backend.audit.commands import record
from backend.cases.models import Task
from backend.cases.texts import task_fields
from backend.core.ids import uuid7
from backend.deadlines import commands as deadlines
from backend.notifications import commands as notifications
from backend.notifications.audience import Person

SAME_DAY = "same_day_task"


@dataclass(frozen=True, slots=True)
class About:
    """The record a task is about, and what its owner may be told it is called."""

    root_id: UUID
    child_id: UUID | None
    partnership_id: UUID
    reference: str
    path: str


def give_task(
    actor: Actor,
    owner: Membership,
    about: About,
    *,
    kind: str,
    text: str,
    happened_at: datetime | None = None,
    event_id: UUID | None = None,
    urgent: bool = False,
) -> Task:
    """Write a task that is to be done the same day, start its clock and tell its owner; return it."""
    task = Task(
        id=uuid7(),
        **asdict(about),
        kind=kind,
        text=text,
        owner=owner.user,
        owner_agency_id=owner.agency_id,
        happened_at=happened_at,
        made_by_event_id=event_id,
    )
    task.next_due_at = _start_clock(task, urgent=urgent)
    event = record(actor, "task.give", task, root_id=about.root_id, child_id=about.child_id, data={"kind": kind})
    notifications.tell(
        event_id=event.id,
        root_id=about.root_id,
        audience=Person(owner.user_id),
        message="task_given",
        fields=task_fields(task),
        path=f"/tasks/{task.id}",
        urgent=True,
    )
    return task


def _start_clock(task: Task, *, urgent: bool) -> datetime:
    """Start the clock on the task's own id, because a record may have several tasks; return when it is due."""
    return deadlines.start(
        SAME_DAY,
        root_id=task.id,
        child_id=task.child_id,
        owner_agency_id=task.owner_agency_id,
        partnership_id=task.partnership_id,
        urgent=urgent,
    ).due_at
