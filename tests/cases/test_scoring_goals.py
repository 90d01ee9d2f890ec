"""All goals of a plan on one page: scored or ended together, all or none, against one version of them all."""

from typing import Any

import pytest

from backend.access.binding import acting
from backend.audit.models import Event
from backend.cases.models import Case, Goal
from backend.core.errors import Conflict
from backend.outcomes.models import Score
from tests import casework, edges
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.planning import ahead, found_out, planned, reviewing
from tests.cases.working import work
from tests.routes import SOMETHING

SLEEP = "Sleep at night."


def page(world: World, case: Case) -> dict[str, Any]:
    """The page of all goals as the worker reads it."""
    answer = browser_of(world.worker).get(f"cases/{case.id}/goals/")
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    return body


def send(world: World, case: Case, *rows: dict[str, Any], version: int | None = None, **more: Any) -> Any:
    """What is said of goals, sent from a page that was just opened unless said otherwise."""
    version = page(world, case)["version"] if version is None else version
    body = {"version": version, "rows": list(rows)}
    return browser_of(world.worker).post(f"cases/{case.id}/goals/score/", body, **more)


def about(goal: Goal, **said: Any) -> dict[str, Any]:
    """One row of the page."""
    return {"goal": str(goal.id), **said}


def stood(world: World, goal: Goal) -> list[tuple[str, int | None, str]]:
    """The scores of a goal, the first first."""
    with acting(world.worker):
        rows = Score.objects.filter(subject_id=goal.id).order_by("at", "id")
        return [(one.stage, one.value, one.why_not) for one in rows]


def state_of(world: World, goal: Goal) -> str:
    """Whether a goal is still worked on."""
    with acting(world.worker):
        return str(Goal.objects.get(pk=goal.id).state)


def two_goals(world: World) -> tuple[Case, Goal, Goal]:
    """A case with a goal that was scored once, and one that was not."""
    case = found_out(world)
    return case, casework.goal_of(case, world.worker), casework.goal_of(case, world.worker, words=SLEEP, score=None)


def test_the_page_has_each_open_goal_with_its_first_and_last_score(world: World) -> None:
    case, walk, sleep = two_goals(world)
    edges.take("score", walk.id, world.worker, noun="goal", score=5)
    found = page(world, case)
    assert [(one["words"], one["first_score"], one["last_score"]) for one in found["goals"]] == [
        (walk.words, 3, 5),
        (SLEEP, None, None),
    ]
    asked = [field["name"] for field in found["score_goals"]["input"]]
    assert asked == ["score", "why_no_score", "given_by", "comment", "outcome", "note"]
    edges.take("end", sleep.id, world.worker, noun="goal", outcome="given_up", score=4)
    assert [one["id"] for one in page(world, case)["goals"]] == [str(walk.id)]


def test_goals_are_scored_and_ended_together_each_by_its_own_edge(world: World) -> None:
    case, walk, sleep = two_goals(world)
    answer = send(
        world,
        case,
        about(walk, score=8, given_by="child", comment="I go alone.", outcome="reached", note="Walking with Rosa."),
        about(sleep, score=4, given_by="parent"),
    )
    assert answer.status_code == 200, answer.content
    assert [one["id"] for one in answer.json()["goals"]] == [str(sleep.id)]
    assert (state_of(world, walk), state_of(world, sleep)) == ("ended", "open")
    assert stood(world, walk) == [("baseline", 3, ""), ("exit", 8, "")]
    assert stood(world, sleep) == [("baseline", 4, "")]
    with acting(world.worker):
        verbs = list(Event.objects.filter(root_id=case.id, verb__in=["goal.end", "goal.score"]).values_list("verb"))
        ended = Goal.objects.get(pk=walk.id)
    assert sorted(verbs) == [("goal.end",), ("goal.score",)]
    assert (ended.outcome, ended.outcome_note) == ("reached", "Walking with Rosa.")


