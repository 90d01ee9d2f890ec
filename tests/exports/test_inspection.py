"""Lists in the style of Annex A: one workbook for a manager, each sheet with who the child is in national codes."""

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from backend.agencies.roles import Role
from backend.core import clock
from backend.deadlines.calendar import local
from backend.exports.lists.inspection import INSPECTION, _since
from tests.actors import actor, browser_of
from tests.cases.conftest import World
from tests.exports.conftest import Looked, ask, content, ready

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WHO = ["Child’s reference here", "Date of birth", "Expected date of birth", "Sex", "Ethnicity"]


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (datetime(2026, 11, 27, 12, tzinfo=UTC), date(2026, 5, 27)),
        (datetime(2026, 8, 31, 12, tzinfo=UTC), date(2026, 2, 28)),
        (datetime(2026, 3, 2, 12, tzinfo=UTC), date(2025, 9, 2)),
    ],
)
def test_six_months_are_months_of_the_calendar(today: datetime, since: date) -> None:
    with clock.at(today):
        assert local(_since()).date() == since


def sheets(answer: Any) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@committed
def test_a_manager_gets_a_workbook_with_a_sheet_for_each_list(world: World, looked: Looked) -> None:
    case = world.allocated()
    world.proposed(case)
    key = ready(world.manager, "inspection")
    found = sheets(content(world.manager, key))
    assert list(found) == [one.label for one in INSPECTION.parts]
    for one in INSPECTION.parts:
        assert found[one.label][0] == [*WHO, *one.columns[len(WHO) :]]
    [row] = found["4 Open cases"][1:]
    assert row[:6] == [str(case.child_id), date(2012, 5, 4), "", "U", "NOBT", case.reference]
    assert found["6 Transfers, 6 months"][1][5] == case.reference
    assert found["1 Contacts, 6 months"][1][5].startswith("R-")
    text = str(found)
    assert "Amina" not in text, "no name leaves in these lists"
    rows = sum(len(sheet) - 1 for sheet in found.values())
    made = browser_of(world.manager).get(f"exports/{key}/").json()
    assert (made["rows_done"], made["rows_total"]) == (rows, rows)
    assert {case.child_id} <= set(looked()[-1][6])


@committed
def test_plain_text_is_a_file_for_each_list_with_days_as_english_people_write_them(world: World) -> None:
    world.allocated()
    answer = content(world.manager, ready(world.manager, "inspection", file_format="csv"))
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert len(archive.namelist()) == len(INSPECTION.parts)
        assert '"04/05/2012"' in archive.read("4 Open cases.csv").decode("utf-8-sig")


def test_only_a_manager_asks_for_them_and_the_form_says_which_lists_they_are(world: World) -> None:
    officer = actor("city-early-help", Role.TRIAGE_OFFICER)
    assert ask(world.manager, "inspection").status_code == 201
    assert ask(officer, "inspection").status_code == 403
    offered = {
        who.role: [one["list"] for one in browser_of(who).get("exports/offers/").json()["offers"]]
        for who in (world.manager, officer)
    }
    assert offered == {
        Role.MANAGER: ["referrals", "cases", "cases_closed", "inspection"],
        Role.TRIAGE_OFFICER: ["referrals", "cases", "cases_closed"],
    }
    form = browser_of(world.manager).get("exports/form/?list=inspection").json()
    assert form["columns"] == [one.label for one in INSPECTION.parts]
    assert "in the style of Annex A" in form["title"]


@committed
def test_another_agency_has_none_of_it(world: World) -> None:
    world.allocated()
    found = sheets(content(world.youth_justice_manager, ready(world.youth_justice_manager, "inspection")))
    assert [len(rows) for rows in found.values()] == [1] * len(INSPECTION.parts)
