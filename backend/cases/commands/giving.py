"""Giving somebody something to do: a task with an owner and an hour, told at once."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from backend.access.actors import Actor
from backend.agencies.models import Membership
from backend.audit.commands import record
from backend.cases import queries
from backend.cases.models import Case, Task
from backend.cases.text_fields import task_fields
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


def owner_of(case: Case) -> Membership | None:
    """Return who acts on what comes in for a case: the lead practitioner, else a manager of the lead agency."""
    lead, agency_id = case.lead_practitioner_id, case.practitioner_agency_id or case.lead_agency_id
    return _active(lead, agency_id, case.child_id) or queries.duty_manager(
        case.lead_agency_id, team_id=case.team_id, child_id=case.child_id
    )


def owner_at(agency_id: UUID, *, person_id: UUID | None, child_id: UUID) -> Membership | None:
    """Return who acts on what comes in for a record of an agency: who has it in hand, else a manager."""
    return _active(person_id, agency_id, child_id) or queries.duty_manager(agency_id, child_id=child_id)


def _active(person_id: UUID | None, agency_id: UUID, child_id: UUID) -> Membership | None:
    if person_id is None or queries.is_barred(person_id, child_id):
        return None
    active = Membership.objects.filter(user_id=person_id, agency_id=agency_id, ended_at=None, user__is_active=True)
    return active.select_related("user", "agency").order_by("id").first()


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
    """Write a task that is to be done the same day, start its clock and tell its owner; return it.

    Whoever leaves it with themselves finds it on their list and is told nothing.
    """
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
    if owner.user_id != actor.user_id:
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
