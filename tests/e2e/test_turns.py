"""Turns a referral takes: a handover refused, an answer that comes too late, a case that closed not long ago."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from backend.core import clock
from tests.e2e import acting
from tests.e2e.acting import BASIS, FAMILY, Sent
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import FRONT_DOOR_MANAGER, NURSE, OFFICER, POLICE, TEACHER, YOUTH_JUSTICE_OFFICER
from tests.e2e.referral_form import Chosen, Picked, Written
from tests.e2e.screen import PHONE, AsPerson, Screen

BY = pytest.mark.parametrize(("by", "width"), [(Mouse, PHONE), (Keyboard, 1280)], ids=["phone", "keyboard"])
REFUSED = "Record that they did not take it"
FRONT_DOOR = "Front Door, Children’s Advice and Support"


def where_it_is(screen: Screen) -> Locator:
    """Who has it, what happens next, by when."""
    return screen.main.get_by_role("region", name="Where this referral is")


@BY
def test_statutory_services_refuse_and_it_is_decided_here_after_all(as_person, by: type[Hand], width: int):
    sent = acting.send(as_person.caller(TEACHER))
    home = f"Referral {sent.reference}"
    officer = as_person(OFFICER, width=width)
    officer.names = {sent.given, FAMILY}
    acting.edge(officer.caller, sent, "start-triage")
    told = {"destination": "childrens_social_care", "told_person": "Duty social worker"}
    told["told_at"] = (clock.now() - timedelta(hours=1)).isoformat()
    acting.edge(officer.caller, sent, "step-up", **told)

    officer.open(sent.path, home)
    expect(where_it_is(officer)).to_contain_text("stays responsible")
    hand = by(officer)
    why = Chosen("What reason did they give?", "They judged that their threshold is not met")
    acting.choose(hand, REFUSED, [why, Written("What did they say? (optional)", "Early help should look first.")])
    acting.confirm(hand, REFUSED, back_at=home)
    expect(where_it_is(officer)).to_contain_text("With Front Door")
    expect(officer.main.get_by_role("link", name="Agree help", exact=True)).to_be_visible()
    happened = officer.main.get_by_role("region", name="What has happened")
    expect(happened).to_contain_text("They judged that their threshold is not met")
    teacher = as_person(TEACHER)
    teacher.open(sent.path, home)
    # What social care said of the family is for those who decide.
    expect(teacher.main).not_to_contain_text("Early help should look first.")
    expect(where_it_is(teacher)).to_contain_text("With Front Door")


def asked_too_late(as_person: AsPerson) -> tuple[Screen, dict[str, Any]]:
    """Somebody whose agency was asked and did not answer in time, at a telephone, with the question."""
    for name in (POLICE, NURSE, TEACHER, YOUTH_JUSTICE_OFFICER):
        screen = as_person(name, width=PHONE)
        for question in screen.caller.read("information-requests/")["results"]:
            if question["state"] == "lapsed":
                return screen, question
    raise AssertionError("the demo city has no question that nobody answered in time")


def test_an_answer_that_comes_too_late_still_reaches_who_asked(as_person):
    screen, lapsed = asked_too_late(as_person)
    question = f"Question about {lapsed['reference']}"
    screen.names = {lapsed["child"]["name"]}
    screen.open("/information-requests", "Questions for us")
    screen.follow(question, to=question)
    hand = Keyboard(screen)
    acting.choose(hand, "Answer", [Written("What do you know?", "Seen in June, and well. We ask your pardon."), *BASIS])
    acting.confirm(hand, "Answer", back_at=question)
    expect(screen.main).to_contain_text("Seen in June, and well.")

    officer = as_person(OFFICER)
    acting.message(officer, lapsed["reference"], "answer")
    officer.arrived(f"Referral {lapsed['reference']}")
    expect(officer.main.get_by_role("region", name="Questions asked")).to_contain_text("Seen in June, and well.")


def closed_before(as_person) -> Sent:
    """A school's referral that was agreed, and its case closed by the manager of the front door."""
    sent = acting.send(as_person.caller(TEACHER))
    manager = as_person.caller(FRONT_DOOR_MANAGER)
    acting.edge(manager, sent, "start-triage")
    agreed = {
        "child_match": "new",
        "level_of_need": "universal_plus",
        "primary_need": "N4",
        "theme": "protecting_people",
        "priority": "amber",
        "lead_agency": manager.read(f"referrals/{sent.id}/")["tracker"]["holder"]["id"],
        "rationale": "One worker can change what the school sees.",
        "outcome_text": "Help was agreed.",
    }
    decided = acting.edge(manager, sent, "accept", **agreed)
    case_id = decided["case"]["id"]
    closing = {
        "reason_code": "family_withdrew",
        "closing_summary": "They manage, and do not want anybody now.",
        "child_view_why_not": "no_help_yet",
        "parent_view": "We manage now.",
        "risk_remains": False,
        "goes_on": "Nobody needs to.",
    }
    version = manager.read(f"cases/{case_id}/")["version"]
    manager.write(f"cases/{case_id}/close/", {"version": version, **closing})
    return sent


@pytest.mark.parametrize("answer", ["Reopen the closed case", "Open a new case"])
def test_a_case_that_closed_lately_is_weighed_up_before_help_is_agreed(as_person, answer: str):
    before = closed_before(as_person)
    same = {"child_given_name": before.given, "child_family_name": FAMILY}
    sent = acting.send(as_person.caller(POLICE), **same)
    home = f"Referral {sent.reference}"
    officer = as_person(OFFICER)
    officer.names = {before.given, FAMILY}
    acting.edge(officer.caller, sent, "start-triage")
    officer.open(sent.path, home)
    decision = (
        Chosen("Which child is this?", re.compile(f"{before.given} {FAMILY}")),
        Chosen("What level of need do you decide?", "Universal Plus"),
        Chosen("What is the primary need?", "Family in acute stress"),
        Chosen("Which board’s theme is this?", "Protecting People from Harm"),
        Chosen("How soon is help needed?", "Amber: this week"),
        Picked("Which agency should lead?", FRONT_DOOR),
        Written("Why did you decide this?", "The same worries as in spring."),
        Written("What will the referrer read?", "Help was agreed."),
    )
    hand = Mouse(officer)
    acting.choose(hand, "Agree help", decision)
    weighed = officer.main.get_by_role("group", name=re.compile("closed in the last 12 months"))
    # Nothing is chosen beforehand, and without a choice nothing is decided.
    expect(weighed.get_by_role("radio", checked=True)).to_have_count(0)
    with officer.refused(400, 409):
        officer.main.get_by_role("button", name="Agree help", exact=True).click()
        expect(officer.main.get_by_role("alert")).to_contain_text("Choose whether to reopen it or to open a new one")
    hand.choose(weighed.get_by_role("radio", name=answer))
    acting.confirm(hand, "Agree help", back_at=home)
    expect(officer.main.get_by_role("region", name="Decision", exact=True)).to_contain_text("Help was agreed.")