def test_a_goal_that_nobody_spoke_of_stays_as_it_is(world: World) -> None:
    case, walk, sleep = two_goals(world)
    assert send(world, case, about(walk), about(sleep, score=6)).status_code == 200
    assert stood(world, walk) == [("baseline", 3, "")]
    assert stood(world, sleep) == [("baseline", 6, "")]


@pytest.mark.parametrize("forged", [True, False])
def test_all_or_none_when_one_of_them_is_refused(world: World, forged: bool) -> None:
    case, walk, sleep = two_goals(world)
    if forged:
        other = {"goal": str(SOMETHING), "score": 4}
    else:
        edges.take("end", sleep.id, world.worker, noun="goal", outcome="given_up", score=4)
        other = about(sleep, score=9)
    answer = send(world, case, about(walk, score=8), other)
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == ["rows.1.score"]
    assert stood(world, walk) == [("baseline", 3, "")]


def test_a_goal_of_another_case_is_refused_like_one_that_is_not_there(world: World) -> None:
    case, walk, _sleep = two_goals(world)
    elsewhere = planned(world)
    with acting(world.worker):
        theirs = Goal.objects.get(root_id=elsewhere.id)
    answer = send(world, case, about(walk, score=8), about(theirs, score=1))
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["rows.1.score"])
    assert stood(world, theirs) == [("baseline", 3, "")]


def test_what_somebody_else_changed_meanwhile_refuses_the_whole_page_and_is_named(world: World) -> None:
    case, walk, sleep = two_goals(world)
    opened = page(world, case)["version"]
    edges.take("score", sleep.id, world.manager, noun="goal", score=2)
    answer = send(world, case, about(walk, score=8), version=opened)
    assert (answer.status_code, answer.json()["code"]) == (409, "stale")
    assert [one["label"] for one in answer.json()["changed"]] == ["Scored a goal"]
    assert answer.json()["version"] == page(world, case)["version"] == opened + 1
    assert stood(world, walk) == [("baseline", 3, "")]


def test_a_new_goal_makes_an_open_page_old(world: World) -> None:
    case, walk, _sleep = two_goals(world)
    opened = page(world, case)["version"]
    casework.goal_of(case, world.worker, words="See my aunt.")
    answer = send(world, case, about(walk, score=8), version=opened)
    assert [one["label"] for one in answer.json()["changed"]] == ["Wrote a goal"]


def test_the_same_request_again_has_no_second_effect(world: World) -> None:
    case, walk, _sleep = two_goals(world)
    version = page(world, case)["version"]
    for _time in range(2):
        answer = send(world, case, about(walk, score=8), version=version, key="one-key-for-this-request")
        assert answer.status_code == 200, answer.content
    assert stood(world, walk) == [("baseline", 3, ""), ("review", 8, "")]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"comment": "It is better."}, "rows.0.score"),
        ({"given_by": "child"}, "rows.0.score"),
        ({"outcome": "reached"}, "rows.0.score"),
        ({"score": 11}, "rows.0.score"),
        ({"score": 8, "note": "Rosa."}, "rows.0.outcome"),
        ({"score": 8, "outcome": "won"}, "rows.0.outcome"),
        ({"why_no_score": "tired"}, "rows.0.why_no_score"),
        ({}, "rows"),
    ],
)
def test_each_refusal_stands_at_its_field(world: World, said: dict[str, Any], field: str) -> None:
    case, walk, _sleep = two_goals(world)
    answer = send(world, case, about(walk, **said))
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field]), answer.content
    assert stood(world, walk) == [("baseline", 3, "")]


def test_a_goal_is_said_once(world: World) -> None:
    case, walk, _sleep = two_goals(world)
    answer = send(world, case, about(walk, score=8), about(walk, score=2))
    assert answer.json()["fields"] == {"rows": ["Say each goal once."]}


