"""The officer's day: the queue in numbers, one page to decide on, who is still to be told; and the manager's rules."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from backend.core import clock
from backend.deadlines.calendar import local
from tests.e2e import acting
from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.people import OFFICER, TEACHER
from tests.e2e.referral_form import Chosen, Picked
from tests.e2e.test_triage import ADVICE, moment

WORRYING = ["carries_weapon", "gang_association"]
MOTHER = {
    "name": "Dana Hartnoll",
    "relationship": "mother",
    "lives_with_child": "yes",
    "parental_responsibility": "yes",
    "told": "no",
}
HER_NUMBER = {"whose": "Dana Hartnoll", "number": "07700 900456", "rule": "do_not_contact"}


@pytest.fixture
def sent(as_person) -> Any:
    """A referral from the school that a rule flags."""
    return acting.send(as_person.caller(TEACHER), factors_current=WORRYING, people=[MOTHER], phones=[HER_NUMBER])


@pytest.mark.parametrize("width", [1280, 390])
def test_new_arrivals_are_one_click_from_the_queue_and_decided_from_one_page(as_person, sent, width: int):
    officer, home = as_person(OFFICER, width=width), f"Referral {sent.reference}"
    officer.names = {sent.given, acting.FAMILY}
    officer.open("/queue", "Referrals to decide")
    numbers = officer.main.get_by_role("navigation", name="The queue in numbers")
    numbers.get_by_role("link", name=re.compile("New")).click()
    expect(officer.page).to_have_url(re.compile(r"state=submitted&sort=newest"))
    officer.settled()
    expect(officer.main.get_by_text("Flagged: Weapon, and a group that uses violence").first).to_be_visible()
    officer.follow(sent.reference, to=home)

    acting.act(officer, "Start triage", back_at=home)
    flagged = officer.main.get_by_role("region", name="Flagged by rules, for you to weigh")
    expect(flagged).to_contain_text("Ask: Police, Youth justice service")
    expect(officer.main.get_by_role("region", name="What went before")).to_contain_text("first contact")
    expect(officer.main.get_by_role("region", name="Whom to ring")).to_contain_text("Oakfield School")
    clocks = officer.main.get_by_role("region", name="Clocks")
    expect(clocks).to_contain_text("Always runs, also while others are asked")
    expect(clocks).to_contain_text("Tell the school what was decided")

    acting.act(officer, "Give advice or a service", ADVICE, back_at=home)
    told = officer.main.get_by_role("region", name="Who has been told the outcome")
    expect(told.get_by_text("Not recorded yet.")).to_have_count(3)
    told.get_by_role("link", name=re.compile("person who referred")).click()
    officer.arrived("Record who was told")
    hand = Mouse(officer)
    for answer in (
        Chosen("Have they been told?", "Yes"),
        Picked("How? (optional)", "By phone"),
        *moment(local(clock.now())),
    ):
        answer.give(hand)
    acting.confirm(hand, "Record who was told", back_at=home)
    expect(told.get_by_text("Not recorded yet.")).to_have_count(2)
    tell_her_mother(officer, hand, home)
    officer.was_calm()


def tell_her_mother(officer: Any, hand: Mouse, home: str) -> None:
    """She is named, with how she can be reached safely; what is not safe is refused, and what was typed stays."""
    told = officer.main.get_by_role("region", name="Who has been told the outcome")
    told.get_by_role("link", name=re.compile("A parent or carer: Dana Hartnoll")).click()
    officer.arrived("Record who was told")
    expect(officer.main.get_by_role("combobox", name=re.compile("Which of them"))).to_contain_text(
        "Dana Hartnoll, mother, parental responsibility (Do not contact at home)"
    )
    for answer in (
        Chosen("Have they been told?", "Yes"),
        Picked("How? (optional)", "By phone"),
        *moment(local(clock.now())),
    ):
        answer.give(hand)
    with officer.refused(409):
        hand.press(officer.main.get_by_role("button", name="Record who was told", exact=True))
        expect(officer.main.get_by_role("alert")).to_contain_text("They must not be reached like that")
    Picked("How? (optional)", "In person").give(hand)
    acting.confirm(hand, "Record who was told", back_at=home)
    expect(told).to_contain_text("A parent or carer: Dana Hartnoll, mother, parental responsibility")
    expect(told.get_by_text("Not recorded yet.")).to_have_count(1)


def test_the_page_is_worked_by_keyboard_alone_on_a_phone(as_person, sent):
    officer, home = as_person(OFFICER, width=390), f"Referral {sent.reference}"
    officer.names = {sent.given, acting.FAMILY}
    officer.open(sent.path, home)
    hand = Keyboard(officer)
    acting.choose(hand, "Start triage")
    acting.confirm(hand, "Start triage", back_at=home)
    hand.press(officer.main.get_by_role("link", name="What was said"))
    expect(officer.page).to_have_url(re.compile("#statements$"))
    acting.choose(hand, "Give advice or a service", ADVICE)
    acting.confirm(hand, "Give advice or a service", back_at=home)
    expect(officer.main.get_by_role("region", name="Decision", exact=True)).to_contain_text("holiday clubs")
