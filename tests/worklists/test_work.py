"""One person's work on one page: their own, whole, in order, and nothing of a child they may not see."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from backend.access.models import Conflict
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock
from tests import casework
from tests.actors import actor, browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World

pytestmark = pytest.mark.django_db
DETAIL = 15
PARTS = ("overdue", "today", "soon", "waiting", "turning_points")
MORNING = datetime(2026, 11, 25, 9, tzinfo=UTC)
VISIT = date(2026, 11, 27)


def led(world: World, **child: Any) -> Case:
    """A case allocated on a Wednesday morning, its first visit planned for the Friday."""
    with clock.at(MORNING):
        front_door = world.opened(world.referred(world.agency("city-early-help"), **child), led_by="city-early-help")
        return world.allocate(front_door.id, world.manager, world.worker, on=VISIT)


def work_of(who: Any, moment: datetime = MORNING) -> dict[str, Any]:
    with clock.at(moment):
        answer = browser_of(who).get("work/")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def labels(work: dict[str, Any]) -> dict[str, list[str]]:
    return {part: [item["label"] for item in work[part]] for part in PARTS if work[part]}


def test_the_next_step_and_the_clocks_of_my_case_move_from_soon_to_overdue(world: World) -> None:
    case = led(world)
    assert labels(work_of(world.worker)) == {"soon": ["First visit", "First contact with the family"]}
    friday = work_of(world.worker, datetime(2026, 11, 27, 9, tzinfo=UTC))
    assert labels(friday) == {"today": ["First visit"], "soon": ["First contact with the family"]}
    line = friday["today"][0]
    assert line["reference"] == case.reference
    assert (line["child_name"], line["url"], line["due_on"]) == ("Amina Example", f"/cases/{case.id}", "2026-11-27")
    later = work_of(world.worker, datetime(2026, 12, 9, 9, tzinfo=UTC))
    assert labels(later)["overdue"] == ["First visit", "First contact with the family"]
    assert [item["rag"] for item in later["overdue"]] == ["none", "red"]


def test_a_case_is_on_nobody_elses_list(world: World) -> None:
    led(world)
    for other in (world.other_worker, world.manager, world.teacher, world.stranger):
        assert labels(work_of(other)) == {}


def test_what_a_plan_asks_of_somebody_elsewhere_is_on_their_list_and_the_case_is_not(world: World) -> None:
    case = led(world)
    with clock.at(MORNING):
        action = casework.action_of(case, world.worker, world.teacher)
    work = work_of(world.teacher)
    assert labels(work) == {"soon": [action.text]}
    assert (work["soon"][0]["url"], work["soon"][0]["case_id"]) == (f"/actions/{action.id}", None)
    assert action.text not in str(work_of(world.worker))


def test_a_transfer_of_my_case_waits_for_the_other_agency(world: World) -> None:
    case = led(world)
    with clock.at(MORNING):
        world.proposed(case)
    assert labels(work_of(world.worker))["waiting"] == ["Youth Justice Service to say whether it takes the lead"]


def test_an_eighteenth_birthday_is_told_twelve_weeks_ahead(world: World) -> None:
    led(world, date_of_birth=date(2009, 1, 5))
    found = work_of(world.worker)["turning_points"]
    assert [(item["label"], item["due_on"]) for item in found] == [("Turns 18", "2027-01-05")]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_child_i_may_no_longer_see_is_on_no_list_of_mine(world: World) -> None:
    case = led(world)
    Conflict.objects.using("owner").create(user_id=world.worker.user_id, child_id=case.child_id)
    assert labels(work_of(world.worker)) == {}


def test_new_messages_are_counted(world: World) -> None:
    assert work_of(world.stranger)["unread_messages"] == 0


def test_a_role_that_works_with_no_child_is_refused_in_a_sentence(world: World) -> None:
    administrator = actor("front-door", Role.SYSTEM_ADMINISTRATOR)
    answer = browser_of(administrator).get("work/")
    assert answer.status_code == 403
    assert answer.json()["reasons"] == ["Your role, system administrator, is given no work with children."]


def test_it_costs_the_same_for_one_case_and_for_twenty(world: World) -> None:
    led(world)
    with clock.at(MORNING):
        browser = browser_of(world.worker)
        one = statements(lambda: browser.get("work/"))
        assert len(one) <= DETAIL, said(one)
    for number in range(19):
        led(world, given_name=f"Amina {number}", date_of_birth=date(2012, 5, 4) + timedelta(days=number))
    with clock.at(MORNING):
        many = statements(lambda: browser.get("work/"))
    assert len(many) == len(one), said(many)
