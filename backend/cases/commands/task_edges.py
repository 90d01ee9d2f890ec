"""The machine of a task: done by its owner or a worker on the case, or cancelled with a reason."""

from typing import Any

from backend.access.policy import Permission
from backend.cases import queries
from backend.cases.commands.giving import SAME_DAY
from backend.cases.models import Task
from backend.cases.text_fields import task_fields
from backend.workflow.changing import Change
from backend.workflow.machine import Clocks, Edge, Machine


def _named(change: Change[Task], given: dict[str, Any]) -> None:
    """A case has many tasks: its timeline says which one."""
    change.data = {"task_id": str(change.target.id), "kind": change.target.kind}
    if "reason_code" in given:
        change.data["reason_code"] = given["reason_code"]


task_machine: Machine[Task] = Machine(
    noun="task",
    model=Task,
    edges={
        "complete": Edge(
            permission=Permission.TASK_COMPLETE,
            label="Mark as done",
            hint="Say what you did and what came of it.",
            clocks=Clocks(meets=(SAME_DAY,)),
            first=_named,
        ),
        "cancel": Edge(
            permission=Permission.TASK_CANCEL,
            label="Cancel the task",
            hint="Say why it need not be done.",
            clocks=Clocks(stops_all_but=()),
            first=_named,
        ),
    },
    visible_to=queries.tasks_visible_to,
    facts=lambda _task, _actor: None,
    fields=task_fields,
    path=lambda task: f"/tasks/{task.id}",
    owner_agency=lambda task: task.owner_agency_id,
    labels=Task.LABELS,
    clock_root=lambda task: task.id,
)
