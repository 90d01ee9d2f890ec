"""Turning points that people record: a baby is born or lost, and a child moves to another school."""

from datetime import date, timedelta
from typing import Any

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.cases.models import Case
from backend.children.models import Child
from backend.core import clock
from backend.interventions.models import Intervention
from backend.notifications.models import Outbox
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.working import assessing, today
from tests.interventions.made import intervention_in, mentor

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
MOVES = "Changes school: look at the plan"


@pytest.fixture
def unborn(world: World) -> Case:
    """A case about a child that is expected in a month."""
    expected = today() + timedelta(days=30)
    child = world.referred(world.agency("city-early-help"), date_of_birth=None, expected_date=expected)
    in_hand = world.opened(child, led_by="city-early-help")
    return world.allocate(in_hand.id, world.manager, world.worker)


def page(who: Actor, case: Case) -> dict[str, Any]:
    return browser_of(who).get(f"cases/{case.id}/child/").json()


def send(who: Actor, case: Case, path: str, **given: Any) -> Any:
    return browser_of(who).post(f"cases/{case.id}/{path}/", {"version": page(who, case)["version"], **given})


def ways(who: Actor, case: Case) -> set[str]:
    return {one["name"] for one in page(who, case)["options"]}


def turns(who: Actor) -> list[tuple[str, str]]:
    """What stands among the turning points of somebody's work, with where it leads."""
    return [(one["label"], one["url"]) for one in browser_of(who).get("work/").json()["turning_points"]]


def child_of(who: Actor, case: Case) -> Child:
    with acting(who):
        return Child.objects.get(pk=case.child_id)


def lost(**given: Any) -> dict[str, Any]:
    next_on = (today() + timedelta(days=2)).isoformat()
    return {
        "ended_on": today().isoformat(),
        "told_by": "Her midwife, this morning",
        "next_action": "Ring her mother and listen.",
        "next_action_on": next_on,
        **given,
    }


def test_a_birth_takes_the_place_of_the_expected_day_and_is_found_by_it(world: World, unborn: Case) -> None:
    assert turns(world.worker) == [("Baby expected", f"/cases/{unborn.id}/do/record_birth?at=child")]
    born = {"date_of_birth": today().isoformat(), "given_name": "Noor", "family_name": "Example", "sex": "F"}
    assert send(world.worker, unborn, "birth", **born).status_code == 200
    child = child_of(world.worker, unborn)
    assert (child.name, child.date_of_birth, child.expected_date, child.sex) == ("Noor Example", today(), None, "F")
    assert any(f"{today():%Y%m%d}" in key for key in child.match_keys)
    assert turns(world.worker) == []
    latest = page(world.worker, unborn)["past"][0]
    assert latest["label"] == "Recorded that the baby is born"
    assert {"label": "First name", "before": "Amina", "after": "Noor"} in latest["changes"]
    shown = browser_of(world.worker).get(f"cases/{unborn.id}/timeline/?kind=automatic").json()["results"]
    assert shown[0]["label"] == "Recorded that the baby is born"
    again = send(world.worker, unborn, "birth", **born)
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")


@committed
def test_a_loss_ends_the_wait_and_says_what_happens_next_instead(world: World, unborn: Case) -> None:
    target = intervention_in(Intervention.OFFERED, unborn, world.worker)
    assert send(world.worker, unborn, "loss", **lost()).status_code == 200
    assert turns(world.worker) == []
    identity = browser_of(world.worker).get(f"cases/{unborn.id}/identity/").json()["child"]
    assert (identity["age"], identity["expected_date"]) == (None, None)
    assert identity["pregnancy_ended_on"] == today().isoformat()
    with acting(world.worker):
        case = Case.objects.get(pk=unborn.id)
    assert case.next_action == "Ring her mother and listen."
    assert ways(world.worker, unborn) == {"take_back_loss", "amend_child"}
    # Whoever gives a service learns of it from a person, not from a message.
    told = Outbox.objects.using("owner").filter(path=f"/interventions/{target.id}", message="case_family_needs_care")
    assert [one.urgent for one in told] == [True]
    assert "expected" not in str(browser_of(mentor()).get(f"interventions/{target.id}/").json()["child"])


def test_a_loss_recorded_in_error_is_taken_back_whole(world: World, unborn: Case) -> None:
    expected = child_of(world.worker, unborn).expected_date
    send(world.worker, unborn, "loss", **lost())
    back = send(world.manager, unborn, "loss-taken-back", reason="It was another family.")
    assert back.status_code == 200
    assert child_of(world.worker, unborn).expected_date == expected
    assert [label for label, _path in turns(world.worker)] == ["Baby expected"]
    late = send(world.manager, unborn, "loss-taken-back", reason="Again.")
    assert (late.status_code, late.json()["code"]) == (409, "wrong_state")


@pytest.mark.parametrize(
    ("path", "given", "field"),
    [
        ("birth", {"date_of_birth": "2100-01-01", "given_name": "Noor"}, "date_of_birth"),
        ("loss", lost(ended_on="2100-01-01"), "ended_on"),
        ("loss", lost(next_action_on="2020-01-01"), "next_action_on"),
        ("loss", lost(next_action=""), "next_action"),
        ("school-move", {"school": "Beech Grove School", "on": "2026-11-01"}, "school"),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(
    world: World, unborn: Case, path: str, given: dict[str, Any], field: str
) -> None:
    refused = send(world.worker, unborn, path, **given)
    assert refused.status_code == 400
    assert list(refused.json()["fields"]) == [field]


def test_a_school_move_ahead_is_a_turning_point_and_happens_by_itself(world: World) -> None:
    case = assessing(world)
    on = today() + timedelta(days=20)
    moved = send(world.worker, case, "school-move", school="Beech Grove School", on=on.isoformat())
    assert moved.status_code == 200, moved.json()
    assert moved.json()["done"] == ["Look at the plan: who at the new school knows of it, and what may they be told?"]
    assert (MOVES, f"/cases/{case.id}/plan") in turns(world.worker)
    answers = {one["label"]: one["value"] for one in page(world.worker, case)["answers"]}
    assert answers["Moves to"] == "Beech Grove School"
    with clock.at(clock.now() + timedelta(days=21)):
        child = browser_of(world.worker).get(f"cases/{case.id}/").json()["child"]
        assert child["school"] == "Beech Grove School"
        assert (MOVES, f"/cases/{case.id}/plan") in turns(world.worker)
        answers = {one["label"]: one["value"] for one in page(world.worker, case)["answers"]}
        assert answers["School, nursery or college"] == "Beech Grove School"
    with clock.at(clock.now() + timedelta(days=60)):
        assert MOVES not in {label for label, _path in turns(world.worker)}
    again = send(world.worker, case, "school-move", school="Beech Grove School", on=on.isoformat())
    assert again.json()["fields"] == {"school": ["That is written down already."]}


def test_nobody_else_records_a_turning_point(world: World, unborn: Case) -> None:
    version = page(world.worker, unborn)["version"]
    born = {"date_of_birth": date(2026, 1, 5).isoformat(), "given_name": "Noor", "version": version}
    for nobody in (world.teacher, world.stranger, world.youth_justice_worker):
        assert browser_of(nobody).post(f"cases/{unborn.id}/birth/", born).status_code == 404
        assert browser_of(nobody).post(f"cases/{unborn.id}/loss/", {**lost(), "version": version}).status_code == 404
    assert child_of(world.worker, unborn).expected_date is not None
