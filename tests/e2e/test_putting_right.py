"""Putting right what was decided: the words of a decision, and the child that a referral is about."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import acting
from tests.e2e.acting import FAMILY, Sent
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import FRONT_DOOR_MANAGER, POLICE, SECOND_MANAGER, TEACHER, Caller
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import PHONE, Screen

CORRECT, REMATCH = "Correct a decision", "Change the child it is about"
BY = pytest.mark.parametrize(("by", "width"), [(Mouse, PHONE), (Keyboard, 1280)], ids=["phone", "keyboard"])


def signposted(teacher: Caller, manager: Caller, **answers: object) -> Sent:
    """A referral to which advice was enough, with a reason that was recorded wrongly."""
    sent = acting.send(teacher, **answers)
    acting.edge(manager, sent, "start-triage")
    decided = {
        "level_of_need": "universal",
        "signpost_kind": "advice_to_family",
        "advice": "The holiday clubs of the ward.",
        "rationale": "The aunt moved in and helps.",
        "outcome_text": "The family has help of its own.",
    }
    acting.edge(manager, sent, "signpost", **decided)
    return sent


def decisions(screen: Screen) -> Locator:
    """What was decided, each as it was said."""
    return screen.main.get_by_role("region", name=re.compile("^Decision"))


@BY
def test_a_decision_that_was_recorded_wrongly_stays_beside_what_is_right(as_person, by: type[Hand], width: int):
    teacher, manager = as_person(TEACHER), as_person(FRONT_DOOR_MANAGER, width=width)
    sent = signposted(teacher.caller, manager.caller)
    home = f"Referral {sent.reference}"
    manager.names = {sent.given, FAMILY}
    manager.open(sent.path, home)
    wrong = manager.caller.read(f"referrals/{sent.id}/")["decisions"][0]
    right = (
        Chosen("Which decision is wrong?", re.compile(wrong["label"])),
        Chosen("Why is it corrected?", "It was recorded wrongly"),
        Written("What was wrong?", "It was the grandmother."),
        Written("The right reasons for the decision", "The grandmother moved in and helps."),
        Written("What will the referrer read?", "The grandmother helps from now on."),
    )
    hand = by(manager)
    acting.choose(hand, CORRECT, right)
    acting.confirm(hand, CORRECT, back_at=home)
    expect(manager.main).to_contain_text("The grandmother moved in and helps.")
    expect(manager.main).to_contain_text("The aunt moved in and helps.")
    teacher.open(sent.path, home)
    expect(teacher.main).to_contain_text("The grandmother helps from now on.")
    expect(teacher.main).not_to_contain_text("The aunt moved in and helps.")


def test_a_referral_with_the_wrong_child_is_moved_by_two_people(as_person):
    teacher, manager = as_person(TEACHER), as_person(FRONT_DOOR_MANAGER)
    first = acting.send(teacher.caller)
    same = {"child_given_name": first.given, "child_family_name": FAMILY}
    sent = acting.send(as_person.caller(POLICE), **same)
    home = f"Referral {sent.reference}"
    manager.names = {first.given, FAMILY}
    acting.edge(manager.caller, sent, "start-triage")
    manager.open(sent.path, home)
    moved = (
        Chosen("Which child is this really?", re.compile(f"{first.given} {FAMILY}")),
        Chosen("How do you know?", "This child already has a record"),
        Written("What happened?", "The school and the police wrote about one girl."),
    )
    hand = Mouse(manager)
    acting.choose(hand, REMATCH, moved)
    acting.confirm(hand, REMATCH, back_at=home)
    expect(manager.main.get_by_role("region", name="Waiting for a second person")).to_contain_text(FRONT_DOOR_MANAGER)
    second = as_person(SECOND_MANAGER)
    second.names = {first.given, FAMILY}
    second.open("/confirmations", "Second person needed")
    second.follow(re.compile(sent.reference), to=f"{REMATCH}, {sent.reference}")
    expect(second.main).to_contain_text("The school and the police wrote about one girl.")
    acting.act(second, "Confirm", back_at=f"{REMATCH}, {sent.reference}")
    manager.open(sent.path, home)
    expect(manager.main.get_by_role("region", name="What has happened")).to_contain_text("Changed the child")
    acting.message(as_person(POLICE), sent.reference, "child")