def test_not_possible_is_a_look_at_a_goal_but_no_number_to_measure_by(world: World) -> None:
    case = found_out(world)
    goal = casework.goal_of(case, world.worker, score=None)
    assert send(world, case, about(goal, why_no_score="did_not_want")).status_code == 200
    with pytest.raises(Conflict, match="Score this goal first"):
        work(world, "agree_plan", case, **ahead())
    assert send(world, case, about(goal, score=2)).status_code == 200
    assert stood(world, goal) == [("baseline", None, "did_not_want"), ("baseline", 2, "")]
    work(world, "agree_plan", case, **ahead())
    assert send(world, case, about(goal, why_no_score="could_not_contact")).status_code == 200
    assert work(world, "hold_review", case, **reviewing()).state == Case.ACTIVE


@pytest.mark.parametrize(
    ("said", "status", "kept"),
    [
        ({"why_no_score": "could_not_contact"}, 200, ("baseline", None, "could_not_contact")),
        ({"score": 4}, 200, ("baseline", 4, "")),
        ({"comment": "We did not speak."}, 400, None),
    ],
)
def test_on_its_own_form_too_a_goal_has_a_score_or_why_there_is_none(
    world: World, said: dict[str, Any], status: int, kept: tuple[str, int | None, str] | None
) -> None:
    _case, _walk, sleep = two_goals(world)
    answer = browser_of(world.worker).post(f"goals/{sleep.id}/score/", {"version": sleep.version, **said})
    assert answer.status_code == status, answer.content
    assert stood(world, sleep) == ([kept] if kept else [])
    if kept is None:
        assert answer.json()["fields"]["score"] == ["Enter a score from 0 to 10, or choose why there is none."]


def test_the_review_the_end_and_the_plan_lead_to_the_page_while_something_is_missing(world: World) -> None:
    case = planned(world)
    with acting(world.worker):
        goal = Goal.objects.get(root_id=case.id)
    leads = {"label": "Score or end the goals", "hint": "All goals of the plan on one page."}
    way = {**leads, "url": f"/cases/{case.id}/goals"}
    assert ways(world, case) == {"plan": way, "hold_review": way, "close": way}
    send(world, case, about(goal, score=7))
    assert ways(world, case) == {"plan": way, "hold_review": None, "close": way}
    send(world, case, about(goal, score=9, outcome="reached"))
    assert ways(world, case) == {"plan": None, "hold_review": None, "close": None}
    assert work(world, "close", case, goes_on="School, with a key adult.").state == Case.CLOSED


def ways(world: World, case: Case) -> dict[str, Any]:
    """Where the plan and its two edges lead to all goals."""
    browser = browser_of(world.worker)
    plan = browser.get(f"cases/{case.id}/plan/").json()
    offered = {one["name"]: one for one in browser.get(f"cases/{case.id}/").json()["options"]}
    edges_of = {name: offered[name].get("way") for name in ("hold_review", "close")}
    return {"plan": plan["score_goals"], **edges_of}


def test_whoever_only_reads_the_plan_gets_no_form(world: World) -> None:
    case, walk, _sleep = two_goals(world)
    browser = browser_of(world.other_worker)
    answer = browser.get(f"cases/{case.id}/goals/")
    if answer.status_code == 200:
        assert answer.json()["score_goals"] is None
    body = {"version": page(world, case)["version"], "rows": [about(walk, score=8)]}
    assert browser.post(f"cases/{case.id}/goals/score/", body).status_code in (403, 404)
    assert browser_of(world.stranger).post(f"cases/{case.id}/goals/score/", body).status_code == 404
    assert stood(world, walk) == [("baseline", 3, "")]


def test_nothing_is_scored_in_a_closed_case(world: World) -> None:
    case, walk, sleep = two_goals(world)
    send(world, case, about(walk, score=8, outcome="reached"), about(sleep, why_no_score="moved", outcome="given_up"))
    work(world, "close", case, goes_on="Nobody needs to.")
    found = page(world, case)
    assert (found["goals"], found["score_goals"]) == ([], None)
    answer = send(world, case, about(walk, score=8))
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
