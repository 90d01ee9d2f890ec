"""A plan: goals in the family's words, actions somebody elsewhere does without seeing the case, and its reviews."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.binding import acting
from backend.cases.models import Case, Meeting, Plan
from backend.core.errors import Conflict
from backend.deadlines.models import Deadline
from backend.outcomes.models import Score
from tests import casework, edges
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.planning import WEEK, ahead, found_out, planned, reviewing, score_all
from tests.cases.working import assessing, now, today, work


def refusal(world: World, edge: str, case: Case, **given: Any) -> str:
    """The one reason why an edge cannot be taken."""
    with pytest.raises(Conflict) as refused:
        work(world, edge, case, **given)
    assert len(refused.value.reasons) == 1, refused.value.reasons
    return refused.value.reasons[0]


# --- Agreeing --------------------------------------------------------------------------------------------------------


def test_a_plan_rests_on_an_assessment_and_has_a_goal_with_a_first_score(world: World) -> None:
    case = assessing(world)
    with pytest.raises(Conflict) as refused:
        work(world, "agree_plan", case, **ahead())
    assert [reason.split(" ")[0] for reason in refused.value.reasons] == ["Complete", "Write"]
    edges.take("complete", casework.assessment_of(case, world.worker).id, world.worker, noun="assessment")
    assert refusal(world, "agree_plan", case, **ahead()) == "Write at least one goal in the family’s words."
    goal = casework.goal_of(case, world.worker, score=None)
    assert "Score this goal first" in refusal(world, "agree_plan", case, **ahead())
    edges.take("score", goal.id, world.worker, noun="goal", score=2)
    assert work(world, "agree_plan", case, **ahead()).state == Case.ACTIVE


def test_agreeing_keeps_a_version_and_starts_the_clock_of_the_review(world: World) -> None:
    case = found_out(world)
    goal = casework.goal_of(case, world.worker)
    casework.action_of(case, world.worker, world.worker, goal=str(goal.id))
    work(world, "agree_plan", case, **ahead(weeks=4))
    with acting(world.worker):
        plan = Plan.objects.get(root_id=case.id)
        clocks = {one.kind: one for one in Deadline.objects.filter(root_id=case.id)}
    assert plan.content["goals"][0]["words"] == goal.words
    assert plan.content["goals"][0]["score"] == 3
    assert plan.content["goals"][0]["actions"][0]["owner"] == world.worker.name
    assert clocks["assessment"].state == "met"
    assert clocks["review"].due_at.date() == today() + 4 * WEEK


@pytest.mark.parametrize(("weeks", "reason"), [(0, "after today"), (13, "at least every 12 weeks")])
def test_a_plan_is_reviewed_within_twelve_weeks(world: World, weeks: int, reason: str) -> None:
    case = found_out(world)
    casework.goal_of(case, world.worker)
    assert reason in refusal(world, "agree_plan", case, **ahead(weeks))


# --- Reviews ---------------------------------------------------------------------------------------------------------


def test_a_review_looks_at_every_goal_and_every_late_action(world: World) -> None:
    case = planned(world)
    goal = casework.goal_of(case, world.worker, score=None, words="Sleep at night.")
    with pytest.raises(Conflict) as refused:
        work(world, "hold_review", case, **reviewing())
    assert len([one for one in refused.value.reasons if one.startswith("Score this goal again")]) == 2
    assert "“Sleep at night”." in " ".join(refused.value.reasons)
    assert goal.state == "open"


def test_a_review_hears_the_child_keeps_a_version_and_starts_the_clock_again(world: World) -> None:
    case = planned(world)
    score_all(world, case, 6)
    assert "what the child says" in refusal(world, "hold_review", case, **reviewing(child_view=""))
    case = work(world, "hold_review", case, **reviewing(review_on=(today() + 8 * WEEK).isoformat()))
    with acting(world.worker):
        meeting = Meeting.objects.get(root_id=case.id)
        numbers = list(Plan.objects.filter(root_id=case.id).order_by("number").values_list("number", flat=True))
        reviews = Deadline.objects.filter(root_id=case.id, kind="review").order_by("started_at")
        states = [(one.state, one.due_at.date()) for one in reviews]
    assert (case.state, meeting.kind, meeting.child_view) == (Case.ACTIVE, "review", "It is better with Rosa.")
    assert numbers == [1, 2]
    assert states == [("met", today() + 6 * WEEK), ("running", today() + 8 * WEEK)]


def test_a_pause_holds_the_clock_of_the_review(world: World) -> None:
    case = work(world, "pause", planned(world))
    with acting(world.worker):
        assert Deadline.objects.get(root_id=case.id, kind="review").state == "paused"
    work(world, "resume", case)
    with acting(world.worker):
        assert Deadline.objects.get(root_id=case.id, kind="review").state == "running"


def test_a_meeting_that_is_no_review_stands_beside_them(world: World) -> None:
    case = found_out(world)
    body = {
        "kind": "family_meeting",
        "held_on": today().isoformat(),
        "people": ["parent", "school"],
        "what_changed": "The mornings.",
    }
    browser = browser_of(world.worker)
    assert browser.post(f"cases/{case.id}/meetings/", body).status_code == 201
    tomorrow = {**body, "held_on": (today() + timedelta(days=1)).isoformat()}
    assert browser.post(f"cases/{case.id}/meetings/", tomorrow).status_code == 400
    (row,) = browser.get(f"cases/{case.id}/meetings/").json()["results"]
    assert (row["kind_label"], row["people"]) == ("Family support meeting", ["A parent or carer", "School"])


# --- Goals and the end -----------------------------------------------------------------------------------------------


def test_a_goal_ends_with_a_last_score_or_why_there_is_none(world: World) -> None:
    case = found_out(world)
    goal = casework.goal_of(case, world.worker)
    with pytest.raises(Conflict, match="last score"):
        edges.take("end", goal.id, world.worker, noun="goal", outcome="partly", score=None)
    ended = edges.take(
        "end", goal.id, world.worker, noun="goal", outcome="not_possible", score=None, why_no_score="moved"
    )
    with acting(world.worker):
        stages = [(one.stage, one.value) for one in Score.objects.filter(subject_id=goal.id).order_by("at")]
    assert (ended.state, ended.outcome) == ("ended", "not_possible")
    assert stages == [("baseline", 3), ("exit", None)]


def test_a_case_closes_once_each_goal_has_ended_and_each_action_has_somebody(world: World) -> None:
    case = found_out(world)
    goal = casework.goal_of(case, world.worker)
    action = casework.action_of(case, world.worker, world.teacher)
    close = {"goes_on": "School, with a key adult."}
    with pytest.raises(Conflict) as refused:
        work(world, "close", case, **close)
    assert [one.split(" ")[0] for one in refused.value.reasons] == ["Say", "An"]
    edges.take("end", goal.id, world.worker, noun="goal", outcome="reached", score=9)
    edges.take("go_on", action.id, world.worker, noun="action")
    assert work(world, "close", case, **close).state == Case.CLOSED
    done = edges.take("complete", action.id, world.teacher, noun="action")
    assert done.state == "done", "who goes on can still say that it is done"


def test_nothing_is_planned_in_a_closed_case(world: World) -> None:
    case = work(world, "close", found_out(world), goes_on="Nobody needs to.")
    with pytest.raises(Conflict, match="while a lead practitioner works"):
        casework.goal_of(case, world.worker)
    visited_before = now(world, case).version
    assert browser_of(world.worker).get(f"cases/{case.id}/plan/").json()["options"] == []
    assert now(world, case).version == visited_before


def test_nobody_is_asked_to_do_something_by_a_day_that_is_over(world: World) -> None:
    case = assessing(world)
    given = {"text": "Ask the school.", "owner": str(world.worker.membership_id), "not_for_family": False}
    for days, status in ((-1, 400), (0, 201)):
        due_on = (today() + timedelta(days=days)).isoformat()
        answer = browser_of(world.worker).post(f"cases/{case.id}/actions/", {**given, "due_on": due_on})
        assert answer.status_code == status, answer.content
