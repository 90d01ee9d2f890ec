"""How cases of the partnership ended, for those who see no child: only what was published, and nobody else asks."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from backend.agencies.models import Agency, Partnership
from backend.agencies.roles import Role
from backend.core import clock
from backend.insights.models import PublishedMonth
from backend.insights.queries.published import months_up_to
from tests.actors import actor, browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.factories import manager, officer, teacher
from tests.insights.made import analyst

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

LATER = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
OCTOBER = date(2026, 10, 1)
# (theme, reason): a number, as it was published.
CELLS = {
    ("violence_reduction", "outcomes_met"): 10,
    ("violence_reduction", "turned_18"): 5,
    ("stronger_neighbourhoods", "outcomes_met"): 5,
}
STATEMENTS = 6


@pytest.fixture(autouse=True)
def today(transactional_db: None) -> Iterator[None]:
    with clock.at(LATER):
        yield


def published(cells: Mapping[tuple[str, str], int] = CELLS, last: date = OCTOBER) -> None:
    """Twelve months as the worker keeps them, with these cells in the last of them."""
    partnership, agency = Partnership.objects.using("owner").get(), Agency.objects.using("owner").order_by("id").first()
    assert agency is not None
    kept = [{"key": [one, str(agency.id), why], "number": number, "marks": {}} for (one, why), number in cells.items()]
    for month in months_up_to(last):
        PublishedMonth.objects.using("owner").create(
            partnership=partnership, counted="closings", month=month, cells=kept if month == last else []
        )


def report(theme: str = "", who: Any = None) -> dict[str, Any]:
    answer = browser_of(who or analyst()).get(f"figures/published/?theme={theme}" if theme else "figures/published/")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def numbers(found: dict[str, Any], table: str) -> dict[str, int]:
    return {row["id"]: row["number"] for one in found["tables"] if one["id"] == table for row in one["rows"]}


def test_every_table_is_a_sum_of_the_same_published_cells(world: World) -> None:
    published()
    found = report()
    assert (found["total"], numbers(found, "reason")) == (20, {"outcomes_met": 15, "turned_18": 5})
    assert numbers(found, "month") == {"2026-10": 20}
    for table in ("reason", "theme", "agency", "month"):
        assert sum(numbers(found, table).values()) == found["total"], table
    narrowed = report("violence_reduction")
    assert (narrowed["total"], numbers(narrowed, "reason")) == (15, {"outcomes_met": 10, "turned_18": 5})
    assert report("reducing_offending")["tables"][0]["rows"] == []


@pytest.fixture
def world() -> World:
    return World()


def test_it_is_of_the_last_twelve_months_that_were_published_and_says_so_where_none_was() -> None:
    nothing = report()
    assert (nothing["total"], nothing["published_at"], nothing["first_month"], nothing["last_month"]) == (
        0, None, None, None,
    )  # fmt: skip
    assert {one["finding"][:7] for one in nothing["tables"]} == {"Too few"}
    published()
    found = report()
    assert (found["first_month"], found["last_month"]) == ("2025-11-01", "2026-10-01")
    with clock.at(LATER + timedelta(days=400)):
        assert report() == found, "no month moves, and none is counted before it is published"


def test_each_table_says_what_it_finds() -> None:
    published()
    found = {one["id"]: one["finding"] for one in report()["tables"]}
    assert found["reason"] == "Most often “The child’s needs are met”: about 15 of 20 cases."
    assert found["month"] == "Most in October 2026: about 20 cases. In 11 of 12 months there were too few to show."


def test_nobody_else_reads_it_and_an_analyst_still_reads_no_case(world: World) -> None:
    published()
    for who in (world.manager, manager(), officer(), teacher(), actor("front-door", Role.SYSTEM_ADMINISTRATOR)):
        assert browser_of(who).get("figures/published/").status_code == 403, who.role
    for path in ("figures/outcomes/", "figures/flow/", "figures/works/", "figures/outcomes/list/?figure=reasons"):
        assert browser_of(analyst()).get(path).status_code == 403, path
    assert browser_of(analyst()).get("figures/published/?theme=luck").status_code == 400


def test_it_costs_the_same_however_much_is_counted() -> None:
    published({("violence_reduction", "outcomes_met"): 5})
    browser = browser_of(analyst())
    before = statements(lambda: browser.get("figures/published/"))
    published(last=date(2025, 10, 1))
    found = statements(lambda: browser.get("figures/published/"))
    assert len(found) <= len(before) <= STATEMENTS, said(found)
