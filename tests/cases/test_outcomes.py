"""How far a child has come, by scores alone; and the page that a child and family take home."""

import pytest

from tests import casework
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.planning import ahead, found_out, planned, reviewing, score_all
from tests.cases.working import today, visited, work

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_outcomes_say_how_far_a_child_has_come_and_what_is_missing(world: World) -> None:
    case = planned(world)
    score_all(world, case, 7)
    casework.goal_of(case, world.worker, words="Sleep at night.", score=None, headline="health")
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
    casework.action_of(case, world.worker, world.worker, text="Ask the police first.", not_for_family=True)
    casework.action_of(case, world.worker, world.worker, text="Ring on Mondays.")
    answer = browser_of(world.worker).get(f"cases/{case.id}/family-page/")
    page = answer.json()
    assert page["given_name"] == "Amina"
    assert [one["words"] for one in page["goals"]] == ["Walk to school without being afraid."]
    assert [one["text"] for one in page["actions"]] == ["Ring on Mondays."]
    for hidden in ("police", "A note that stays here", case.reference, "Example", "violence"):
        assert hidden not in answer.content.decode()


def test_from_the_day_of_the_plan_the_page_says_what_they_thought_and_when_it_is_looked_at_again(world: World) -> None:
    case = found_out(world)
    casework.goal_of(case, world.worker)

    def page() -> dict[str, str]:
        found: dict[str, str] = browser_of(world.worker).get(f"cases/{case.id}/family-page/").json()
        return {name: found[name] for name in ("family_view", "child_view", "next_meeting_on")}

    assert page() == {"family_view": "", "child_view": "", "next_meeting_on": None}
    days = ahead()
    work(world, "agree_plan", case, **days, family_view="Not too many visits.")
    assert page() == {"family_view": "Not too many visits.", "child_view": "", "next_meeting_on": days["review_on"]}
    work(world, "pause", case)
    assert page()["next_meeting_on"] is None, "nobody knows the day while it is paused"
    work(world, "resume", case)
    score_all(world, case, 6)
    later = reviewing(**ahead(8), family_view="Better.", child_view="I like Fridays.")
    work(world, "hold_review", case, **later)
    assert page() == {"family_view": "Better.", "child_view": "I like Fridays.", "next_meeting_on": later["review_on"]}
