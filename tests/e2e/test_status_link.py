"""A caller without an account: the officer hands over a link, the caller opens it once, and it leads nowhere after."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import acting
from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.people import OFFICER
from tests.e2e.referral_form import Chosen
from tests.e2e.screen import Screen

CALLER = {
    "source": "1A",
    "caller_feedback": "phone",
    "caller_name": "not_known",
    "caller_reach": "0121 496 0417",
    "caller_rule": "text_only",
}
HANDED_OVER = (Chosen("How do they get the link?", "I hand it over myself"),)
GIVE = "Give a link to the status"
DEAD = "This link does not work any more"
PRIVACY = "What we hold about your family, and who sees it"


@pytest.mark.parametrize(("width", "with_keys"), [(1280, False), (390, True)])
def test_a_caller_sees_once_how_it_stands(as_person, window, width: int, with_keys: bool):
    officer = as_person(OFFICER, width=width)
    sent = acting.send(officer.caller, **CALLER)
    officer.names = {sent.given, acting.FAMILY}
    home = f"Referral {sent.reference}"
    officer.open(sent.path, home)
    hand = (Keyboard if with_keys else Mouse)(officer)
    acting.choose(hand, GIVE, HANDED_OVER)
    acting.confirm(hand, GIVE, back_at=home)
    told = officer.main.get_by_role("region", name="Whoever raised this")
    expect(told).to_contain_text("Text only")
    expect(told).to_contain_text("The rule is: Text only.")
    expect(told).to_contain_text("Not used yet")
    given = officer.main.get_by_role("region", name="Give them this link")
    expect(given).to_contain_text("Text only")
    link = given.get_by_label("Link to the status").input_value()
    officer.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hand.press(given.get_by_role("button", name="Copy the link"))
    expect(given.get_by_text("Copied")).to_be_visible()
    officer.check()

    aunt = window(width=width)
    aunt.names = officer.names
    aunt.page.goto(link)
    aunt.arrived("See how it stands", by_address=True)
    assert "#" not in aunt.page.url, "the token stays in the address"
    (Keyboard if with_keys else Mouse)(aunt).press(aunt.main.get_by_role("button", name="Show how it stands"))
    aunt.arrived("How it stands")
    reads_what_is_held_beside_it(aunt)
    expect(aunt.main).to_contain_text("has it and will start looking at it by")
    expect(aunt.main).to_contain_text(sent.reference)
    for name in officer.names:
        expect(aunt.main).not_to_contain_text(name)

    finds_it_used(window(width=width), link)

    officer.page.reload()
    officer.arrived(home, by_address=True)
    expect(told).to_contain_text("Used")
    expect(given).to_have_count(0)


def reads_what_is_held_beside_it(aunt: Screen) -> None:
    """A status is shown once, so the page opens in a window of its own."""
    with aunt.page.expect_popup() as beside:
        aunt.main.get_by_role("link", name="What we hold about a family").click()
    read = aunt.beside(beside.value)
    read.arrived(PRIVACY, by_address=True)
    expect(read.main.get_by_role("region", name="Whom to ask")).to_contain_text("ring")
    read.was_calm()
    read.page.close()


def finds_it_used(late: Screen, link: str) -> None:
    late.page.goto(link)
    late.arrived("See how it stands", by_address=True)
    with late.refused(404):
        late.main.get_by_role("button", name="Show how it stands").click()
        late.arrived(DEAD)


def test_a_link_that_was_taken_back_or_lost_its_token_says_what_to_do(as_person, window):
    officer = as_person(OFFICER)
    sent = acting.send(officer.caller, **CALLER)
    token = acting.edge(officer.caller, sent, "give-status-link", how="hand_over")["telling_caller"]["given"]["token"]
    officer.open(sent.path, f"Referral {sent.reference}")
    acting.act(officer, "Take back the link to the status", back_at=f"Referral {sent.reference}")

    aunt = window(width=390)
    aunt.open("/status", DEAD)
    aunt.page.goto(f"{aunt.address}/")
    aunt.page.goto(f"{aunt.address}/status#{token}")
    with aunt.refused(404):
        aunt.main.get_by_role("button", name="Show how it stands").click()
        aunt.arrived(DEAD)
    expect(aunt.main).to_contain_text(re.compile("Ring whoever gave it to you"))


def test_email_is_refused_with_a_sentence_where_they_did_not_ask_for_it(as_person):
    officer = as_person(OFFICER)
    sent = acting.send(officer.caller, **CALLER)
    officer.open(sent.path, f"Referral {sent.reference}")
    hand = Mouse(officer)
    acting.choose(hand, GIVE, (Chosen("How do they get the link?", "Send it to them by email"),))
    with officer.refused(409):
        hand.press(officer.main.get_by_role("button", name=GIVE))
        expect(officer.main.get_by_text("They asked to hear by phone, not by email.")).to_be_visible()
    officer.check()
