"""The edges by which a plan is agreed and reviewed, each leaving a version of the plan behind."""

from collections.abc import Mapping
from typing import Any

from backend.access.policy import Permission
from backend.audit.commands import record
from backend.cases import rules
from backend.cases.commands.meeting import record_meeting
from backend.cases.commands.planning import part_of, way_to_goals
from backend.cases.models import Action, Case, Goal, Meeting, Plan
from backend.cases.queries.planning import actions_in, goals_of, plans_of
from backend.core.ids import uuid7
from backend.deadlines import commands as deadlines
from backend.deadlines.calendar import END_OF_DAY, at_local
from backend.outcomes.queries import scores_of
from backend.workflow.changing import Change
from backend.workflow.machine import Clocks, Edge

REVIEW = "review"


def _agreed(change: Change[Case], given: dict[str, Any]) -> None:
    plan = _keep_version(change, agreed_by=given["agreed_by"], family_view=given["family_view"])
    _review_on(change, given)
    change.data = {"plan": plan.number, "review_on": given["review_on"].isoformat()}


def _reviewed(change: Change[Case], given: dict[str, Any]) -> None:
    said = {**given, "kind": Meeting.REVIEW, "next_on": given["review_on"]}
    meeting = record_meeting(change.actor, change.target, said, meeting_id=uuid7())
    plan = _keep_version(change, agreed_by="", family_view=given["family_view"])
    deadlines.meet(change.root_id, (REVIEW,))
    _review_on(change, given)
    change.data = {
        "plan": plan.number,
        "meeting_id": str(meeting.id),
        "conclusion": meeting.conclusion,
        "review_on": given["review_on"].isoformat(),
    }


def _review_on(change: Change[Case], given: dict[str, Any]) -> None:
    """Start the clock of the chosen day, in place of the one that the partnership's target would name."""
    case = change.target
    deadlines.start(
        REVIEW,
        root_id=case.id,
        child_id=case.child_id,
        owner_agency_id=case.lead_agency_id,
        partnership_id=case.partnership_id,
        due_at=at_local(given["review_on"], END_OF_DAY),
    )


def _keep_version(change: Change[Case], *, agreed_by: str, family_view: str) -> Plan:
    """Write what stands in the plan now: later changes leave this version alone."""
    case = change.target
    last = plans_of(case.id).values_list("number", flat=True).first() or 0
    plan = Plan(
        **part_of(change.actor, case),
        number=last + 1,
        asked_by_name=change.confirmation.asked_by_name if change.confirmation else "",
        agreed_by=agreed_by,
        family_view=family_view,
        content=_content(case),
    )
    record(change.actor, "plan.agree", plan, root_id=case.id, child_id=case.child_id, data={"number": plan.number})
    return plan


def _content(case: Case) -> dict[str, Any]:
    goals = list(goals_of(case.id).filter(state=Goal.OPEN))
    actions = list(actions_in(case.id).filter(state=Action.OPEN))
    # The last score of each: they come in the order in which they were taken.
    scores = {score.subject_id: score.value for score in scores_of(case.id) if score.value is not None}
    return {
        "goals": [
            {
                "words": goal.words,
                "whose": goal.whose,
                "score": scores.get(goal.id),
                "actions": [_line(action) for action in actions if action.goal_id == goal.id],
            }
            for goal in goals
        ],
        "actions": [_line(action) for action in actions if action.goal_id is None],
    }


def _line(action: Action) -> dict[str, Any]:
    return {
        "text": action.text,
        "owner": action.owner.name,
        "agency": action.owner_agency.name,
        "due_on": action.due_on.isoformat(),
        "not_for_family": action.not_for_family,
    }


PLANNING: Mapping[str, Edge] = {
    "agree_plan": Edge(
        permission=Permission.CASE_AGREE_PLAN,
        label="Agree the plan",
        hint="The family and everybody who does something know what happens, who does it and by when.",
        rules=(
            rules.assessment_is_complete,
            rules.goals_have_a_baseline,
            rules.review_is_soon,
            rules.next_action_is_ahead,
        ),
        clocks=Clocks(meets=("assessment", "drift"), starts=(REVIEW, "drift")),
        first=_agreed,
        second_person=rules.plan_asks_for_a_second_person,
        read_at=lambda case: f"/cases/{case.id}/plan",
    ),
    "hold_review": Edge(
        permission=Permission.CASE_HOLD_REVIEW,
        label="Record a review",
        hint="Who was there, what the child says, what has changed, and what happens until the next one.",
        rules=(
            rules.goals_are_scored,
            rules.actions_are_up_to_date,
            rules.review_was_held,
            rules.child_is_heard,
            rules.review_is_soon,
            rules.next_action_is_ahead,
        ),
        clocks=Clocks(meets=("drift",), starts=(REVIEW, "drift")),
        first=_reviewed,
        way=way_to_goals(lambda _case, facts: any(not goal.is_scored_since for goal in facts.plan.goals)),
    ),
}
