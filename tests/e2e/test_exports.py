"""A manager takes a list along as a file: asks for it on the list's page, watches it being made, and deletes it."""

import io
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from backend.exports.commands.making import MAKE
from tests.e2e.ageing import minute_is_up
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import EARLY_HELP_MANAGER, GOVERNANCE, OFFICER
from tests.e2e.screen import PHONE

# The worker begins within a minute.
MADE_WITHIN = 90_000


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_a_manager_takes_the_open_cases_along_and_deletes_the_file(product, as_person, width: int, works: Any) -> None:
    manager = as_person(EARLY_HELP_MANAGER, width=width)
    hand: Hand = works(manager)
    manager.open("/cases?view=lead", "All that my agency leads")
    hand.press(manager.main.get_by_role("link", name="Export this list"))
    manager.arrived("Export this list")
    with manager.refused(400):
        hand.press(manager.main.get_by_role("button", name="Make the file"))
        expect(manager.main.get_by_role("alert")).to_contain_text("There is a problem")
    manager.check()
    hand.choose(manager.main.get_by_label("Excel (XLSX)"))
    hand.choose(manager.main.get_by_label("Somebody else: an inspectorate, a board, another agency"))
    hand.write(manager.main.get_by_label("Which body?"), "The inspectorate")
    hand.write(manager.main.get_by_label("What is it for?"), "Inspection in May")
    hand.press(manager.main.get_by_role("button", name="Make the file"))
    manager.arrived("Exports")
    card = manager.main.get_by_role("listitem").first
    expect(card).to_contain_text("Inspection in May")
    expect(card).to_contain_text("Who has it: The inspectorate")
    link = card.get_by_role("link", name="Open cases that your agency leads")
    minute_is_up(product, MAKE)
    expect(link).to_be_visible(timeout=MADE_WITHIN)
    manager.check()
    with manager.page.expect_download() as coming:
        hand.press(link)
    file = coming.value
    assert file.suggested_filename.endswith(".xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(Path(file.path()).read_bytes())).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert rows[0][0] == "Reference"
    expect(card).to_contain_text(f"{len(rows) - 1} row")
    hand.press(card.get_by_role("button", name="Delete now"))
    expect(card).to_contain_text("Deleted by you")
    expect(card.get_by_role("link")).to_have_count(0)
    manager.check()


def test_an_officer_finds_an_empty_page_and_the_way_to_the_first_export(as_person) -> None:
    officer = as_person(OFFICER)
    officer.open("/exports", "Exports")
    expect(officer.main).to_contain_text("There are none.")
    officer.open("/queue?state=submitted&due=overdue", "Referrals to decide")
    officer.follow("Export this list", to="Export this list")
    expect(officer.main).to_contain_text("in these columns: Reference, State, Child")


def test_information_governance_takes_along_what_was_shared(as_person) -> None:
    governs = as_person(GOVERNANCE, width=PHONE)
    hand = Keyboard(governs)
    governs.open("/shares", "What was shared")
    governs.check()
    hand.press(governs.main.get_by_role("link", name="Export this list"))
    governs.arrived("Export this list")
    expect(governs.main).to_contain_text("in these columns: Records, When, What, From, To")
    hand.choose(governs.main.get_by_label("OpenDocument (ODS)"))
    hand.choose(governs.main.get_by_label("Only me"))
    hand.write(governs.main.get_by_label("What is it for?"), "The yearly report on sharing")
    hand.press(governs.main.get_by_role("button", name="Make the file"))
    governs.arrived("Exports")
    expect(governs.main.get_by_role("listitem").first).to_contain_text("The yearly report on sharing")
    governs.check()
