"""A plan: goals in the family's words, actions somebody elsewhere does without seeing the case, and its reviews."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from backend.access.binding import acting
from backend.agencies.models import Partnership
from backend.cases.models import Action, Case, Meeting, Plan
from backend.cases.queries.planning import actions_visible_to
from backend.core.errors import Conflict, Forbidden, Invalid
from backend.deadlines.models import Deadline
from backend.notifications.models import Outbox
from backend.outcomes.models import Score
from backend.sharing.models import Disclosure
from backend.workflow.models import Confirmation
from tests import factories
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing, machine_state, now, today, visited, work

WEEK = timedelta(weeks=1)
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def found_out(world: World) -> Case:
    """A case whose assessment is complete."""
    case = assessing(world)
    factories.take("complete", factories.assessment_of(case, world.worker).id, world.worker, noun="assessment")
    return case


def planned(world: World) -> Case:
    """A case with an agreed plan: one goal, scored once."""
    case = found_out(world)
    factories.goal_of(case, world.worker)
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
    factories.take("complete", factories.assessment_of(case, world.worker).id, world.worker, noun="assessment")
    assert refusal(world, "agree_plan", case, **ahead()) == "Write at least one goal in the family’s words."
    goal = factories.goal_of(case, world.worker, score=None)
    assert "Score this goal first" in refusal(world, "agree_plan", case, **ahead())
    factories.take("score", goal.id, world.worker, noun="goal", score=2)
    assert work(world, "agree_plan", case, **ahead()).state == Case.ACTIVE


def test_agreeing_keeps_a_version_and_starts_the_clock_of_the_review(world: World) -> None:
    case = found_out(world)
    goal = factories.goal_of(case, world.worker)
    factories.action_of(case, world.worker, world.worker, goal=str(goal.id))
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
    factories.goal_of(case, world.worker)
    assert reason in refusal(world, "agree_plan", case, **ahead(weeks))


@committed
def test_four_eyes_where_the_partnership_asks(world: World) -> None:
    Partnership.objects.using("owner").update(plan_needs_second_person=True)
    case = found_out(world)
    factories.goal_of(case, world.worker)
    work(world, "agree_plan", case, **ahead())
    assert machine_state(world, case) == Case.ASSESSING
    with acting(world.manager):
        waiting = Confirmation.objects.get(target_id=case.id)
    answer = browser_of(world.manager).post(f"confirmations/{waiting.id}/confirm/", {"version": waiting.version})
    assert answer.status_code == 200, answer.content
    assert machine_state(world, case) == Case.ACTIVE


# --- Reviews ---------------------------------------------------------------------------------------------------------


def test_a_review_looks_at_every_goal_and_every_late_action(world: World) -> None:
    case = planned(world)
    goal = factories.goal_of(case, world.worker, score=None, words="Sleep at night.")
    with pytest.raises(Conflict) as refused:
        work(world, "hold_review", case, **reviewing())
    assert len([one for one in refused.value.reasons if one.startswith("Score this goal again")]) == 2
    assert "“Sleep at night.”" in " ".join(refused.value.reasons)
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


def score_all(world: World, case: Case, score: int) -> None:
    """Score every open goal of a case."""
    body = browser_of(world.worker).get(f"cases/{case.id}/plan/").json()
    for goal in body["goals"]:
        factories.take("score", goal["id"], world.worker, noun="goal", score=score)


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


# --- Actions ---------------------------------------------------------------------------------------------------------


@committed
def test_somebody_elsewhere_does_an_action_and_sees_nothing_else(world: World) -> None:
    case = found_out(world)
    goal = factories.goal_of(case, world.worker)
    action = factories.action_of(case, world.worker, world.teacher, goal=str(goal.id))
    browser = browser_of(world.teacher)
    body = browser.get(f"actions/{action.id}/").json()
    assert (body["child_name"], body["record_url"]) == ("Amina Example", None)
    assert [one["name"] for one in body["options"]] == ["complete", "cancel"]
    assert goal.words not in browser.get(f"actions/{action.id}/").content.decode()
    assert [one["id"] for one in browser.get("actions/").json()["results"]] == [str(action.id)]
    for path in ("", "plan/", "outcomes/", "meetings/", "assessments/", "notes/", "family-page/"):
        assert browser.get(f"cases/{case.id}/{path}").status_code == 404, path
    assert browser.get(f"goals/{goal.id}/").status_code == 404
    answer = browser.post(f"actions/{action.id}/complete/", {"version": body["version"], "outcome": "We walked."})
    assert (answer.status_code, answer.json()["state"]) == (200, "done")
    told = Outbox.objects.using("owner").filter(root_id=case.id)
    assert {one.message for one in told} >= {"action_given", "action_done"}


def test_row_security_alone_shows_an_owner_their_action_and_nothing_of_the_case(world: World) -> None:
    case = found_out(world)
    goal = factories.goal_of(case, world.worker)
    action = factories.action_of(case, world.worker, world.teacher, goal=str(goal.id))
    factories.action_of(case, world.worker, world.worker)
    tables = ("cases_case", "cases_goal", "cases_plan", "cases_meeting", "cases_assessment", "cases_note")
    with acting(world.teacher), connection.cursor() as cursor:
        for table in (*tables, "outcomes_score", "cases_historicalgoal"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
        cursor.execute("SELECT id FROM cases_action UNION SELECT id FROM cases_historicalaction")
        assert cursor.fetchall() == [(action.id,)]
        assert list(actions_visible_to(world.teacher)) == [action]
    with acting(world.stranger):
        assert not Action.objects.exists()


def test_an_owner_neither_moves_nor_passes_on_what_they_were_asked(world: World) -> None:
    action = factories.action_of(found_out(world), world.worker, world.teacher)
    for edge in ("move", "reassign", "go_on"):
        with pytest.raises(Forbidden):
            factories.take(edge, action.id, world.teacher, noun="action")
    body = {"version": action.version, "outcome": "I did it."}
    assert browser_of(world.stranger).post(f"actions/{action.id}/complete/", body).status_code == 404


def test_a_share_with_another_agency_stands_in_the_ledger_and_needs_a_basis(world: World) -> None:
    case = found_out(world)
    with pytest.raises(Invalid) as refused:
        factories.action_of(case, world.worker, world.teacher, article6="", condition="", power="")
    assert set(refused.value.fields) == {"article6", "condition", "power"}
    factories.action_of(case, world.worker, world.teacher)
    factories.action_of(case, world.worker, world.worker, article6="", condition="", power="")
    with acting(world.worker):
        shares = Disclosure.objects.filter(root_id=case.id, to_agency_id=world.teacher.agency_id)
        assert shares.count() == 1


def test_only_somebody_involved_is_asked(world: World) -> None:
    with pytest.raises(Invalid, match="an agency that is involved"):
        factories.action_of(found_out(world), world.worker, world.stranger)


def test_an_action_passes_to_somebody_else_and_leaves_the_first(world: World) -> None:
    action = factories.action_of(found_out(world), world.worker, world.teacher)
    to = {"owner": str(world.other_worker.membership_id)}
    factories.take("reassign", action.id, world.worker, noun="action", **to)
    assert browser_of(world.teacher).get(f"actions/{action.id}/").status_code == 404
    assert browser_of(world.other_worker).get(f"actions/{action.id}/").status_code == 200


def test_another_day_moves_the_clock(world: World) -> None:
    action = factories.action_of(found_out(world), world.worker, world.worker)
    later = today() + 3 * WEEK
    moved = factories.take("move", action.id, world.worker, noun="action", due_on=later.isoformat())
    assert (moved.due_on, moved.next_due_at.date()) == (later, later)
    done = factories.take("complete", action.id, world.worker, noun="action")
    assert (done.state, done.next_due_at) == ("done", None)


# --- Goals and the end -----------------------------------------------------------------------------------------------


def test_a_goal_ends_with_a_last_score_or_why_there_is_none(world: World) -> None:
    case = found_out(world)
    goal = factories.goal_of(case, world.worker)
    with pytest.raises(Conflict, match="last score"):
        factories.take("end", goal.id, world.worker, noun="goal", outcome="partly", score=None)
    ended = factories.take(
        "end", goal.id, world.worker, noun="goal", outcome="not_possible", score=None, why_no_score="moved"
    )
    with acting(world.worker):
        stages = [(one.stage, one.value) for one in Score.objects.filter(subject_id=goal.id).order_by("at")]
    assert (ended.state, ended.outcome) == ("ended", "not_possible")
    assert stages == [("baseline", 3), ("exit", None)]


def test_a_case_closes_once_each_goal_has_ended_and_each_action_has_somebody(world: World) -> None:
    case = found_out(world)
    goal = factories.goal_of(case, world.worker)
    action = factories.action_of(case, world.worker, world.teacher)
    close = {"goes_on": "School, with a key adult."}
    with pytest.raises(Conflict) as refused:
        work(world, "close", case, **close)
    assert [one.split(" ")[0] for one in refused.value.reasons] == ["Say", "An"]
    factories.take("end", goal.id, world.worker, noun="goal", outcome="reached", score=9)
    factories.take("go_on", action.id, world.worker, noun="action")
    assert work(world, "close", case, **close).state == Case.CLOSED
    done = factories.take("complete", action.id, world.teacher, noun="action")
    assert done.state == "done", "who goes on can still say that it is done"


def test_nobody_goes_through_the_goals_of_a_child_who_died(world: World) -> None:
    case = found_out(world)
    factories.goal_of(case, world.worker)
    assert work(world, "close", case, reason_code="died").state == Case.CLOSED


def test_nothing_is_planned_in_a_closed_case(world: World) -> None:
    case = work(world, "close", found_out(world), goes_on="Nobody needs to.")
    with pytest.raises(Conflict, match="while a lead practitioner works"):
        factories.goal_of(case, world.worker)
    visited_before = now(world, case).version
    assert browser_of(world.worker).get(f"cases/{case.id}/plan/").json()["options"] == []
    assert now(world, case).version == visited_before


# --- Outcomes and the family's page ----------------------------------------------------------------------------------


def test_outcomes_say_how_far_a_child_has_come_and_what_is_missing(world: World) -> None:
    case = planned(world)
    score_all(world, case, 7)
    factories.goal_of(case, world.worker, words="Sleep at night.", score=None, headline="health")
    browser = browser_of(world.worker)
    scales = {"emotional": 5, "conduct": 4, "hyperactivity": 8, "peer": 3, "prosocial": 5}
    body = {"measure": "sdq_teacher", "stage": "review", "taken_on": today().isoformat(), **scales}
    answer = browser.post(f"cases/{case.id}/scores/", body)
    assert (answer.status_code, answer.json()["value"], answer.json()["band"]) == (201, 20, "Very high")
    found = browser.get(f"cases/{case.id}/outcomes/").json()
    assert [one["finding"] for one in found["series"]] == [
        "From 3 to 7 of 10: 4 nearer.",
        "No score yet.",
        "Scored once: 20 of 40.",
    ]
    assert found["prompts"] == [
        "“Sleep at night.” has no first score.",
        "Strengths and Difficulties: teacher: there is no score from the beginning.",
    ]
    assert found["headlines"] == [{"label": "Improved mental and physical health", "goals": 1, "reached": 0}]


@pytest.mark.parametrize("scales", [{"emotional": 5}, {}, {"emotional": 11}])
def test_half_a_questionnaire_is_refused(world: World, scales: dict[str, int]) -> None:
    case = found_out(world)
    body = {"measure": "sdq_self", "stage": "baseline", "taken_on": today().isoformat(), **scales}
    assert browser_of(world.worker).post(f"cases/{case.id}/scores/", body).status_code == 400


def test_a_questionnaire_whose_bands_were_not_seen_has_none(world: World) -> None:
    case = found_out(world)
    scales = dict.fromkeys(("emotional", "conduct", "hyperactivity", "peer", "prosocial"), 9)
    body = {"measure": "sdq_self", "stage": "baseline", "taken_on": today().isoformat(), **scales}
    answer = browser_of(world.worker).post(f"cases/{case.id}/scores/", body).json()
    assert answer["band"] == ""
    assert {one["band"] for one in answer["parts"]} == {""}


def test_the_familys_page_has_their_plan_and_nothing_that_is_labelled(world: World) -> None:
    case = planned(world)
    visited(world, case, text="A note that stays here.")
    factories.action_of(case, world.worker, world.worker, text="Ask the police first.", not_for_family=True)
    factories.action_of(case, world.worker, world.worker, text="Ring on Mondays.")
    answer = browser_of(world.worker).get(f"cases/{case.id}/family-page/")
    page = answer.json()
    assert page["given_name"] == "Amina"
    assert [one["words"] for one in page["goals"]] == ["Walk to school without being afraid."]
    assert [one["text"] for one in page["actions"]] == ["Ring on Mondays."]
    for hidden in ("police", "A note that stays here", case.reference, "Example", "violence"):
        assert hidden not in answer.content.decode()
