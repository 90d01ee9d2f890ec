"""Four eyes on a plan: only where the partnership asks for it, and only on the plan that the second person has read."""

from datetime import timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.cases.models import Case, Goal, Plan
from backend.deadlines.models import Deadline
from backend.workflow.models import Confirmation
from tests import casework
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.planning import WEEK, ahead, found_out
from tests.cases.working import machine_state, today, work
from tests.configuration import versions
from tests.edges import take

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
KIND = "second_person"


def configured(*, asked: bool, **given: Any) -> None:
    """Two people agree whether a plan needs a second person."""
    draft = versions.done(versions.begun(KIND), "put_entry", code="agree_plan", entry={"asked": asked})
    versions.published(draft, **given)


def asked_about(world: World, **given: Any) -> Case:
    """A case whose worker has agreed the plan with the family."""
    case = found_out(world)
    casework.goal_of(case, world.worker)
    work(world, "agree_plan", case, **ahead(), **given)
    return case


def plan_page(who: Actor, case: Case) -> dict[str, Any]:
    """The page of the plan, as somebody reads it."""
    answer = browser_of(who).get(f"cases/{case.id}/plan/")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def question(world: World, case: Case) -> Confirmation:
    """What was asked about the plan, last."""
    with acting(world.manager):
        return Confirmation.objects.filter(target_id=case.id).latest("asked_at")


def confirm(who: Actor, waiting: Confirmation) -> Any:
    """What the API answers to the second person."""
    return browser_of(who).post(f"confirmations/{waiting.id}/confirm/", {"version": waiting.version})


def test_as_the_product_comes_nobody_is_asked(world: World) -> None:
    case = asked_about(world)
    assert machine_state(world, case) == Case.ACTIVE
    assert plan_page(world.worker, case)["versions"][0]["second_person"] == ""


def test_a_plan_counts_once_a_second_person_has_agreed_and_says_who_both_were(world: World) -> None:
    configured(asked=True)
    case = asked_about(world)
    assert machine_state(world, case) == Case.ASSESSING
    page = plan_page(world.worker, case)
    assert page["versions"] == []
    assert page["confirmation"]["due_at"] is not None
    said = {line["label"]: line["value"] for line in page["confirmation"]["given_summary"]}
    review = today() + 6 * WEEK
    assert said["On which day is it reviewed?"] == f"{review.day} {review:%B %Y}"
    assert [option["name"] for option in page["confirmation"]["options"]] == ["withdraw"]
    assert "agree_plan" not in {option["name"] for option in page["options"]}
    read = plan_page(world.manager, case)["confirmation"]
    assert [option["name"] for option in read["options"]] == ["confirm", "refuse"]
    assert read["subject_url"] == f"/cases/{case.id}/plan"

    answer = confirm(world.manager, question(world, case))
    assert answer.status_code == 200, answer.content
    assert machine_state(world, case) == Case.ACTIVE
    [version] = plan_page(world.worker, case)["versions"]
    assert (version["by"], version["second_person"]) == (world.worker.name, world.manager.name)
    assert plan_page(world.worker, case)["confirmation"] is None


def test_whoever_asked_cannot_be_the_second_person(world: World) -> None:
    configured(asked=True)
    case = asked_about(world)
    answer = confirm(world.worker, question(world, case))
    assert answer.status_code == 403
    assert machine_state(world, case) == Case.ASSESSING


def test_it_holds_from_its_day_and_no_more_once_it_is_taken_back(world: World) -> None:
    configured(asked=True, effective_on=(today() + timedelta(days=1)).isoformat())
    assert machine_state(world, asked_about(world)) == Case.ACTIVE
    configured(asked=True)
    configured(asked=False)
    assert machine_state(world, asked_about(World())) == Case.ACTIVE


def goal_in(case: Case, world: World) -> Goal:
    """The goal of a case."""
    with acting(world.worker):
        return Goal.objects.get(root_id=case.id)


def _add_goal(case: Case, world: World) -> None:
    casework.goal_of(case, world.worker, words="Sleep at night.")


def _add_action(case: Case, world: World) -> None:
    casework.action_of(case, world.worker, world.other_worker)


def _revise_goal(case: Case, world: World) -> None:
    take("revise", goal_in(case, world).id, world.worker, noun="goal", words="Something else.")


@pytest.mark.parametrize("change", [_add_goal, _add_action, _revise_goal])
def test_a_plan_that_changes_is_asked_about_again(world: World, change: Any) -> None:
    """Nobody agrees to what they have not read."""
    configured(asked=True)
    case = asked_about(world)
    waiting = question(world, case)
    change(case, world)
    assert question(world, case).state == "withdrawn"
    assert confirm(world.manager, waiting).status_code == 409
    with acting(world.manager):
        assert not Deadline.objects.filter(root_id=case.id, kind="confirmation", met_at=None, stopped_at=None).exists()
        assert not Plan.objects.filter(root_id=case.id).exists()
    with acting(world.worker):
        again = Case.objects.get(pk=case.id)
    work(world, "agree_plan", again, **ahead())
    assert confirm(world.manager, question(world, case)).status_code == 200
    assert machine_state(world, case) == Case.ACTIVE


def test_a_score_leaves_the_question_as_it_is(world: World) -> None:
    configured(asked=True)
    case = asked_about(world)
    take("score", goal_in(case, world).id, world.worker, noun="goal", score=5)
    assert question(world, case).state == "asked"
