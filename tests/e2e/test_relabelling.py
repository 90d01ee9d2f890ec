"""Who may read something, said anew: a note that the team read is closed to it, and a document is given a label."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.documents.making import pdf
from tests.e2e.acting import confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import FAMILY_WORKER
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import PHONE, Screen
from tests.e2e.test_team import somebody_elsewhere
from tests.edges import BASIS

CHANGE, SAID, WHY = "Change who may read it", "Her aunt took her in for two nights.", "It names her aunt."
READERS, LABEL = "Who may read it from now on?", "About other people"


def test_a_note_that_the_team_read_is_closed_to_it_and_a_document_is_given_a_label(as_person, tmp_path) -> None:
    worker = as_person(FAMILY_WORKER)
    case, person = somebody_elsewhere(worker)
    home = f"Case {case['reference']}"
    place = worker.caller.write(
        f"cases/{case['id']}/team/",
        {"person": person["value"], "part": "Goes with her to school.", "why": "knows_child", **BASIS},
    )
    note = {"kind": "phone_call", "child_seen": "not_seen", "text": SAID, "is_shared": True}
    worker.caller.write(f"cases/{case['id']}/notes/", note)
    partner = as_person(person["label"], width=PHONE)
    partner.open(f"/team-members/{place['id']}", "Team around a child")
    expect(partner.main).to_contain_text(SAID)

    worker.open(f"/cases/{case['id']}", home)
    note_is_closed(worker, home)
    partner.open(f"/team-members/{place['id']}", "Team around a child")
    expect(partner.main).not_to_contain_text(SAID)
    expect(partner.main).not_to_contain_text(WHY)
    worker.open(f"/cases/{case['id']}/documents", "Documents")
    document_is_labelled(worker, tmp_path / "Letter of her aunt.pdf")


def note_is_closed(worker: Screen, home: str) -> None:
    """By keyboard, from its place in the chronology."""
    hand = Keyboard(worker)
    entry = worker.main.locator(".moj-timeline__item").filter(has_text=SAID)
    hand.press(entry.get_by_role("link", name=re.compile(f"^{CHANGE}")))
    worker.arrived(CHANGE)
    # What stands is chosen already; the labels of other agencies are not offered.
    team = worker.main.get_by_role("radio", name="Whoever reads the case, and the team around the child", exact=True)
    expect(team).to_be_checked()
    expect(worker.main.get_by_role("radio", name="Police intelligence")).to_have_count(0)
    give_label(hand, back_at=home)
    expect(entry).to_contain_text(LABEL)
    expect(entry).to_contain_text(f"Who may read it was changed by {FAMILY_WORKER}")
    expect(entry).to_contain_text(WHY)
    worker.check()


def document_is_labelled(worker: Screen, file: Path) -> None:
    """Handed in, and given a label after that."""
    file.write_bytes(pdf())
    hand = Mouse(worker)
    worker.main.get_by_label("Which file?").set_input_files(file)
    Chosen("What is it?", "Letter").give(hand)
    hand.press(worker.main.get_by_role("button", name="Hand it in"))
    card = worker.main.get_by_role("listitem").filter(has_text=file.stem)
    hand.press(card.get_by_role("link", name=re.compile(f"^{CHANGE}")))
    worker.arrived(CHANGE)
    give_label(hand, back_at="Documents")
    expect(card).to_contain_text(LABEL)
    expect(card).to_contain_text(WHY)
    worker.check()


def give_label(hand: Hand, *, back_at: str) -> None:
    """The form is the same for a note and for a document."""
    Chosen(READERS, LABEL).give(hand)
    Written("Why do you change it?", WHY).give(hand)
    hand.screen.check()
    confirm(hand, CHANGE, back_at=back_at)
