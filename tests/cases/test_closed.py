"""The closed cases of an agency: who sees which, what they are narrowed by, and what begins again from there."""

from datetime import timedelta

import pytest

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock
from tests.actors import actor, browser_of
from tests.api.counting import statements
from tests.cases.conftest import World
from tests.cases.test_dying import confirmed, given
from tests.cases.working import work

pytestmark = pytest.mark.django_db
PATH = "cases/closed/"
LISTED = 8


@pytest.fixture
def world(db: None) -> World:
    return World()


def ended(world: World, **given: object) -> Case:
    """A case of city early help that its worker closed."""
    case = world.allocated()
    return work(world, "close", case, goes_on="His school.", **given)


def found(who: Actor, query: str = "") -> list[dict[str, object]]:
    answer = browser_of(who).get(f"{PATH}?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def references(who: Actor, query: str = "") -> list[object]:
    return [row["reference"] for row in found(who, query)]


def test_the_leads_manager_sees_how_each_ended_the_last_one_first(world: World) -> None:
    first = ended(world)
    world.allocated()
    with clock.at(clock.now() + timedelta(days=3)):
        second = ended(world, reason_code="family_withdrew", risk_remains=False)
        rows = found(world.manager)
    assert [row["reference"] for row in rows] == [second.reference, first.reference]
    assert rows[1]["closing_reason_label"] == "The child’s needs are met"
    assert [option["name"] for option in rows[1]["options"]] == ["reopen"]
    assert rows[1]["may_refer_again"]


def test_another_agency_sees_none_of_them(world: World) -> None:
    ended(world)
    for who in (world.stranger, world.teacher, world.youth_justice_manager, actor("kite-street", Role.MANAGER)):
        assert browser_of(who).get(PATH).json().get("results", []) == []


def test_they_are_narrowed_by_reason_day_and_reference(world: World) -> None:
    case = ended(world)
    today = case.closed_at.date().isoformat() if case.closed_at else ""
    for query in ("reason=outcomes_met", f"since={today}&until={today}", f"reference={case.reference.lower()}"):
        assert references(world.manager, query) == [case.reference]
    for query in ("reason=moved_out_of_area", "since=2090-01-01", "until=2000-01-01", "reference=C-000-00000"):
        assert references(world.manager, query) == []


@pytest.mark.parametrize("query", ["reason=x", "since=x", "since=2026-02-02&until=2026-02-01", "name=Amina"])
def test_what_the_list_does_not_know_is_refused_at_its_field(world: World, query: str) -> None:
    assert browser_of(world.manager).get(f"{PATH}?{query}").status_code == 400


def test_nobody_is_referred_again_after_a_death(world: World) -> None:
    case = world.allocated()
    work(world, "record_death", case, by=world.manager, **given())
    assert confirmed(world, case).status_code == 200
    [row] = found(world.manager)
    assert row["reference"] == case.reference
    assert row["may_refer_again"] is False


def test_nor_where_the_death_came_after_the_end(world: World) -> None:
    case = ended(world)
    assert found(world.manager)[0]["may_refer_again"] is True
    work(world, "record_death", case, by=world.manager, **given())
    assert confirmed(world, case).status_code == 200
    assert found(world.manager)[0]["may_refer_again"] is False


def test_many_cost_no_more_than_one(world: World) -> None:
    browser = browser_of(world.manager)
    ended(world)
    one = len(statements(lambda: browser.get(PATH)))
    for _ in range(4):
        ended(world)
    assert len(statements(lambda: browser.get(PATH))) == one <= LISTED
