"""All goals of a plan scored and ended in one go: each by its own edge, all of them or none."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.access import queries
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.models import Event
from backend.cases.commands.plan_edges import goal_machine
from backend.cases.commands.planning import open_case
from backend.cases.models import Goal
from backend.cases.queries.planning import goals_of
from backend.cases.rules import goals_version
from backend.core.errors import Invalid
from backend.workflow.changing import stale

_NOT_NOW = "Goals are scored while a lead practitioner works on the case."
_NOT_OPEN = "This goal is not worked on any more."
# As many changes by others as somebody looks through before they decide again.
_SHOWN = 10


def score_goals(actor: Actor, case_id: UUID, given: Mapping[str, Any]) -> None:
    """Score or end each goal of which something is said, in the caller's transaction.

    `version` is that of all goals together, as the page of them showed it. Raises a Refusal.
    """
    case = open_case(actor, case_id, Permission.GOAL_SCORE, not_now=_NOT_NOW, between_leads=True)
    goals = list(goals_of(case.id).select_for_update(of=("self",), no_key=True))
    _require_version(case.id, goals, given["version"])
    relations = queries.relations_to(actor, case.id)
    still_open = {goal.id: goal for goal in goals if goal.state == Goal.OPEN}
    for place, row in enumerate(given["rows"]):
        if not says_something(row):
            continue
        goal = still_open.get(row["goal"])
        if goal is None:
            raise Invalid(_NOT_OPEN, fields={f"rows.{place}.score": [_NOT_OPEN]})
        edge = "end" if row["outcome"] else "score"
        said = {**row, "taken_on": None}
        goal_machine.perform(actor, edge, goal.id, version=goal.version, given=said, relations=relations)


def says_something(row: Mapping[str, Any]) -> bool:
    """Say whether a row has a score, or why there is none: a goal that nobody spoke of stays as it is."""
    return row["score"] is not None or bool(row["why_no_score"])


def _require_version(case_id: UUID, goals: Sequence[Goal], version: int) -> None:
    """Refuse what was written beside goals that are others now, with what was done to them since."""
    now = goals_version(goals)
    if version == now:
        return
    # Each change of a goal is one event of its own and raises the version by one: the last so many are those since.
    done = min(max(now - version, 0), _SHOWN)
    raise stale(
        Event.objects.filter(root_id=case_id, verb__startswith="goal.", mark="").order_by("-at", "-id")[:done],
        version=now,
    )
