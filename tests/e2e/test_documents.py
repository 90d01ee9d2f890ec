"""A letter handed in on a case: refused when it is hostile, sent with its progress, and taken back in time."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.documents.hostile import HOSTILE
from tests.documents.making import pdf
from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.people import FAMILY_WORKER
from tests.e2e.referral_form import Chosen
from tests.e2e.screen import PHONE, Screen


def opened(screen: Screen) -> None:
    case = screen.caller.read("cases/?view=mine")["results"][0]
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
    hand.press(screen.main.get_by_role("button", name="Hand it in"))
    card = screen.main.get_by_role("listitem").filter(has_text="Letter of the school")
    expect(card).to_contain_text("Being checked for viruses")
    hand.press(card.get_by_role("button", name=re.compile("^Take back")))
    expect(card).to_have_count(0)
