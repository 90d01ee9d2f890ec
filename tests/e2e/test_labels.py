"""What few may read: intelligence of the police, the warning that goes with it, and an address that is kept secret."""

import re

from playwright.sync_api import expect

from tests.e2e import acting
from tests.e2e.acting import FAMILY, Sent
from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.people import OFFICER, POLICE, YOUTH_JUSTICE_OFFICER, Caller
from tests.e2e.referral_form import Written
from tests.e2e.screen import PHONE, Screen

SECRET = "Two men with knives were seen at the back door."
STREET, NUMBER = "7 Hidden Lane", "0121 496 0111"
GIVEN = "Bryony"
AT_HOME = {"address_protected": True, "child_address": STREET, "child_ward": "E05011118"}


def gone_on(hand: Keyboard) -> None:
    """Continue, and wait until the page is left: what was typed is saved then, and a new address loses nothing."""
    asked = hand.screen.page.url
    hand.press(hand.screen.main.get_by_role("button", name="Continue"))
    expect(hand.screen.page).not_to_have_url(asked)


def labelled(police: Screen) -> Sent:
    """The police write the referral, and give one thing they say the label."""
    hand = Keyboard(police)
    draft = acting.begin(police.caller, acting.whole(GIVEN) | AT_HOME)
    home = f"/referrals/{draft.id}/draft"
    police.open(f"{home}/happening/worried_about", "What are you worried about?")
    hand.press(police.main.get_by_role("button", name="Add another"))
    item = police.main.get_by_role("group", name="What are you worried about?, number 2")
    item.get_by_role("textbox", name="What happened?").fill(SECRET)
    item.get_by_role("radio", name="I saw or heard this myself").check()
    item.get_by_role("radio", name="In the past 6 months").check()
    hand.pick(item.get_by_role("combobox", name="Should only some people read this?"), "Police intelligence")
    expect(item).to_contain_text("Nobody else learns that it is there.")
    item.get_by_role("radio", name="Yes").check()
    police.check()
    gone_on(hand)
    police.open(f"{home}/visiting/risks", "What should visitors know?")
    police.main.get_by_role("checkbox", name=re.compile("^Speak to police before visiting")).check()
    Written("Which number should they call before visiting?", NUMBER).give(hand)
    gone_on(hand)
    police.open(f"/referrals/{draft.id}/check", "Check your answers")
    expect(police.main).to_contain_text(SECRET)
    police.main.get_by_role("button", name="Send").click()
    police.arrived(re.compile("sent", re.IGNORECASE))
    return Sent(draft.id, draft.reference, GIVEN)


def read_at_the_front_door(officer: Screen, sent: Sent) -> None:
    """The officer reads it with its label, asks for the address, and can print neither."""
    officer.open(sent.path, f"Referral {sent.reference}")
    said = officer.main.get_by_role("figure").filter(has_text=SECRET)
    expect(said).to_contain_text("Police intelligence")
    expect(officer.main).not_to_contain_text(STREET)
    Mouse(officer).press(officer.main.get_by_role("button", name="Show the protected address"))
    shown = officer.main.get_by_text(STREET)
    expect(shown).to_be_visible()
    officer.check()
    officer.page.emulate_media(media="print")
    expect(said).to_be_hidden()
    expect(shown).to_be_hidden()
    officer.page.emulate_media(media="screen")


def offered_on(officer: Caller, sent: Sent) -> None:
    """The front door offers the referral to another agency, which reads it to decide."""
    acting.edge(officer, sent, "start-triage")
    receivers = officer.read(f"referrals/{sent.id}/")["options"]
    redirect = next(option for option in receivers if option["name"] == "redirect")
    agencies = next(field for field in redirect["input"] if field["name"] == "to_agency")["choices"]
    offer = {
        "to_agency": next(one["value"] for one in agencies if "Youth Justice" in one["label"]),
        "reason_code": "better_placed",
        "rationale": "A mentor can reach her.",
        **{name: acting.ANSWERS[f"share_{name}"] for name in ("article6", "condition", "power")},
    }
    acting.edge(officer, sent, "redirect", **offer)


def test_another_agency_is_warned_and_cannot_tell_that_intelligence_exists(as_person):
    """access.md, Labels: POLICE, LOCATION. What a charity's worker gets, tests/referrals/test_labels.py compares."""
    sent = labelled(as_person(POLICE))
    officer = as_person(OFFICER)
    officer.names = {GIVEN, FAMILY}
    read_at_the_front_door(officer, sent)
    offered_on(officer.caller, sent)
    other = as_person(YOUTH_JUSTICE_OFFICER, width=PHONE)
    other.names = {GIVEN, FAMILY}
    other.open(sent.path, f"Referral {sent.reference}")
    expect(other.main).to_contain_text("He sleeps in class on most days.")
    expect(other.main).to_contain_text("Speak to police before visiting")
    expect(other.main).to_contain_text(f"Speak to police on {NUMBER} before visiting.")
    for hidden in (SECRET, "intelligence", STREET):
        expect(other.main).not_to_contain_text(hidden)
    Mouse(other).press(other.main.get_by_role("button", name="Show the protected address"))
    expect(other.main).to_contain_text(STREET)
    other.check()
