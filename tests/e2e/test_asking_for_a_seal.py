"""Information governance asks that a referral is sealed, which it does not read; a manager who does agrees."""

import re

from playwright.sync_api import expect

from tests.e2e import acting
from tests.e2e.acting import FAMILY
from tests.e2e.hands import Keyboard
from tests.e2e.people import FRONT_DOOR_MANAGER, GOVERNANCE, OFFICER, SECOND_MANAGER, TEACHER
from tests.e2e.screen import PHONE, AsPerson
from tests.e2e.test_sealing import REFERRAL_PAGE, SEAL_REFERRAL, agreed, asked

START = "Who may see a record"


def test_who_reads_no_record_asks_that_one_is_sealed(as_person: AsPerson) -> None:
    teacher, governs = as_person(TEACHER), as_person(GOVERNANCE, width=PHONE)
    agrees, hand = as_person(FRONT_DOOR_MANAGER), Keyboard(governs)
    sent = acting.send(teacher.caller)
    for person in (teacher, governs, agrees):
        person.names = {sent.given, FAMILY}
    acting.edge(as_person.caller(OFFICER), sent, "start-triage")

    governs.open("/sealing", START)
    expect(governs.main).to_contain_text("Nothing that you asked for waits")
    reference = governs.main.get_by_role("textbox", name="Reference of the case or the referral")
    hand.write(reference, "R-NOT-THERE")
    hand.press(governs.main.get_by_role("button", name="Find"))
    expect(governs.main).to_contain_text("Look at the spelling.")
    reference.clear()
    hand.write(reference, sent.reference)
    hand.press(governs.main.get_by_role("button", name="Find"))
    governs.check()
    governs.follow(re.compile(sent.reference), to=REFERRAL_PAGE)
    for words in ("read nothing of this referral", OFFICER, "everybody at Oakfield School"):
        expect(governs.main).to_contain_text(words)
    path = f"{sent.path}/seal"
    asked(hand, path, SEAL_REFERRAL, "Why?", FRONT_DOOR_MANAGER, SECOND_MANAGER, page=REFERRAL_PAGE)
    expect(governs.main.get_by_role("region", name="Waiting for a second person")).to_contain_text(GOVERNANCE)
    governs.open("/sealing", START)
    expect(governs.main).to_contain_text(f"{SEAL_REFERRAL}: {sent.reference}")
    governs.check()

    agreed(agrees, sent.reference, SEAL_REFERRAL, SECOND_MANAGER)
    governs.open(path, REFERRAL_PAGE)
    expect(governs.main.get_by_role("table", name="Who is named")).to_contain_text(GOVERNANCE)
    governs.check()
