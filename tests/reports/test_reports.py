"""A report is made once of published figures, and says the same for good; a correction makes another edition."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from python_calamine import CalamineWorkbook

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.ids import uuid7
from backend.reports.models import Report
from tests.actors import actor, browser_of
from tests.api.counting import said, statements
from tests.cases.conftest import World
from tests.factories import manager, officer, teacher
from tests.reports.making import LATER, NEXT_YEAR, QUARTER, SEPTEMBER, WHY, analyst, closed, made, numbers, read

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

PARTS = ("", "pdf/", "xlsx/", "ods/")
# The needs assessment reads the published months as well.
MAKING, READING, PRINTING, LISTING = 15, 5, 4, 4


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    with clock.at(LATER):
        yield World()


def test_the_same_months_are_the_same_report_whatever_is_published_meanwhile(world: World) -> None:
    closed(outcomes_met=5)
    first = made()
    assert first["title"] == "Strategic needs assessment, July to September 2026"
    assert numbers(first)["closings reason", "outcomes_met"] == 5
    assert first["is_unchanged"] is True
    closed(SEPTEMBER, outcomes_met=10)
    with clock.at(NEXT_YEAR):
        again = made()
    assert again == read(first) == first
    assert made(kind="funder_return")["id"] != first["id"]


def test_an_edition_after_another_month_says_why_and_what_is_different(world: World) -> None:
    closed(outcomes_met=5)
    first = made()
    [ends] = [section for section in first["sections"] if section["id"] == "closings"]
    assert ends["finding"].endswith("2 of 3 months are not published yet and not in it.")
    closed(SEPTEMBER, outcomes_met=5)
    answer = browser_of(analyst()).post(f"reports/{first['id']}/make-edition/", {"reason": WHY})
    assert answer.status_code == 201, answer.content
    second = answer.json()
    assert (second["edition"], second["reason"]) == (2, WHY)
    assert numbers(second)["closings reason", "outcomes_met"] == 10
    told = {(one["table"], one["label"]): (one["before"], one["now"]) for one in second["changes"]}
    assert told["How cases ended: Why cases closed", "The child’s needs are met"] == (5, 10)
    assert [one["edition"] for one in second["editions"]] == [2, 1]
    kept = read(first)
    assert {**kept, "editions": []} == {**first, "editions": []}
    assert [one["edition"] for one in kept["editions"]] == [2, 1]
    assert made()["id"] == second["id"], "whoever asks for these months gets the latest edition"


def test_an_edition_without_a_reason_or_without_a_difference_is_not_made(world: World) -> None:
    closed(outcomes_met=5)
    first = made()
    browser = browser_of(analyst())
    path = f"reports/{first['id']}/make-edition/"
    assert browser.post(path, {"reason": " "}).status_code == 400
    refused = browser.post(path, {"reason": WHY})
    assert refused.status_code == 409
    assert "every figure would be the same as in edition 1" in refused.json()["reasons"][0]
    assert len(read(first)["editions"]) == 1


def test_what_is_kept_was_published_before(world: World) -> None:
    closed(outcomes_met=10, turned_18=5)
    kept = Report.objects.using("default")
    with acting(analyst()):
        made(kind="funder_return")
        [report] = kept.filter(kind="funder_return")
    stored = [row for section in report.content["sections"] for table in section["tables"] for row in table["rows"]]
    assert stored
    assert all(row["number"] >= 5 and row["number"] % 5 == 0 for row in stored)
    assert {row["id"] for row in stored} >= {"outcomes_met", "turned_18"}


def test_only_months_that_are_over_can_be_reported_on(world: World) -> None:
    [make] = browser_of(analyst()).get("reports/new/").json()["options"]
    [periods] = [one["choices"] for one in make["input"] if one["name"] == "period"]
    assert (periods[0]["value"], periods[0]["label"]) == ("2026-07_2026-09", "July to September 2026")
    assert "April 2025 to March 2026" in {one["label"] for one in periods}
    for period in ("2026-10_2026-12", "2026-08_2026-09", "2026-08-05", ""):
        assert browser_of(analyst()).post("reports/", {**QUARTER, "period": period}).status_code == 400, period


def test_a_report_that_was_changed_behind_our_back_says_so(world: World) -> None:
    closed(outcomes_met=5)
    made()
    with acting(analyst()):
        [row] = Report.objects.all()
        # As somebody would who can write to the database, and forgets the proof.
        row.pk, row.edition, row.reason, row._state.adding = uuid7(), 2, WHY, True
        row.content["sections"][0]["finding"] = "All is well."
        row.save(force_insert=True)
    found = read({"id": row.pk})
    assert found["sections"][0]["finding"] == "All is well."
    assert found["is_unchanged"] is False


@pytest.mark.parametrize("words", ["UPDATE reports_report SET edition = 9", "DELETE FROM reports_report"])
def test_nobody_who_serves_changes_or_removes_one(world: World, words: str) -> None:
    made()
    with acting(analyst()), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(words)


def test_nobody_else_makes_reads_or_prints_one_and_the_database_shows_it_to_nobody_else(world: World) -> None:
    report = made()
    everybody = (world.manager, manager(), officer(), teacher(), actor("front-door", Role.SYSTEM_ADMINISTRATOR))
    for who in everybody:
        browser = browser_of(who)
        for path in (
            "reports/",
            "reports/new/",
            f"reports/{report['id']}/",
            f"reports/{report['id']}/pdf/",
            f"reports/{report['id']}/ods/",
        ):
            assert browser.get(path).status_code == 403, (who.role, path)
        assert browser.post("reports/", QUARTER).status_code == 403
        assert browser.post(f"reports/{report['id']}/make-edition/", {"reason": WHY}).status_code == 403
        with acting(who):
            assert not Report.objects.exists(), who.role
    with acting(analyst()):
        assert Report.objects.count() == 1


def test_nobody_adds_one_in_somebody_elses_name(world: World) -> None:
    made()
    with acting(analyst()):
        [row] = Report.objects.all()
        row.pk, row.edition, row.reason, row.by_id = row.partnership_id, 2, WHY, teacher().user_id
        row._state.adding = True
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)


def test_the_paper_has_the_numbers_the_definitions_and_the_proof(world: World) -> None:
    closed(outcomes_met=25)
    report = made()
    answer = browser_of(analyst()).get(f"reports/{report['id']}/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    assert "needs_assessment-2026-07-to-2026-09-edition-1.pdf" in answer["Content-Disposition"]
    pages = pypdfium2.PdfDocument(answer.content)
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    for words in ("July to September 2026", "The child’s needs are met", "25 100%", "August 2026", report["sha256"]):
        assert words in text, words
    for one in report["definitions"]:
        assert one["term"] in text


@pytest.mark.parametrize("code", ["xlsx", "ods"])
def test_the_data_pack_has_every_number_of_the_page_and_what_the_words_mean(world: World, code: str) -> None:
    closed(outcomes_met=25)
    report = made()
    answer = browser_of(analyst()).get(f"reports/{report['id']}/{code}/")
    assert f"edition-1.{code}" in answer["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    _head, *rows = book.get_sheet_by_name("Figures").to_python()
    assert sorted(row[3] for row in rows) == sorted(numbers(report).values())
    assert ["How cases ended", "Why cases closed", "The child’s needs are met", 25.0, "100%"] in rows
    terms = [row[0] for row in book.get_sheet_by_name("Definitions").to_python()]
    assert terms[1:] == [one["term"] for one in report["definitions"]]
    assert report["sha256"] in str(book.get_sheet_by_name("About").to_python())


def test_a_report_costs_the_same_however_much_it_counts(world: World) -> None:
    closed(outcomes_met=5)
    browser = browser_of(analyst())
    asked: dict[str, Any] = {}
    few = statements(lambda: asked.update(browser.post("reports/", QUARTER).json()))
    closed(SEPTEMBER, outcomes_met=10, turned_18=5)
    other = {**QUARTER, "kind": "funder_return"}
    many = statements(lambda: browser.post("reports/", other))
    assert len(few) <= MAKING, said(few)
    assert len(many) <= MAKING, said(many)
    for path, most in (
        (f"reports/{asked['id']}/", READING),
        (f"reports/{asked['id']}/pdf/", PRINTING),
        ("reports/", LISTING),
    ):
        found = statements(lambda path=path: browser.get(path))
        assert len(found) <= most, said(found)
