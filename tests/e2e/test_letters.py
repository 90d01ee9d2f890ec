"""A letter on a case: chosen, filled in, put into one's own words, found again, kept, and among the documents."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import FAMILY_WORKER
from tests.e2e.referral_form import Chosen, Picked, Written
from tests.e2e.screen import PHONE

BY = pytest.mark.parametrize(("works", "width"), [(Mouse, PHONE), (Keyboard, 1280)], ids=["phone", "keyboard"])
ENDING, KEEP = "Our work together is ending", "Keep this letter"


@BY
def test_a_letter_is_written_from_a_template(as_person, works: type[Hand], width: int) -> None:
    worker = as_person(FAMILY_WORKER, width=width)
    case = worker.caller.cases()[0]
    worker.names = {case["child_name"]}
    hand = works(worker)
    worker.open(f"/cases/{case['id']}/documents", "Documents")
    hand.press(worker.main.get_by_role("link", name="Write a letter from a template", exact=True))
    worker.arrived("Write a letter")
    Chosen("Which letter?", ENDING).give(hand)
    Picked("Who is it for?", f"{case['child_name']} (The child)").give(hand)
    hand.press(worker.main.get_by_role("button", name="See it filled in", exact=True))
    worker.arrived("Your letter")
    words = worker.main.get_by_role("textbox", name="What does it say?")
    expect(words).to_have_value(re.compile("coming to its end"))
    words.fill("Dear both,\n\n[What you said]")
    expect(worker.main.get_by_role("status").last).to_contain_text("Saved at")
    # The tab is closed, and the letter is found again with its words, on another device too.
    worker.open("/work", re.compile("."))
    worker.open(f"/cases/{case['id']}/letter", "Your letter")
    expect(words).to_have_value("Dear both,\n\n[What you said]")
    Chosen("How does it reach them?", "Through an adult the child trusts").give(hand)
    Written("Who is the adult they trust?", "Mr Bello, form tutor").give(hand)
    with worker.refused(400):
        hand.press(worker.main.get_by_role("button", name=KEEP, exact=True))
        expect(worker.main.get_by_role("alert")).to_contain_text("square brackets")
    worker.check()
    words.fill("")
    Written("What does it say?", "Dear both, thank you for the drawing.").give(hand)
    hand.press(worker.main.get_by_role("button", name=KEEP, exact=True))
    worker.arrived("Documents")
    expect(worker.main.get_by_role("status").first).to_contain_text("The letter is kept")
    expect(worker.main.get_by_role("listitem").filter(has_text=ENDING).first).to_be_visible()
