"""Scores that were a mistake: undone within ten minutes by who recorded them, afterwards corrected with a reason."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.binding import acting
from backend.audit.models import Event
from backend.cases.models import Case, Goal
from backend.core import clock
from backend.core.errors import Conflict
from backend.outcomes.models import Score
from tests import casework, edges
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.planning import ahead, found_out
from tests.cases.working import today, work

SCALES = {"emotional": 5, "conduct": 4, "hyperactivity": 8, "peer": 3, "prosocial": 5}


def scored(world: World) -> tuple[Case, Goal, Score]:
    """A goal with one score, just recorded."""
    case = found_out(world)
    goal = casework.goal_of(case, world.worker)
    return case, goal, casework.score_of(goal, world.worker)


def act(name: str, which: Score, who: Any, **given: Any) -> Any:
    """Undo or correct a score."""
    return edges.take(name, which.id, who, noun="score", **given)


def right(**given: Any) -> dict[str, Any]:
    """A correction as its form is filled in."""
    return {"score": 8, "taken_on": today().isoformat(), "reason": "I typed the wrong box.", **given}


def series(world: World, case: Case) -> dict[str, Any]:
    """The first series of the page of outcomes."""
    body = browser_of(world.worker).get(f"cases/{case.id}/outcomes/").json()
    return {**body["series"][0], "prompts": body["prompts"]}


def names(point: dict[str, Any]) -> set[str]:
    return {one["name"] for one in point["options"]}


def test_a_score_just_recorded_is_undone_and_counts_for_nothing(world: World) -> None:
    case, goal, score = scored(world)
    shown = series(world, case)["points"][0]["options"]
    assert [one["name"] for one in shown] == ["correct", "undo"]
    assert shown[1]["until"] > clock.now().isoformat()
    act("undo", score, world.worker)
    found = series(world, case)
    assert (found["finding"], found["points"]) == ("No score yet.", [])
    assert found["prompts"] == ["“Walk to school without being afraid.” has no first score."]
    with pytest.raises(Conflict, match="Score this goal first"):
        work(world, "agree_plan", case, **ahead())
    # The next one is the first again.
    edges.take("score", goal.id, world.worker, noun="goal", score=4)
    assert casework.score_of(goal, world.worker).stage == "baseline"


def test_its_undoing_points_to_what_recorded_it_and_keeps_it(world: World) -> None:
    case, _goal, score = scored(world)
    act("undo", score, world.worker)
    with acting(world.worker):
        events = {one.verb: one for one in Event.objects.filter(root_id=case.id, verb__startswith="score.")}
        kept = list(score.history.filter(id=score.id).order_by("version").values_list("state", "value"))
    assert events["score.undo"].corrects_id == events["score.record"].id
    assert kept == [("stands", 3), ("taken_back", 3)]


@pytest.mark.parametrize(
    ("minutes", "by", "reason"),
    [
        (0, "manager", "Only .* who recorded it, can undo this"),
        (11, "worker", "More than 10 minutes have passed. Correct it with a reason instead."),
    ],
)
def test_a_score_is_undone_at_once_by_who_recorded_it_or_never(
    world: World, minutes: int, by: str, reason: str
) -> None:
    case, _goal, score = scored(world)
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        who = getattr(world, by)
        with pytest.raises(Conflict, match=reason):
            act("undo", score, who)
        shown = browser_of(who).get(f"cases/{case.id}/outcomes/").json()["series"][0]["points"][0]
        assert names(shown) == {"correct"}


def test_what_rests_on_a_score_keeps_it(world: World) -> None:
    case, goal, score = scored(world)
    edges.take("score", goal.id, world.worker, noun="goal", score=5)
    with pytest.raises(Conflict, match="It has been scored again since"):
        act("undo", score, world.worker)
    last = casework.score_of(goal, world.worker)
    work(world, "agree_plan", case, **ahead())
    with pytest.raises(Conflict, match="The plan was agreed or reviewed with this score"):
        act("undo", last, world.worker)
    edges.take("end", goal.id, world.worker, noun="goal", score=9, outcome="reached")
    with pytest.raises(Conflict, match="The goal has ended with this score"):
        act("undo", casework.score_of(goal, world.worker), world.worker)


def test_afterwards_a_score_is_put_right_with_a_reason_and_both_numbers_stay(world: World) -> None:
    case, goal, score = scored(world)
    with clock.at(clock.now() + timedelta(minutes=11)):
        edges.take("score", goal.id, world.worker, noun="goal", score=6)
        act("correct", score, world.manager, **right(score=2, taken_on=score.taken_on.isoformat()))
        found = series(world, case)
    assert found["finding"] == "From 2 to 6 of 10: 4 nearer."
    first = found["points"][0]
    assert (first["stage_label"], first["value"]) == ("At the beginning", 2)
    assert [(one["words"], one["by"], one["reason"]) for one in first["earlier"]] == [
        ("3 of 10", world.manager.name, "I typed the wrong box.")
    ]
    with acting(world.worker):
        event = Event.objects.get(root_id=case.id, verb="score.correct")
        assert (event.reason, event.data["fields"]) == ("I typed the wrong box.", ["value"])
        assert list(score.history.filter(id=score.id).order_by("version").values_list("value", flat=True)) == [3, 2]


def test_a_corrected_score_keeps_its_hour_so_that_a_review_still_asks_for_a_new_one(world: World) -> None:
    case, _goal, score = scored(world)
    work(world, "agree_plan", case, **ahead())
    act("correct", score, world.worker, **right(score=2))
    options = {one["name"]: one for one in browser_of(world.worker).get(f"cases/{case.id}/plan/").json()["options"]}
    assert "Score this goal again first: “Walk to school without being afraid”." in options["hold_review"]["obstacles"]


def test_a_questionnaire_is_undone_from_its_own_answer_and_corrected_as_a_whole(world: World) -> None:
    case = found_out(world)
    browser = browser_of(world.worker)
    body = {"measure": "sdq_teacher", "stage": "baseline", "taken_on": today().isoformat(), **SCALES}
    made = browser.post(f"cases/{case.id}/scores/", body).json()
    offered = {one["name"]: one for one in made["options"]}
    assert (offered["undo"]["input"], "until" in offered["undo"]) == ([], True)
    asked = {field["name"]: field.get("value") for field in offered["correct"]["input"]}
    assert (asked["emotional"], "score" in asked) == (5, False)
    half = {**right(), "version": made["version"], "emotional": 1}
    refused = browser.post(f"scores/{made['id']}/correct/", half)
    assert (refused.status_code, set(refused.json()["fields"])) == (400, set(SCALES) - {"emotional"})
    whole = browser.post(f"scores/{made['id']}/correct/", {**half, **SCALES, "emotional": 1}).json()
    assert (whole["value"], whole["earlier"][0]["words"]) == (16, "20 of 40")
    with pytest.raises(Conflict, match="It has been corrected, so it stays"):
        act("undo", Score(id=made["id"]), world.worker)


def test_nothing_different_and_a_day_to_come_are_refused(world: World) -> None:
    _case, _goal, score = scored(world)
    url = f"scores/{score.id}/correct/"
    browser = browser_of(world.worker)
    same = browser.post(url, {**right(score=3), "version": score.version})
    assert (same.status_code, same.json()["reasons"]) == (
        400,
        ["Nothing is different from what stands there. Change something first."],
    )
    ahead_of_us = (today() + timedelta(days=2)).isoformat()
    later = browser.post(url, {**right(taken_on=ahead_of_us), "version": score.version})
    assert later.json()["reasons"] == ["The day of the score cannot be in the future."]
