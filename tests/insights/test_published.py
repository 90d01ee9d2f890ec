"""How cases of the partnership ended, for those who see no child: only what was published, and nobody else asks."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.core import clock
from tests.actors import actor, browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.cases.working import assessing, now, work
from tests.factories import manager, officer, teacher

pytestmark = pytest.mark.django_db

OCTOBER = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
ENDS = {"outcomes_met": 7, "turned_18": 4, "not_needed": 1}
STATEMENTS = 6


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with clock.at(LATER):
        yield World()


def analyst() -> Any:
    return actor("community-safety", Role.PARTNERSHIP_ANALYST)


def closed(world: World, ends: dict[str, int], at: datetime = OCTOBER) -> None:
    for reason, number in ends.items():
        for _each in range(number):
            with clock.at(at):
                work(world, "close", now(world, assessing(world)), reason_code=reason, goes_on="School nurse.")


def report(theme: str = "", who: Any = None) -> dict[str, Any]:
    answer = browser_of(who or analyst()).get(f"figures/published/?theme={theme}" if theme else "figures/published/")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def numbers(found: dict[str, Any], table: str) -> dict[str, int]:
    return {row["id"]: row["number"] for one in found["tables"] if one["id"] == table for row in one["rows"]}


def test_every_number_is_rounded_near_to_what_it_was_and_totals_agree(world: World) -> None:
    closed(world, ENDS)
    found = report()
    reasons = numbers(found, "reason")
    assert abs(found["total"] - sum(ENDS.values())) < found["base"]
    assert all(abs(reasons.get(reason, 0) - number) < found["base"] for reason, number in ENDS.items())
    for table in ("reason", "theme", "agency", "month"):
        assert sum(numbers(found, table).values()) == found["total"]
        assert all(number % 5 == 0 and number >= 5 for number in numbers(found, table).values())
    assert report("violence_reduction")["total"] == found["total"]
    assert report("reducing_offending")["tables"][0]["rows"] == []
    assert set(reasons) <= set(ENDS)


def test_one_case_more_changes_no_number_by_one(world: World) -> None:
    closed(world, ENDS)
    before = report()
    closed(world, {"turned_18": 1})
    after = report()
    for table in ("reason", "theme", "agency", "month"):
        moved = Counter(numbers(after, table))
        moved.subtract(numbers(before, table))
        assert all(number % 5 == 0 for number in moved.values())


def test_a_month_that_is_not_over_is_not_there_and_one_that_is_long_over_neither(world: World) -> None:
    closed(world, {"outcomes_met": 5}, LATER - timedelta(days=2))
    assert report()["total"] == 0
    with clock.at(LATER + timedelta(days=10)):
        found = report()
        assert (found["first_month"], found["last_month"]) == ("2025-12-01", "2026-11-01")
        assert numbers(found, "month") == {"2026-11": 5}
    with clock.at(LATER + timedelta(days=400)):
        assert report()["total"] == 0


def test_it_names_no_child_and_no_case(world: World) -> None:
    closed(world, ENDS)
    text = browser_of(analyst()).get("figures/published/").content.decode()
    assert "Amina" not in text
    assert "C-" not in text


def test_nobody_else_reads_it_and_the_database_gives_them_no_cell_either(world: World) -> None:
    closed(world, {"outcomes_met": 5})
    given = {}
    for who in (
        analyst(),
        world.manager,
        manager(),
        officer(),
        teacher(),
        actor("front-door", Role.SYSTEM_ADMINISTRATOR),
    ):
        if who.role is not Role.PARTNERSHIP_ANALYST:
            assert browser_of(who).get("figures/published/").status_code == 403
        with acting(who), connection.cursor() as cursor:
            cursor.execute("SELECT sum(number) FROM app.closings_counted(%s)", [LATER])
            given[who.role] = cursor.fetchone()[0]
    assert {role for role, number in given.items() if number} == {Role.PARTNERSHIP_ANALYST}


def test_an_analyst_still_reads_no_case(world: World) -> None:
    closed(world, {"outcomes_met": 1})
    for path in ("figures/outcomes/", "figures/flow/", "figures/outcomes/list/?figure=reasons"):
        assert browser_of(analyst()).get(path).status_code == 403


def test_a_theme_that_is_none_cannot_be_asked_for(world: World) -> None:
    assert browser_of(analyst()).get("figures/published/?theme=luck").status_code == 400


def test_it_costs_the_same_however_much_is_counted(world: World) -> None:
    closed(world, {"outcomes_met": 2})
    browser = browser_of(analyst())
    before = statements(lambda: browser.get("figures/published/"))
    closed(world, ENDS)
    found = statements(lambda: browser.get("figures/published/"))
    assert len(found) == len(before) <= STATEMENTS, said(found)


def test_each_table_says_what_it_finds(world: World) -> None:
    closed(world, ENDS)
    found = {one["id"]: one["finding"] for one in report()["tables"]}
    assert found["reason"] == "Most often “The child’s needs are met”: about 10 of 15 cases."
    assert found["month"] == "Most in October 2026: about 15 cases. In 11 of 12 months there were too few to show."
    with clock.at(LATER + timedelta(days=400)):
        assert {one["finding"][:7] for one in report()["tables"]} == {"Too few"}
