"""A letter handed in on a case: refused when it is hostile, sent with its progress, and taken back in time."""

import re
from pathlib import Path

from playwright.sync_api import expect

from backend.documents.commands import CHECK
from tests.documents.hostile import HOSTILE
from tests.documents.making import pdf
from tests.e2e.ageing import minute_is_up
from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.people import FAMILY_WORKER
from tests.e2e.referral_form import Chosen, Picked
from tests.e2e.screen import PHONE, Screen


def opened(screen: Screen) -> None:
    case = screen.caller.cases()[0]
    screen.open(f"/cases/{case['id']}", re.compile(case["reference"]))
    Keyboard(screen).press(screen.main.get_by_role("link", name="Documents", exact=True))
    screen.arrived("Documents")


def test_a_hostile_file_is_refused_at_its_field_and_an_honest_one_is_taken_and_taken_back(
    as_person, tmp_path: Path
) -> None:
    screen = as_person(FAMILY_WORKER, width=PHONE)
    opened(screen)
    hand = Mouse(screen)
    name, made = HOSTILE["runs a script on opening"]
    (tmp_path / name).write_bytes(made())
    (tmp_path / "Letter of the school.pdf").write_bytes(pdf())
    screen.main.get_by_label("Which file?").set_input_files(tmp_path / name)
    Chosen("What is it?", "Letter").give(hand)
    with screen.refused(400):
        hand.press(screen.main.get_by_role("button", name="Hand it in"))
        expect(screen.main.get_by_role("alert")).to_contain_text("This PDF runs something")
    screen.main.get_by_label("Which file?").set_input_files(tmp_path / "Letter of the school.pdf")
    # Only what her own agency may say is offered.
    expect(screen.main.get_by_role("option", name="Police intelligence")).to_have_count(0)
    Picked("Does it need a label? (optional)", "Not for the family").give(hand)
    screen.check()
    hand.press(screen.main.get_by_role("button", name="Hand it in"))
    card = screen.main.get_by_role("listitem").filter(has_text="Letter of the school")
    expect(card).to_contain_text("Being checked for viruses")
    expect(card).to_contain_text("Not for the family")
    hand.press(card.get_by_role("button", name=re.compile("^Take back")))
    expect(card).to_have_count(0)


def test_a_signed_agreement_is_looked_at_saved_and_given_a_newer_version(product, as_person, tmp_path: Path) -> None:
    screen = as_person(FAMILY_WORKER)
    case = next(row for row in screen.caller.cases() if screen.caller.read(f"cases/{row['id']}/documents/")["results"])
    screen.open(f"/cases/{case['id']}/documents", "Documents")
    card = screen.main.get_by_role("listitem").filter(has_text="Signed agreement").first
    # The worker looks through what waits, and the page looks again by itself.
    minute_is_up(product, CHECK)
    saved = card.get_by_role("link", name="Signed agreement", exact=True)
    expect(saved).to_be_visible(timeout=120_000)
    hand = Keyboard(screen)
    hand.press(card.locator("summary").first)
    expect(card.get_by_role("img", name="First page of Signed agreement")).to_be_visible()
    screen.check()
    with screen.page.expect_download() as download:
        saved.click()
    assert download.value.suggested_filename == "Signed agreement.png"
    hand.press(card.get_by_role("button", name=re.compile("^Hand in a newer version")))
    expect(screen.main.get_by_role("heading", name="Hand in a newer version of Signed agreement")).to_be_focused()
    (tmp_path / "Signed again.pdf").write_bytes(pdf())
    screen.main.get_by_label("Which file?").set_input_files(tmp_path / "Signed again.pdf")
    Chosen("What is it?", "Signed agreement").give(hand)
    hand.press(screen.main.get_by_role("button", name="Hand it in"))
    expect(screen.main.get_by_role("status").first).to_contain_text("Signed again is handed in.")
    newest = screen.main.get_by_role("listitem").filter(has_text="Signed again").first
    expect(newest).to_contain_text("version 2")
