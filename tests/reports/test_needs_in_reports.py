"""A needs assessment says who was referred, from where and why, in the numbers that were published and in no other."""

from collections.abc import Iterator
from datetime import date

import pytest

from backend.agencies.models import Partnership
from backend.core import clock
from backend.insights.models import PublishedMonth
from tests.insights.made import ACOCKS_GREEN, SHELDON
from tests.reports.making import AUGUST, JULY, LATER, SEPTEMBER, made, numbers

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def today(transactional_db: None) -> Iterator[None]:
    with clock.at(LATER):
        yield


def published(month: date, **numbers_of_wards: int) -> None:
    """A month as the worker keeps it, with half of each ward naming a weapon carried and a trusted adult."""
    wards = {"acocks_green": ACOCKS_GREEN, "sheldon": SHELDON}
    cells = [
        {
            "key": [wards[name], "violence_reduction", "education", "accepted", "14_15", "M", "white", "none"],
            "number": number,
            "marks": {"carries_weapon": number // 2, "trusted_adult": number // 2},
        }
        for name, number in numbers_of_wards.items()
    ]
    partnership = Partnership.objects.using("owner").get()
    PublishedMonth.objects.using("owner").create(partnership=partnership, counted="referrals", month=month, cells=cells)


def test_it_tells_of_each_ward_cause_and_group_what_was_published() -> None:
    published(JULY, acocks_green=20, sheldon=10)
    published(AUGUST, sheldon=30)
    published(SEPTEMBER)
    report = made()
    found = numbers(report)
    assert {row: number for (table, row), number in found.items() if table == "place ward"} == {
        ACOCKS_GREEN: 20,
        SHELDON: 40,
    }
    assert (found["causes risk", "carries_weapon"], found["causes protective", "trusted_adult"]) == (30, 30)
    assert (found["received source", "education"], found["received decision", "accepted"]) == (60, 60)
    assert found["groups age", "14_15"] == 60
    [received] = [section for section in report["sections"] if section["id"] == "received"]
    assert received["finding"] == "About 60 referrals were received from July to September 2026."
    assert [row["id"] for table in received["tables"] for row in table["rows"] if table["id"] == "month"] == [
        "2026-07",
        "2026-08",
    ]


def test_a_month_that_is_not_published_yet_is_said_to_be_missing() -> None:
    published(JULY, sheldon=10)
    [received] = [section for section in made()["sections"] if section["id"] == "received"]
    assert received["finding"].endswith("2 of 3 months are not published yet and not in it.")


def test_where_nothing_was_published_it_says_that_there_is_too_little_to_show() -> None:
    sections = {section["id"]: section for section in made()["sections"]}
    assert sections["received"]["finding"].startswith("Too few referrals received from July to September 2026")
    assert sections.keys().isdisjoint({"place", "causes", "groups"})
