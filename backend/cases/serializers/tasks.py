"""Tasks as the person who has to do them sees them, and what their two edges ask for."""

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers

from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.relations import Relation
from backend.cases.commands import task_machine
from backend.cases.models import Task
from backend.children.queries import alerts_about
from backend.children.serializers import SafetyShape, safety_data
from backend.core import vocabulary
from backend.deadlines.queries import running_of_roots
from backend.workflow import fields, options
from backend.workflow.fields import EdgeInput
from backend.workflow.serializers import OptionShape

_OPENS_RECORD = frozenset({Relation.LEAD, Relation.WORKER, Relation.UNIT, Relation.HOLDER})


class CompleteInput(EdgeInput):
    """What was done."""

    outcome = fields.long_text("What did you do, and what came of it?")


class CancelInput(EdgeInput):
    """Why it need not be done."""

    reason_code = fields.code("task_cancel_reasons", "What is the reason?")
    reason = fields.long_text("What should others know?", required=False)


TASK_INPUTS: Mapping[str, type[EdgeInput]] = {"complete": CompleteInput, "cancel": CancelInput}


class TaskShape(serializers.Serializer[Any]):
    """One task; its record's page only for those who may open it."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    reference = serializers.CharField()
    record_url = serializers.CharField(allow_null=True)
    kind_label = serializers.CharField()
    hint = serializers.CharField(allow_blank=True)
    text = serializers.CharField()
    owner = serializers.CharField()
    owner_agency = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    happened_at = serializers.DateTimeField(allow_null=True)
    made_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    rag = serializers.ChoiceField(["red", "amber", "green", "none"])
    ended_by = serializers.CharField(allow_blank=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    reason_label = serializers.CharField(allow_blank=True)
    outcome = serializers.CharField(allow_blank=True)
    safety = SafetyShape(many=True)
    options = OptionShape(many=True)


def task_data(actor: Actor, task: Task) -> dict[str, Any]:
    """Return one task exactly as GET gives it."""
    [row] = task_rows(actor, [task])
    # Only who opens the record knows whom they would visit.
    alerts = alerts_about(task.child_id) if row["record_url"] and task.child_id else []
    return {**row, "safety": [safety_data(one) for one in alerts]}


def task_rows(actor: Actor, tasks: Sequence[Task]) -> list[dict[str, Any]]:
    """Return a page of tasks, with two statements whatever its length."""
    relations = access.relations(actor, [task.root_id for task in tasks])
    clocks = running_of_roots([task.id for task in tasks])
    return [
        {
            **_told(task, relations[task.root_id]),
            "safety": [],
            "rag": next((clock.rag for clock in clocks[task.id] if clock.is_running), "none"),
            "options": options.shapes(
                task_machine, actor, task, relations[task.root_id], base=f"/api/v1/tasks/{task.id}/", choices={}
            ),
        }
        for task in tasks
    ]


def _told(task: Task, relations: frozenset[Relation]) -> dict[str, Any]:
    kind = vocabulary.get("task_kinds").terms.get(task.kind)
    return {
        "id": task.id,
        "version": task.version,
        "reference": task.reference,
        "record_url": task.path if relations & _OPENS_RECORD else None,
        "kind_label": kind.label if kind else task.kind,
        "hint": kind.hint if kind else "",
        "text": task.text,
        "owner": task.owner.name,
        "owner_agency": task.owner_agency.name,
        "state": task.state,
        "state_label": Task.LABELS[task.state],
        "happened_at": task.happened_at,
        "made_at": task.made_at,
        "due_at": task.next_due_at,
        "ended_by": task.ended_by_name,
        "ended_at": task.ended_at,
        "reason_label": vocabulary.get("task_cancel_reasons").label(task.reason_code),
        "outcome": task.outcome,
    }
