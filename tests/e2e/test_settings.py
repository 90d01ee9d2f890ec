"""Choosing how messages come by email: from the account's menu, at a desk and on a phone by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.people import NURSE, POLICE

AT_ONCE = "Each by email at once"


@pytest.mark.parametrize(("who", "width", "with_keys"), [(NURSE, 1280, False), (POLICE, 390, True)])
def test_what_is_chosen_stands_when_one_comes_back(as_person, who: str, width: int, with_keys: bool):
    person = as_person(who, width=width)
    person.open("/messages", "Messages")
    hand = (Keyboard if with_keys else Mouse)(person)
    header = person.page.get_by_role("banner")
    hand.press(header.locator("summary", has_text="Your account"))
    hand.press(header.get_by_role("link", name="Settings", exact=True))
    person.arrived("Settings")
    referrals = person.main.get_by_role("group", name="Referrals")
    hand.choose(referrals.get_by_label(AT_ONCE))
    hand.pick(person.main.get_by_label("When should the daily email come?"), "4pm")
    hand.pick(person.main.get_by_label("Quiet from (optional)"), "8pm")
    save = person.main.get_by_role("button", name="Save settings")
    with person.refused(400):
        hand.press(save)
        expect(person.main.get_by_role("alert")).to_contain_text("Choose both hours, or none.")
        person.check()
    hand.pick(person.main.get_by_label("Quiet until (optional)"), "7am")
    hand.press(save)
    person.arrived("Messages")
    expect(person.main.get_by_role("status").first).to_contain_text("Your settings are saved")

    person.open("/settings", "Settings")
    expect(referrals.get_by_label(AT_ONCE)).to_be_checked()
    expect(person.main.get_by_label("Quiet from (optional)")).to_have_value("20")
    person.was_calm()
