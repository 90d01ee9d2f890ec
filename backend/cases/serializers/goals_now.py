"""The open goals of a plan on one page: how near each was, and the form by which it is scored or ended."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.cases.commands.planning import GOALS_HINT, GOALS_LABEL, GOALS_PAGE
from backend.cases.models import Case, Goal
from backend.cases.queries.planning import goals_of
from backend.cases.queries.worked_on import sessions_of_goals
from backend.cases.rules import goals_version
from backend.cases.serializers.plan_inputs import GoalNowInput
from backend.core import vocabulary
from backend.outcomes.models import Score
from backend.outcomes.queries import scores_of
from backend.workflow import options

_HOW = "Leave out a goal that you did not talk about. It stays as it is."


def goals_now(actor: Actor, case: Case) -> dict[str, Any]:
    """Return the open goals of a case, the first first, in a fixed number of statements."""
    relations = access.relations_to(actor, case.id)
    goals, scores = list(goals_of(case.id)), list(scores_of(case.id))
    url = f"/api/v1/cases/{case.id}/goals/score/"
    scores_now = _may_score(actor, case, relations, goals)
    return {
        "id": case.id,
        "version": goals_version(goals),
        "reference": case.reference,
        "goals": [_goal(goal, scores) for goal in goals if goal.state == Goal.OPEN],
        "score_goals": options.addition("score_goals", GOALS_LABEL, _HOW, url, GoalNowInput) if scores_now else None,
    }


def with_sessions(case_id: UUID, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the goals of a plan, each with how many sessions worked on it."""
    counted = sessions_of_goals(case_id) if rows else {}
    return [{**row, "sessions": counted.get(row["id"], 0)} for row in rows]


def way_on_to_goals(
    actor: Actor, case: Case, relations: frozenset[Relation], goals: Sequence[Goal]
) -> dict[str, str] | None:
    """Return what leads from the plan to the page of all goals, for whoever may score one now."""
    if not _may_score(actor, case, relations, goals):
        return None
    return {"label": GOALS_LABEL, "hint": GOALS_HINT, "url": GOALS_PAGE.format(case.id)}


def _may_score(actor: Actor, case: Case, relations: frozenset[Relation], goals: Sequence[Goal]) -> bool:
    if not case.is_in_hand or not policy.allows(actor, Permission.GOAL_SCORE, relations):
        return False
    return any(goal.state == Goal.OPEN for goal in goals)


def _goal(goal: Goal, scores: Sequence[Score]) -> dict[str, Any]:
    given = [one for one in scores if one.subject_id == goal.id and one.value is not None]
    return {
        "id": goal.id,
        "words": goal.words,
        "whose_label": vocabulary.get("goal_whose").label(goal.whose),
        "first_score": given[0].value if given else None,
        "last_score": given[-1].value if given else None,
        "last_on": given[-1].taken_on if given else None,
    }
