"""As of any day: the agreement, the team, services, warnings and scores too, each as on its own page today."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.cases.models import Case
from backend.core import clock
from backend.interventions.models import Intervention
from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.cases.working import assessing, today, work
from tests.casework import goal_of, member_of
from tests.edges import take
from tests.interventions import made as providing

pytestmark = pytest.mark.django_db
Later = Callable[[int], str]


@pytest.fixture
def case(world: World) -> Case:
    return assessing(world)


def standing(who: Actor, case: Case, **days: Any) -> dict[str, Any]:
    asked = "&".join(f"{name}={day}" for name, day in days.items())
    answer = browser_of(who).get(f"cases/{case.id}/standing/?{asked}")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def section(found: dict[str, Any], name: str, part: str = "lines") -> list[dict[str, str]]:
    return [one for one in found[part] if one["section"] == name]


@pytest.fixture
def later() -> Iterator[Later]:
    """Let some days pass; what it returns is the day that was today, as JSON has it."""
    with ExitStack() as times:

        def pass_on(days: int) -> str:
            then = str(today())
            times.enter_context(clock.at(clock.now() + timedelta(days=days)))
            return then

        yield pass_on


def test_what_the_family_said_then_and_what_they_say_now(world: World, case: Case, later: Later) -> None:
    then = later(3)
    work(world, "withdraw_agreement", case, reason_code="parent_said_no", note="We want to be left alone.")
    changed = {
        one["label"]: one
        for one in section(standing(world.worker, case, since=then), "Agreement to be helped", "changes")
    }
    assert (changed["What they say"]["before"], changed["What they say"]["after"]) == ("Agreed", "Agreement withdrawn")
    assert changed["Who said so"]["after"] == "A parent or carer does not want it"
    assert changed["In their words"]["after"] == "We want to be left alone."
    stood = section(standing(world.worker, case, on=then), "Agreement to be helped")
    assert "We want to be left alone." not in {one["value"] for one in stood}


def test_who_was_on_the_team_and_why_they_no_longer_are(world: World, case: Case, later: Later) -> None:
    member = member_of(case, world.worker, world.teacher)
    then = later(3)
    take("end", member.id, world.worker, noun="team_member", reason_code="part_is_done")
    (one,) = section(standing(world.worker, case, since=then), "Team around the child", "changes")
    assert one["before"].startswith("Goes with her to school.")
    assert "No longer on the team since" in one["after"]
    assert "Their part is done" in one["after"]


def test_where_a_service_stood(world: World, case: Case, later: Later) -> None:
    target = providing.intervention_in(Intervention.OFFERED, case, world.worker)
    then = later(2)
    providing.go("provider_accept", target, providing.mentor())
    (one,) = section(standing(world.worker, case, since=then), "Services", "changes")
    assert one["label"] == target.service_name
    assert one["before"].splitlines()[0] == Intervention.LABELS[Intervention.OFFERED]
    assert one["after"].splitlines()[0] == Intervention.LABELS[Intervention.PROVIDER_ACCEPTED]


def test_what_visitors_had_to_know_reads_as_it_did_then(world: World, case: Case, later: Later) -> None:
    month = (today() + timedelta(days=30)).isoformat()
    alert = {"codes": ["aggression"], "note": "A dog.", "disclosure": "family_knows", "review_on": month}
    answer = browser_of(world.worker).post(f"cases/{case.id}/alerts/", alert)
    assert answer.status_code < 300, answer.content
    (known,) = browser_of(world.worker).get(f"cases/{case.id}/identity/").json()["alerts"]
    then = later(2)
    found = {"alert": known["id"], "outcome": "changed", "reason": "A letter came.", **alert, "codes": ["weapons"]}
    assert (
        browser_of(world.worker).post(f"cases/{case.id}/alert-reviews/", {**found, "note": "A knife."}).status_code
        == 201
    )
    (one,) = section(standing(world.worker, case, since=then), "What visitors must know", "changes")
    assert "A knife." in one["after"]
    assert "A knife." not in one["before"]
    (stood,) = section(standing(world.worker, case, on=then), "What visitors must know")
    assert stood["value"] == one["before"] != one["after"]


def test_a_score_of_a_goal_stands_until_the_next(world: World, case: Case, later: Later) -> None:
    goal = goal_of(case, world.worker, score=3)
    then = later(3)
    take("score", goal.id, world.worker, noun="goal", score=7)
    (one,) = section(standing(world.worker, case, since=then), "Scores", "changes")
    assert one["label"] == f"“{goal.words}”"
    assert one["before"].startswith("3 of 10, at the beginning")
    assert one["after"].startswith("7 of 10, on the way")


def test_nothing_of_it_stood_before_the_case(world: World, case: Case) -> None:
    goal_of(case, world.worker)
    assert standing(world.worker, case, on=(today() - timedelta(days=400)).isoformat())["lines"] == []


def test_comparing_a_case_with_everything_in_it_costs_no_more_than_one_record(world: World, case: Case) -> None:
    goal_of(case, world.worker)
    member_of(case, world.worker, world.teacher)
    providing.intervention_in(Intervention.OFFERED, case, world.worker)
    since, browser = (today() - timedelta(days=1)).isoformat(), browser_of(world.worker)
    found = statements(lambda: browser.get(f"cases/{case.id}/standing/?since={since}"))
    assert len(found) <= 15, said(found)
