"""A caseload by what is due next: every source of a date, the order of its pages, whose it is, and finding in it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from backend.access.models import Conflict
from backend.cases.models import Case
from backend.children.models import Child
from backend.core import clock
from backend.worklists.rules import turning_points
from tests import casework
from tests.actors import bound_to, browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.interventions import made

pytestmark = pytest.mark.django_db
LIST = 8
MORNING = datetime(2026, 11, 25, 9, tzinfo=UTC)
TODAY = date(2026, 11, 25)
FAR = date(2027, 3, 1)
_COMING = "SELECT label, (due_at AT TIME ZONE 'Europe/London')::date FROM app.coming_in(%s, %s, 84, '{}')"


def led(world: World, *, on: date = FAR, **child: Any) -> Case:
    """A case allocated this morning; the next step is so far off that, unless said otherwise, its clock comes first."""
    with clock.at(MORNING):
        front_door = world.opened(world.referred(world.agency("city-early-help"), **child), led_by="city-early-help")
        return world.allocate(front_door.id, world.manager, world.worker, on=on)


def listed(who: Any, view: str = "mine", *, at: datetime = MORNING) -> list[dict[str, Any]]:
    with clock.at(at):
        answer = browser_of(who).get(f"cases/?view={view}")
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def coming(who: Any, case: Case, *, at: datetime = MORNING) -> tuple[str, str | None, bool, str]:
    """What comes next in one case, on which day, whether that is over, and which page it opens."""
    (row,) = [one for one in listed(who, at=at) if one["id"] == str(case.id)]
    shown = row["coming"]
    assert (shown["due_at"] is None) != (shown["due_on"] is None)
    return shown["label"], shown["due_on"] or shown["due_at"][:10], shown["is_late"], shown["url"]


def warned(world: World, case: Case, review_on: date) -> None:
    body = {"codes": ["dogs"], "note": "", "disclosure": "family_knows", "review_on": review_on.isoformat()}
    with clock.at(MORNING):
        answer = browser_of(world.worker).post(f"cases/{case.id}/alerts/", body)
    assert answer.status_code == 201, answer.content


def test_whatever_is_due_first_is_what_comes_next(world: World) -> None:
    case, page = led(world, date_of_birth=date(2008, 11, 26)), "/cases/{}"
    here = page.format(case.id)
    assert coming(world.worker, case) == ("Turns 18", "2026-11-26", False, here)
    after = datetime(2026, 11, 27, 9, tzinfo=UTC)
    assert coming(world.worker, case, at=after) == ("First contact with the family", "2026-12-02", False, here)
    warned(world, case, date(2026, 12, 1))
    assert coming(world.worker, case, at=after)[:2] == ("Look again at what visitors must know", "2026-12-01")
    with clock.at(MORNING):
        action = casework.action_of(case, world.worker, world.teacher, due_on="2026-11-30")
    assert coming(world.worker, case, at=after) == (action.text, "2026-11-30", False, f"/actions/{action.id}")
    with clock.at(MORNING):
        service = made.intervention_in("started", case, world.worker)
        made.ahead(service, made.mentor(), days=4)
    label = f"Session of {service.service_name}"
    assert coming(world.worker, case, at=after) == (label, "2026-11-29", False, f"/interventions/{service.id}")


def test_the_next_step_comes_next_until_its_day_is_over_and_is_late_then(world: World) -> None:
    case = led(world, on=date(2026, 11, 27))
    evening = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)
    assert coming(world.worker, case, at=evening)[:3] == ("First visit", "2026-11-27", False)
    midnight = datetime(2026, 11, 28, 0, 1, tzinfo=UTC)
    assert coming(world.worker, case, at=midnight)[:3] == ("First visit", "2026-11-27", True)


def test_what_is_over_or_rests_does_not_come_next(world: World) -> None:
    case = led(world)
    with clock.at(MORNING):
        service = made.intervention_in("started", case, world.worker)
        made.ahead(service, made.mentor(), days=1)
        made.go("end_early", service, made.mentor())
    assert coming(world.worker, case)[0] == "First contact with the family"


def test_overdue_comes_first_and_pages_go_on_where_they_ended(world: World) -> None:
    days = [27, 26, 30, 26, 28]
    cases = [led(world, given_name=f"Amina {at}", on=date(2026, 11, day)) for at, day in enumerate(days)]
    now = datetime(2026, 11, 27, 9, tzinfo=UTC)
    whole = listed(world.manager, "lead", at=now)
    expected = [case.reference for case in sorted(cases, key=lambda one: (one.next_action_on, one.id))]
    assert [row["reference"] for row in whole] == expected
    assert [row["coming"]["is_late"] for row in whole] == [True, True, False, False, False]
    seen, cursor = [], ""
    with clock.at(now):
        while cursor is not None:
            page = browser_of(world.manager).get(f"cases/?view=lead&page_size=2&cursor={cursor}").json()
            seen += [row["reference"] for row in page["results"]]
            cursor = page["next"]
    assert seen == expected


@pytest.mark.parametrize(
    "facts",
    [
        {"date_of_birth": date(2009, 5, 31)},
        {"date_of_birth": date(2009, 8, 31)},
        {"date_of_birth": date(2008, 11, 25)},
        {"date_of_birth": date(2008, 11, 24)},
        {"date_of_birth": date(2009, 2, 18)},
        {"date_of_birth": None, "expected_date": date(2026, 11, 1)},
        {"date_of_birth": None, "expected_date": date(2026, 5, 1)},
        {"date_of_birth": None, "expected_date": date(2026, 11, 1), "pregnancy_ended_on": date(2026, 10, 1)},
        {"date_of_birth": date(2012, 5, 4), "school_changes_on": date(2026, 11, 10)},
        {"date_of_birth": date(2012, 5, 4), "school_changes_on": date(2026, 9, 1)},
    ],
)
def test_the_database_counts_turning_points_as_the_rule_does(world: World, facts: dict[str, Any]) -> None:
    case = led(world, **facts)
    shown = coming(world.worker, case)[:2]
    points = [(one.label, one.on.isoformat()) for one in turning_points(Child(**facts), on=TODAY)]
    expected = min([*points, ("First contact with the family", "2026-12-02")], key=lambda one: one[1])
    assert shown == expected


def test_nobody_else_is_told_what_comes_in_a_case(world: World) -> None:
    case = led(world)
    for who, sees in ((world.worker, True), (world.manager, True), (world.stranger, False), (world.teacher, False)):
        bound_to(who.membership_id)
        with connection.cursor() as cursor:
            cursor.execute(_COMING, [[case.id], TODAY])
            assert bool(cursor.fetchall()) is sees, who.role


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_child_i_may_no_longer_see_is_in_no_caseload_of_mine(world: World) -> None:
    case = led(world)
    assert len(listed(world.worker)) == 1
    Conflict.objects.using("owner").create(user_id=world.worker.user_id, child_id=case.child_id)
    assert listed(world.worker) == []


def test_a_case_is_found_among_those_of_the_caseload_by_name_or_reference(world: World) -> None:
    mine = led(world, on=date(2026, 11, 27))
    other = led(world, given_name="Bilal", date_of_birth=date(2013, 1, 1))
    browser = browser_of(world.worker)

    def found(text: str, view: str = "mine") -> list[str]:
        with clock.at(MORNING):
            answer = browser.post("cases/find/", {"text": text, "view": view})
        assert answer.status_code == 200, answer.content
        return [row["reference"] for row in answer.json()["results"]]

    assert found("amin") == [mine.reference]
    assert found("Example") == [mine.reference, other.reference]
    assert found(f" {other.reference.lower()} ") == [other.reference]
    assert found("Bartholomew") == []
    assert browser_of(world.other_worker).post("cases/find/", {"text": "amin", "view": "mine"}).json()["results"] == []


def test_an_unknown_caseload_is_refused(world: World) -> None:
    browser = browser_of(world.worker)
    assert browser.get("cases/?view=all").status_code == 400
    assert browser.post("cases/find/", {"text": "Amina", "view": "all"}).status_code == 400


def test_it_costs_the_same_for_one_case_and_for_twenty(world: World) -> None:
    led(world)
    with clock.at(MORNING):
        browser = browser_of(world.worker)
        one = statements(lambda: browser.get("cases/"))
        assert len(one) <= LIST, said(one)
    for number in range(19):
        led(world, given_name=f"Amina {number}", date_of_birth=date(2012, 5, 4) + timedelta(days=number))
    with clock.at(MORNING):
        many = statements(lambda: browser.get("cases/"))
    assert len(many) == len(one), said(many)
