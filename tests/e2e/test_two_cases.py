"""Two records of one child, each with an open case: the leads agree which goes on, two join them, and part them."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e import acting
from tests.e2e.acting import Sent
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import EARLY_HELP_MANAGER, FRONT_DOOR_MANAGER, OFFICER, POLICE, TEACHER
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import PHONE, AsPerson
from tests.e2e.test_matching import APART, JOIN, PAGE, agree, card, say

BY = pytest.mark.parametrize(("by", "width"), [(Mouse, PHONE), (Keyboard, 1280)], ids=["phone", "keyboard"])
ASK, SAY, CHOICE = "Ask those who lead which case goes on", "Say which case goes on", "Which case goes on?"
FAMILIES = iter((("Threlkeld", 2011, "B94 6GH"), ("Oystermouth", 2014, "B93 7HJ")))
HELPED: dict[str, Any] = {
    "child_match": "new",
    "level_of_need": "universal_plus",
    "primary_need": "N4",
    "theme": "protecting_people",
    "priority": "amber",
    "rationale": "One worker can change what the school sees.",
    "outcome_text": "Help was agreed.",
}
HANDED = {
    "what_matters": "School is the safe place.",
    "risks": "None known.",
    "who_to_speak_to": "Ms Teacher, 0121 496 0000",
    "article6": "public_task",
    "condition": "safeguarding_children",
    "power": "children_act_2004_s10",
}


@dataclass(frozen=True)
class Two:
    """The police's referral, and the cases: the school's goes on with early help, the police's with the front door."""

    family: str
    second: Sent
    goes_on: str
    goes_on_at: str
    ends_at: str


@pytest.fixture
def two(as_person: AsPerson) -> Two:
    """Two open cases of one child, of whom each agency wrote another spelling."""
    family, year, postcode = next(FAMILIES)
    spelt = f"{family[:3]}{family[4]}{family[3]}{family[5:]}"
    manager, early_help = as_person.caller(FRONT_DOOR_MANAGER), as_person.caller(EARLY_HELP_MANAGER)
    about = (TEACHER, "Katharine", family, f"{year}-03-07"), (POLICE, "Catherine", spelt, f"{year}-07-03")
    sent = [
        acting.send(
            as_person.caller(who),
            child_given_name=given,
            child_family_name=name,
            child_date_of_birth=born,
            child_postcode=postcode,
        )
        for who, given, name, born in about
    ]
    leads = (early_help.read("session/")["membership"]["agency"]["id"],)
    cases = []
    for one, lead in zip(sent, (*leads, None), strict=True):
        acting.edge(manager, one, "start-triage")
        holder = manager.read(f"referrals/{one.id}/")["tracker"]["holder"]["id"]
        given = {**HELPED, **(HANDED if lead else {}), "lead_agency": lead or holder}
        cases.append(acting.edge(manager, one, "accept", **given)["case"])
    asked = early_help.read("transfers/?view=for-me")["results"]
    (transfer,) = [one for one in asked if one["case_reference"] == cases[0]["reference"]]
    early_help.write(f"transfers/{transfer['id']}/accept/", {"version": transfer["version"]})
    goes_on_at, ends_at = (f"/cases/{case['id']}" for case in cases)
    return Two(family, sent[1], cases[0]["reference"], goes_on_at, ends_at)


def choose_case(hand: Hand, reference: str) -> None:
    """As a manager of a lead, say which goes on, from the message that asks."""
    hand.screen.arrived(CHOICE)
    acting.choose(hand, SAY, [Chosen("Which case goes on?", reference)])
    acting.confirm(hand, SAY, back_at=CHOICE)


@BY
def test_those_who_lead_agree_and_the_case_that_ended_stands_again(
    as_person: AsPerson, two: Two, by: type[Hand], width: int
) -> None:
    officer, manager = as_person(OFFICER, width=width), as_person(FRONT_DOOR_MANAGER, width=width)
    early_help = as_person(EARLY_HELP_MANAGER, width=width)
    officer.names = manager.names = early_help.names = {two.family}
    hand = by(officer)
    officer.open(f"{two.second.path}/child", PAGE)
    expect(card(officer, two.family)).to_contain_text("First ask those who lead them which goes on")
    hand.press(card(officer, two.family).get_by_role("link", name=ASK))
    officer.arrived(ASK)
    hand.press(officer.main.get_by_role("button", name=ASK, exact=True))
    officer.arrived(PAGE)
    for lead in (manager, early_help):
        acting.message(lead, two.goes_on, "goes on")
        choose_case(by(lead), two.goes_on)
    expect(early_help.main).to_contain_text(f"Case {two.goes_on} goes on")

    officer.open(f"{two.second.path}/child", PAGE)
    expect(officer.main.get_by_role("region", name=CHOICE)).to_contain_text(f"they say that {two.goes_on} goes on")
    why = Written("Why are they the same child?", "Same house, and the school knows one only.")
    say(hand, card(officer, two.family).get_by_role("link", name=JOIN), JOIN, why)
    agree(manager, two.second, "Join the two records")
    manager.open(two.ends_at, re.compile("."))
    expect(manager.main).to_contain_text("Closed")

    officer.open(f"{two.second.path}/child", PAGE)
    joined = officer.main.get_by_role("region", name="Joining to")
    why = Written("Why are they two children?", "Two cousins; the school has seen both.")
    say(hand, joined.get_by_role("link", name=APART), APART, why)
    agree(manager, two.second, APART)
    for lead, case in ((manager, two.ends_at), (early_help, two.goes_on_at)):
        lead.open(case, re.compile("."))
        expect(lead.main).to_contain_text("Waiting for a lead practitioner")
