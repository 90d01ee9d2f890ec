"""What is missing to see a change is asked for while it can be given: at the beginning, before the end, never after."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.cases.models import Case
from backend.cases.rules.measuring import NEVER_ASKED
from backend.core import clock
from tests import casework, edges
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.planning import found_out, planned
from tests.cases.working import today, work

pytestmark = pytest.mark.django_db
SCALES = {"emotional": 5, "conduct": 4, "hyperactivity": 8, "peer": 3, "prosocial": 5}
TEACHER = "Strengths and Difficulties: teacher"
ASKED = "Record where the child begins, or why nobody can say"


def filled_in(world: World, case: Case, stage: str, **given: Any) -> None:
    """A questionnaire, or why there is none."""
    body = {"measure": "sdq_teacher", "stage": stage, "taken_on": today().isoformat(), **(given or SCALES)}
    answer = browser_of(world.worker).post(f"cases/{case.id}/scores/", body)
    assert answer.status_code == 201, answer.content


def prompts(world: World, case: Case) -> tuple[list[str], list[str]]:
    """What the page of outcomes asks for now, and what the closing form does."""
    found = browser_of(world.worker).get(f"cases/{case.id}/outcomes/").json()
    return found["prompts"], found["before_closing"]


def end_goals(world: World, case: Case) -> None:
    """Every goal of the plan ends."""
    plan = browser_of(world.worker).get(f"cases/{case.id}/plan/").json()
    for goal in plan["goals"]:
        edges.take("end", goal["id"], world.worker, noun="goal", score=8)


def own_work(who: Actor) -> list[dict[str, Any]]:
    """What their own page asks for by any day."""
    work_now = browser_of(who).get("work/").json()
    places = [work_now[place] for place in ("overdue", "today", "soon")]
    return [item for place in places for item in place if item["kind"] == "score"]


def test_a_questionnaire_that_was_never_thought_of_is_asked_for_once_a_plan_is_agreed(world: World) -> None:
    assert prompts(world, found_out(world)) == ([], [])
    assert prompts(world, planned(world)) == ([NEVER_ASKED], [NEVER_ASKED])


def test_not_possible_with_its_code_is_an_answer(world: World) -> None:
    case = planned(world)
    filled_in(world, case, "baseline", why_not="SDQ2")
    assert prompts(world, case) == ([], [])


def test_the_end_is_asked_for_when_it_is_near_and_always_beside_the_closing_form(world: World) -> None:
    case = planned(world)
    filled_in(world, case, "baseline")
    missing = f"{TEACHER}: there is no score from the end."
    assert prompts(world, case) == ([], [missing])
    end_goals(world, case)
    assert prompts(world, case) == ([missing], [missing])
    filled_in(world, case, "exit")
    assert prompts(world, case) == ([], [])


def test_nothing_is_asked_for_once_nothing_can_be_given_any_more(world: World) -> None:
    case = planned(world)
    filled_in(world, case, "baseline")
    end_goals(world, case)
    work(world, "close", case, goes_on="Her school.")
    found = browser_of(world.manager).get(f"cases/{case.id}/outcomes/").json()
    assert (found["prompts"], found["before_closing"], found["options"]) == ([], [], [])


def test_the_worker_is_asked_on_their_own_page_from_the_plan_until_it_would_be_no_beginning(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = found_out(world)
    casework.goal_of(case, world.worker)
    assert own_work(world.worker) == []
    week = (today() + timedelta(days=7)).isoformat()
    review = (today() + timedelta(weeks=6)).isoformat()
    work(world, "agree_plan", case, review_on=review, next_action_on=week)
    moment = clock.now()
    for days, asks in ((10, True), (20, True), (40, False)):
        monkeypatch.setattr(clock, "now", lambda days=days: moment + timedelta(days=days))
        assert bool(own_work(world.worker)) is asks, days
    monkeypatch.setattr(clock, "now", lambda: moment + timedelta(days=10))
    (item,) = own_work(world.worker)
    assert (item["label"], item["url"]) == (ASKED, f"/cases/{case.id}/outcomes")
    assert own_work(world.other_worker) == []
    filled_in(world, case, "baseline")
    assert own_work(world.worker) == []
