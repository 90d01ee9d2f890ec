"""What can be done on the page of a plan: the case’s edges, what is added to it, and what waits for an answer."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.cases import queries
from backend.cases.commands import case_machine
from backend.cases.models import Case, Goal
from backend.cases.rules import PossibleOwner
from backend.cases.serializers.choosing import ask_for_basis, others_than, owner_choices
from backend.cases.serializers.meeting_inputs import MeetingInput
from backend.cases.serializers.plan_inputs import ActionInput, GoalInput
from backend.deadlines.queries import of_root
from backend.workflow import options
from backend.workflow.confirmation_data import open_about
from backend.workflow.confirmations import CLOCK

# What the page of the plan offers of the case's own edges.
_OF_CASE = ("agree_plan", "hold_review")


def plan_in_question(actor: Actor, case: Case, relations: frozenset[Relation]) -> dict[str, Any] | None:
    """Return the question whether the plan is agreed, with when it should be answered; None where nobody is asked."""
    waiting = open_about(actor, case, relations, case_machine)
    if waiting is None or waiting["edge"] not in _OF_CASE:
        return None
    due = (clock.due_at for clock in of_root(case.id) if clock.kind == CLOCK and clock.is_running)
    return {**waiting, "due_at": next(due, None)}


def of_case(
    actor: Actor, case: Case, relations: frozenset[Relation], waiting: dict[str, Any] | None
) -> list[dict[str, Any]]:
    """Return the edges of the case by which its plan is agreed and reviewed, but for the one that waits."""
    names = [name for name, _label in case_machine.names(actor, case, relations)]
    if not set(_OF_CASE) & set(names):
        return []
    shown = options.shapes(
        case_machine,
        actor,
        case,
        relations,
        base=f"/api/v1/cases/{case.id}/",
        choices={},
        facts=queries.facts(case, actor),
    )
    return options.besides(waiting, [option for option in shown if option["name"] in _OF_CASE])


def may_add(actor: Actor, case: Case, relations: frozenset[Relation]) -> bool:
    """Say whether the actor may add to the plan now."""
    return case.state in Case.WITH_PRACTITIONER and policy.allows(actor, Permission.ACTION_ADD, relations)


def additions(
    actor: Actor,
    case: Case,
    relations: frozenset[Relation],
    goals: Sequence[Goal],
    owners: Mapping[UUID, PossibleOwner],
) -> list[dict[str, Any]]:
    """Return what can be added to the plan: meetings also while it waits between two leads."""
    if not case.is_in_hand or not policy.allows(actor, Permission.CASE_RECORD_MEETING, relations):
        return []
    base = f"/api/v1/cases/{case.id}/"
    meeting = options.addition(
        "record_meeting", "Record a meeting", "One that is no review.", f"{base}meetings/", MeetingInput
    )
    if not may_add(actor, case, relations):
        return [meeting]
    goal = options.addition(
        "add_goal", "Add a goal", "What the family wants to be different, in their words.", f"{base}goals/", GoalInput
    )
    action = options.addition(
        "add_action",
        "Add an action",
        "Who does what by when. They are told.",
        f"{base}actions/",
        ActionInput,
        preview_url=f"{base}actions/preview/",
    )
    for field in action["input"]:
        if field["name"] == "owner":
            field["choices"] = owner_choices(owners)
        if field["name"] == "goal":
            field["kind"] = "choice"
            field["choices"] = [_goal_choice(one) for one in goals if one.state == Goal.OPEN]
    ask_for_basis(action["input"], others_than(case.lead_agency_id, owners.values()))
    return [goal, action, meeting]


def _goal_choice(goal: Goal) -> dict[str, str]:
    return {"value": str(goal.id), "label": goal.words[:200], "hint": "", "group": ""}
