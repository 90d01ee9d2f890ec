"""Who may read something, said anew: a note that the team read is closed to it, and a document is given a label."""

import re

from playwright.sync_api import expect

from tests.documents.making import pdf
from tests.e2e.acting import confirm
from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.people import FAMILY_WORKER
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import PHONE
from tests.e2e.test_team import somebody_elsewhere
from tests.edges import BASIS

CHANGE, SAID, WHY = "Change who may read it", "Her aunt took her in for two nights.", "It names her aunt."
READERS, LABEL = "Who may read it from now on?", "About other people"


def test_a_note_that_the_team_read_is_closed_to_it_and_a_document_is_given_a_label(as_person, tmp_path) -> None:
    worker = as_person(FAMILY_WORKER)
    case, person = somebody_elsewhere(worker)
    hand, path, home = Keyboard(worker), f"/cases/{case['id']}", f"Case {case['reference']}"
    place = worker.caller.write(
        f"cases/{case['id']}/team/",
        {"person": person["value"], "part": "Goes with her to school.", "why": "knows_child", **BASIS},
    )
    note = {"kind": "phone_call", "child_seen": "not_seen", "text": SAID, "is_shared": True}
    worker.caller.write(f"cases/{case['id']}/notes/", note)
    partner = as_person(person["label"], width=PHONE)
    partner.open(f"/team-members/{place['id']}", "Team around a child")
    expect(partner.main).to_contain_text(SAID)

    worker.open(path, home)
    entry = worker.main.locator(".moj-timeline__item").filter(has_text=SAID)
    hand.press(entry.get_by_role("link", name=re.compile(f"^{CHANGE}")))
    worker.arrived(CHANGE)
    # What stands is chosen already; the labels of other agencies are not offered.
    team = worker.main.get_by_role("radio", name="Whoever reads the case, and the team around the child", exact=True)
    expect(team).to_be_checked()
    expect(worker.main.get_by_role("radio", name="Police intelligence")).to_have_count(0)
    Chosen(READERS, LABEL).give(hand)
    Written("Why do you change it?", WHY).give(hand)
    worker.check()
    confirm(hand, CHANGE, back_at=home)
    expect(entry).to_contain_text(LABEL)
    expect(entry).to_contain_text(f"Who may read it was changed by {FAMILY_WORKER}")
    expect(entry).to_contain_text(WHY)
    worker.check()

    partner.open(f"/team-members/{place['id']}", "Team around a child")
    expect(partner.main).not_to_contain_text(SAID)
    expect(partner.main).not_to_contain_text(WHY)

    worker.open(f"{path}/documents", "Documents")
    (tmp_path / "Letter of her aunt.pdf").write_bytes(pdf())
    worker.main.get_by_label("Which file?").set_input_files(tmp_path / "Letter of her aunt.pdf")
    Chosen("What is it?", "Letter").give(hand)
    hand.press(worker.main.get_by_role("button", name="Hand it in"))
    card = worker.main.get_by_role("listitem").filter(has_text="Letter of her aunt")
    Mouse(worker).press(card.get_by_role("link", name=re.compile(f"^{CHANGE}")))
    worker.arrived(CHANGE)
    Chosen(READERS, LABEL).give(hand)
    Written("Why do you change it?", WHY).give(hand)
    confirm(hand, CHANGE, back_at="Documents")
    expect(card).to_contain_text(LABEL)
    expect(card).to_contain_text(WHY)
    worker.check()
