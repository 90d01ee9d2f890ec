"""A plan as those who work on the case read it, its parts one by one, and an action as its owner sees it."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.cases.commands import action_machine, goal_machine
from backend.cases.models import Action, Case, Goal, Plan
from backend.cases.queries.planning import actions_in, goals_of, plans_of, possible_owners
from backend.cases.rules import PossibleOwner, is_overdue
from backend.cases.serializers.choosing import ask_for_basis, others_than, owner_choices
from backend.cases.serializers.goals_now import way_on_to_goals, with_sessions
from backend.cases.serializers.plan_options import additions, may_add, of_case, plan_in_question
from backend.core import clock, vocabulary
from backend.deadlines.calendar import local
from backend.outcomes.models import STAGES, Score
from backend.outcomes.queries import scores_of
from backend.workflow import options
from backend.workflow.options import ChoicesOnDemand

# As many versions as somebody looks back at.
_VERSIONS = 20


def plan_data(actor: Actor, case: Case) -> dict[str, Any]:
    """Return the plan of a case: open goals with their actions, those that ended, and each version as agreed."""
    relations = access.relations_to(actor, case.id)
    goals = list(goals_of(case.id))
    owners = possible_owners(case) if may_add(actor, case, relations) else {}
    parts = planned(actor, case.id, relations, goals)
    waiting = plan_in_question(actor, case, relations)
    return {
        "id": case.id,
        "version": case.version,
        "reference": case.reference,
        "state_label": Case.LABELS[case.state],
        **parts,
        "goals": with_sessions(case.id, parts["goals"]),
        "versions": [_version(plan) for plan in plans_of(case.id)[:_VERSIONS]],
        "score_goals": way_on_to_goals(actor, case, relations, goals),
        "confirmation": waiting,
        "options": [*of_case(actor, case, relations, waiting), *additions(actor, case, relations, goals, owners)],
    }


def planned(
    actor: Actor, case_id: UUID, relations: frozenset[Relation], goals: Sequence[Goal]
) -> dict[str, list[dict[str, Any]]]:
    """Return the goals of a plan with their actions, and the actions that belong to none."""
    actions, scores = list(actions_in(case_id)), list(scores_of(case_id))
    return {
        "goals": [_goal(actor, goal, relations, actions, scores) for goal in goals],
        "actions": [_action(actor, action, relations) for action in actions if action.goal_id is None],
    }


def goal_data(actor: Actor, goal: Goal) -> dict[str, Any]:
    """Return one goal exactly as GET gives it."""
    relations = access.relations_to(actor, goal.root_id)
    shown = options.shapes(
        goal_machine,
        actor,
        goal,
        relations,
        base=f"/api/v1/goals/{goal.id}/",
        choices={},
    )
    return {
        **_told_goal(goal),
        "version": goal.version,
        "reference": goal.case_reference,
        "case_id": goal.root_id,
        "scores": [_score(one) for one in scores_of(goal.root_id).filter(subject_id=goal.id)],
        "options": shown,
    }


def action_data(actor: Actor, action: Action) -> dict[str, Any]:
    """Return one action exactly as GET gives it."""
    relations = access.relations_to(actor, action.root_id)
    owners = _Owners(action)
    shown = options.shapes(
        action_machine,
        actor,
        action,
        relations,
        base=f"/api/v1/actions/{action.id}/",
        choices=ChoicesOnDemand({"person": lambda: owner_choices(owners.found)}),
    )
    for option in shown:
        if option["name"] == "reassign":
            ask_for_basis(option["input"], owners.elsewhere)
    return {**_whole(action, relations, actor), "options": shown}


def action_rows(actor: Actor, actions: Sequence[Action]) -> list[dict[str, Any]]:
    """Return a page of actions; its options are not asked for, the page of one action has them."""
    relations = access.relations(actor, [action.root_id for action in actions])
    return [{**_whole(action, relations[action.root_id], actor), "options": []} for action in actions]


def _whole(action: Action, relations: frozenset[Relation], actor: Actor) -> dict[str, Any]:
    # The way to the case only for those who read it.
    reads = policy.allows(actor, Permission.CASE_SEE, relations)
    return {
        **_told_action(action),
        "version": action.version,
        "reference": action.case_reference,
        "record_url": f"/cases/{action.root_id}/plan" if reads else None,
        "panels_url": f"/cases/{action.root_id}/panels" if reads and action.decision_id else None,
        "child_name": action.child_name,
        "made_by": action.made_by_name,
        "agency": action.agency.name,
        "made_at": action.made_at,
        "due_at": action.next_due_at,
    }


class _Owners:
    """Who could do an action instead, read when a form first asks."""

    def __init__(self, action: Action) -> None:
        self._action = action

    @cached_property
    def _case(self) -> Case | None:
        return Case.objects.select_related("lead_agency").filter(pk=self._action.root_id).first()

    @cached_property
    def found(self) -> Mapping[UUID, PossibleOwner]:
        return possible_owners(self._case) if self._case else {}

    @property
    def elsewhere(self) -> list[str]:
        return others_than(self._case.lead_agency_id, self.found.values()) if self._case else []


# --- Parts -----------------------------------------------------------------------------------------------------------


def _goal(
    actor: Actor,
    goal: Goal,
    relations: frozenset[Relation],
    actions: Sequence[Action],
    scores: Sequence[Score],
) -> dict[str, Any]:
    own = [one for one in scores if one.subject_id == goal.id]
    given = [one.value for one in own if one.value is not None]
    return {
        **_told_goal(goal),
        "first_score": given[0] if given else None,
        "last_score": given[-1] if given else None,
        "actions": [_action(actor, action, relations) for action in actions if action.goal_id == goal.id],
        "options": [{"name": name, "label": label} for name, label in goal_machine.names(actor, goal, relations)],
    }


def _told_goal(goal: Goal) -> dict[str, Any]:
    return {
        "id": goal.id,
        "words": goal.words,
        "whose_label": vocabulary.get("goal_whose").label(goal.whose),
        "headline_label": vocabulary.get("headline_outcomes").label(goal.headline),
        "state": goal.state,
        "state_label": Goal.LABELS[goal.state],
        "made_at": goal.made_at,
        "made_by": goal.made_by_name,
        "ended_at": goal.ended_at,
        "outcome_label": vocabulary.get("goal_outcomes").label(goal.outcome),
        "outcome_note": goal.outcome_note,
    }


def _action(actor: Actor, action: Action, relations: frozenset[Relation]) -> dict[str, Any]:
    names = action_machine.names(actor, action, relations)
    return {**_told_action(action), "options": [{"name": name, "label": label} for name, label in names]}


def _told_action(action: Action) -> dict[str, Any]:
    return {
        "id": action.id,
        "text": action.text,
        "owner": action.owner.name,
        "owner_agency": action.owner_agency.name,
        "due_on": action.due_on,
        "is_overdue": is_overdue(action, local(clock.now()).date()),
        "goes_on": action.goes_on,
        "not_for_family": action.not_for_family,
        "state": action.state,
        "state_label": Action.LABELS[action.state],
        "ended_at": action.ended_at,
        "ended_by": action.ended_by_name,
        "reason_label": vocabulary.get("action_cancel_reasons").label(action.reason_code),
        "outcome": action.outcome,
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "on": score.taken_on,
        "stage_label": STAGES[score.stage],
        "value": score.value,
        "given_by_label": vocabulary.get("score_givers").label(score.given_by),
        "comment": score.comment,
    }


def _version(plan: Plan) -> dict[str, Any]:
    return {
        "number": plan.number,
        "agreed_at": plan.made_at,
        "by": plan.asked_by_name or plan.made_by_name,
        "second_person": plan.made_by_name if plan.asked_by_name else "",
        "agreed_by_label": vocabulary.get("agreed_by").label(plan.agreed_by),
        "family_view": plan.family_view,
        "lines": [line for goal in plan.content["goals"] for line in _lines(goal)]
        + [_as_line(action) for action in plan.content["actions"]],
    }


def _lines(goal: Mapping[str, Any]) -> list[str]:
    score = "" if goal["score"] is None else f" ({goal['score']} of 10)"
    return [f"{goal['words']}{score}", *(_as_line(action) for action in goal["actions"])]


def _as_line(action: Mapping[str, Any]) -> str:
    return f"{action['text']}: {action['owner']}, {action['agency']}, by {action['due_on']}"
