"""Brings a case to where its plan is agreed or reviewed, by the real edges."""

from datetime import timedelta
from typing import Any

from backend.cases.models import Case
from tests import casework, edges
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing, today, work

WEEK = timedelta(weeks=1)


def found_out(world: World) -> Case:
    """A case whose assessment is complete."""
    case = assessing(world)
    edges.take("complete", casework.assessment_of(case, world.worker).id, world.worker, noun="assessment")
    return case


def planned(world: World) -> Case:
    """A case with an agreed plan: one goal, scored once."""
    case = found_out(world)
    casework.goal_of(case, world.worker)
    return work(world, "agree_plan", case, **ahead())


def ahead(weeks: int = 6) -> dict[str, Any]:
    """The days that agreeing and reviewing ask for."""
    return {
        "review_on": (today() + weeks * WEEK).isoformat(),
        "next_action_on": (today() + WEEK).isoformat(),
    }


def reviewing(**given: Any) -> dict[str, Any]:
    """A review as its form is filled in."""
    return {**ahead(), "held_on": today().isoformat(), "child_view": "It is better with Rosa.", **given}


def score_all(world: World, case: Case, score: int) -> None:
    """Score every open goal of a case."""
    body = browser_of(world.worker).get(f"cases/{case.id}/plan/").json()
    for goal in body["goals"]:
        edges.take("score", goal["id"], world.worker, noun="goal", score=score)
