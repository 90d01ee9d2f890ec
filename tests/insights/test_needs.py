"""Referrals by place and cause, for those who see no child: every number a sum of what was published, and no other."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from backend.agencies.models import Partnership
from backend.agencies.roles import Role
from backend.core import clock, vocabulary
from backend.insights.codes import DIMENSIONS
from backend.insights.models import PublishedMonth
from backend.insights.places import tiles
from backend.insights.queries.published import month_name, months_up_to
from tests.actors import actor, browser_of
from tests.api.counting import said, statements
from tests.factories import manager, officer, teacher
from tests.insights.made import ACOCKS_GREEN, SHELDON, analyst

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
MONTHS = months_up_to(date(2026, 10, 1))
VIOLENCE, NEIGHBOURHOODS = "violence_reduction", "stronger_neighbourhoods"
FACTOR = "carries_weapon"
STATEMENTS = 4
# (ward, theme, age): a number, and of how many a factor is named; the rest is alike.
CELLS = {
    (ACOCKS_GREEN, VIOLENCE, "14_15"): (20, 10),
    (ACOCKS_GREEN, NEIGHBOURHOODS, "10_13"): (5, 0),
    (SHELDON, VIOLENCE, "10_13"): (10, 5),
    ("not_known", VIOLENCE, "10_13"): (5, 0),
}


@pytest.fixture(autouse=True)
def today(transactional_db: None) -> Iterator[None]:
    with clock.at(NOW):
        yield


def key(ward: str, theme: str, age: str) -> list[str]:
    return [ward, theme, "education", "accepted", age, "M", "white", "none"]


def published(*months: date, cells: Any = CELLS) -> None:
    """The same cells in each of these months, as the worker keeps them."""
    rows = [
        {"key": key(*place), "number": number, "marks": {FACTOR: marks} if marks else {}}
        for place, (number, marks) in cells.items()
    ]
    partnership = Partnership.objects.using("owner").get()
    for month in MONTHS:
        of_month = rows if month in months else []
        PublishedMonth.objects.using("owner").create(
            partnership=partnership, counted="referrals", month=month, cells=of_month
        )


def report(who: Any = None, **asked: str) -> dict[str, Any]:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    answer = browser_of(who or analyst()).get(f"figures/needs/{'?' * bool(query)}{query}")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def by_ward(found: dict[str, Any]) -> dict[str, int]:
    return {one["id"]: one["number"] for one in found["wards"] if one["number"] is not None}


def cut(found: dict[str, Any], name: str) -> dict[str, int]:
    return {row["id"]: row["number"] for one in found["cuts"] if one["id"] == name for row in one["rows"]}


def choice(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in found["choices"] if one["name"] == name)


def test_every_table_adds_up_to_the_same_total() -> None:
    published(MONTHS[-1], MONTHS[-2])
    found = report()
    assert found["total"] == 80
    assert sum(by_ward(found).values()) + found["no_ward"] == 80
    assert sum(one["number"] or 0 for one in found["months"]) == 80
    assert {one["id"]: sum(cut(found, one["id"]).values()) for one in found["cuts"]} == dict.fromkeys(
        ("theme", "source", "decision", "age", "sex", "ethnicity", "needs"), 80
    )
    assert by_ward(found) == {ACOCKS_GREEN: 50, SHELDON: 20}
    assert cut(found, "age") == {"14_15": 40, "10_13": 40}
    label = vocabulary.get("factors").label(FACTOR)
    row = {"id": FACTOR, "label": label, "number": 30, "percent": 38, "protects": False}
    assert found["factors"] == [row]


def test_a_rate_is_the_published_number_for_each_thousand_people_of_all_ages() -> None:
    published(MONTHS[-1])
    found = report()
    ward = next(one for one in found["wards"] if one["id"] == ACOCKS_GREEN)
    assert (ward["people"], ward["number"], ward["rate"]) == (25120, 25, 1.0)
    people = sum(int(term.more["population"]) for term in vocabulary.get("wards"))
    assert sum(one["people"] for one in found["wards"]) == people == 1_183_618
    assert found["rate"] == round(35_000 / people, 1), "children of no known ward are in no rate"
    unknown = next(one for one in found["wards"] if one["id"] == "E05011151")
    assert unknown["number"] is unknown["rate"] is None


def test_filters_are_combined_and_a_board_reads_through_its_theme() -> None:
    published(MONTHS[-1])
    assert report(theme=VIOLENCE)["total"] == 35
    assert report(theme=VIOLENCE, age="10_13")["total"] == 15
    found = report(theme=VIOLENCE, factor=FACTOR)
    assert (found["total"], by_ward(found)) == (15, {ACOCKS_GREEN: 10, SHELDON: 5})
    assert [row["id"] for row in found["factors"]] == [FACTOR]
    assert "theme" not in {one["id"] for one in found["cuts"]}
    assert choice(found, "theme")["chosen"] == VIOLENCE
    assert report(source="health")["total"] == 0


def test_the_map_shows_all_wards_where_the_rest_is_of_one() -> None:
    published(MONTHS[-1])
    found = report(ward=SHELDON)
    assert (found["total"], cut(found, "age")) == (10, {"10_13": 10})
    assert by_ward(found) == by_ward(report())


def test_a_quarter_is_three_whole_months_that_were_published() -> None:
    published(*MONTHS)
    found = report()
    quarters = [one["code"] for one in choice(found, "period")["options"]]
    assert quarters == ["2026-Q3", "2026-Q2", "2026-Q1"], "October 2026 has a quarter to go, November 2025 lacks one"
    summer = report(period="2026-Q3")
    assert [one["id"] for one in summer["months"]] == ["2026-07-01", "2026-08-01", "2026-09-01"]
    assert (found["total"], summer["total"]) == (480, 120)
    assert report(period="1999-Q1")["total"] == 480, "one that is no longer there gives the twelve months"


def test_without_any_published_month_there_is_nothing_and_no_number() -> None:
    found = report()
    assert (found["months"], found["total"], found["published_at"]) == ([], 0, None)


@pytest.mark.parametrize("asked", ["theme=luck", "ward=E05011150x", "factor=luck", "period=2026", "child=1"])
def test_what_is_no_filter_cannot_be_asked_for(asked: str) -> None:
    assert browser_of(analyst()).get(f"figures/needs/?{asked}").status_code == 400


def test_nobody_but_an_analyst_reads_it() -> None:
    published(MONTHS[-1])
    for who in (manager(), officer(), teacher(), actor("front-door", Role.SYSTEM_ADMINISTRATOR)):
        for path in ("figures/needs/", "figures/needs/map/"):
            assert browser_of(who).get(path).status_code == 403
    assert report()["total"] == 40


def test_twelve_months_are_read_at_once() -> None:
    published(*MONTHS)
    browser = browser_of(analyst())
    browser.get("figures/needs/")
    found = statements(lambda: browser.get("figures/needs/"))
    assert len(found) <= STATEMENTS, said(found)


def test_every_ward_has_a_tile_of_its_own_and_the_population_of_its_source() -> None:
    assert {tile.code for tile in tiles()} == set(vocabulary.get("wards").codes)
    for taken in (lambda tile: (tile.row, tile.column), lambda tile: tile.short):
        assert max(Counter(map(taken, tiles())).values()) == 1
    with (Path(__file__).parents[2] / "fixtures/reference/ward_tiles.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {(line["code"], line["name"], line["source"]) for line in lines} == {
        (term.code, term.label, "own layout") for term in vocabulary.get("wards")
    }


def test_months_are_called_alike_in_cells_and_reports() -> None:
    assert DIMENSIONS[0] == "month"
    assert month_name(MONTHS[-1]) == "2026-10"
