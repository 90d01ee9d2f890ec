"""What a family says about being helped: a no and what follows, a yes taken back, a yes given again or for a time."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import acting
from tests.e2e.acting import choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.one_case import AsPerson, OneCase, case_at, close, family_agrees, in_days, referrer_reads
from tests.e2e.people import EARLY_HELP_MANAGER, FAMILY_WORKER, TEACHER, YOUTH_WORKER
from tests.e2e.referral_form import Answer, Chosen, OnDay, Written
from tests.e2e.screen import PHONE, Screen
from tests.e2e.test_one_case_helped import begun

ANSWERS = "What the family said about help"
REFUSES, WITHDRAWS = "Record that the family says no", "Record that agreement was withdrawn"
AGAIN, OTHERWISE = "Record that the family agrees again", "Go on without agreement"
NOT_HERE = "We could not find that, or you do not have access to it."
BY = pytest.mark.parametrize(("by", "width"), [(Mouse, PHONE), (Keyboard, 1280)], ids=["phone", "keyboard"])


def no(words: str) -> tuple[Answer, ...]:
    """Who said no today, how, and in which words."""
    return (
        Chosen("Who said no, or why?", "Neither wants it"),
        Chosen("How did they say so?", "In person"),
        OnDay("On which day did they say so?", in_days(0)),
        Written("What did they say?", words),
    )


def at_home(as_person: AsPerson, case: OneCase, width: int) -> Screen:
    """The worker, on the page of the case."""
    worker = as_person(FAMILY_WORKER, width=width)
    worker.names = case.names
    worker.open(case.page, case.home)
    return worker


def decide_soon(screen: Screen) -> None:
    """By when it is decided how to go on stands among the clocks of the case."""
    beside = screen.main.get_by_role("complementary", name="Actions and clocks")
    expect(beside).to_contain_text("Decide how to go on without agreement")


def answers_read(screen: Screen, case: OneCase, *words: str) -> None:
    """Each answer of the family stands on a page of its own, the last one first."""
    screen.open(f"{case.page}/agreement", ANSWERS)
    cards = screen.main.get_by_role("listitem")
    for place, word in enumerate(words):
        expect(cards.filter(has_text="Written down by").nth(place)).to_contain_text(word)


@BY
def test_a_family_says_no_the_manager_hears_and_two_people_end_it(as_person, by: type[Hand], width: int) -> None:
    case = case_at(as_person, "allocated")
    visit = {"kind": "home_visit", "child_seen": "with_others", "people": ["parent"], "text": "We talked at the door."}
    as_person.caller(FAMILY_WORKER).write(f"{case.path}notes/", visit)
    worker = at_home(as_person, case, width)
    hand = by(worker)
    choose(hand, REFUSES, no("We manage by ourselves. Please do not come again."))
    confirm(hand, REFUSES, back_at=case.home)
    expect(worker.main).to_contain_text("Did not agree")
    decide_soon(worker)
    manager = as_person(EARLY_HELP_MANAGER, width=width)
    manager.names = case.names
    acting.message(manager, case.reference, "says no to help")
    manager.arrived(case.home)
    answers_read(manager, case, "Please do not come again.")
    # A no is respected: the case ends, and because it was a no a second person looks at it.
    worker.open(case.page, case.home)
    close(hand, case, why="The family does not want to go on")
    expect(worker.main.get_by_role("status").first).to_contain_text("waits for a second person")
    second = by(manager)
    manager.open("/confirmations", "Second person needed")
    second.press(manager.main.get_by_role("link", name=f"Close the case, {case.reference}"))
    manager.arrived(f"Close the case, {case.reference}")
    expect(manager.main).to_contain_text("The family said no to help")
    choose(second, "Confirm")
    confirm(second, "Confirm", back_at=re.compile(case.reference))
    referrer_reads(as_person(TEACHER), case, "Closed")


@BY
def test_a_yes_is_taken_back_ends_what_others_read_and_parts_go_on(as_person, by: type[Hand], width: int) -> None:
    case = case_at(as_person, "planned")
    service = begun(as_person, case)
    page, name = f"/interventions/{service['id']}", service["service_name"]
    provider, manager = as_person(YOUTH_WORKER), as_person(EARLY_HELP_MANAGER)
    provider.names = manager.names = case.names
    provider.open(page, name)
    expect(provider.main).to_contain_text(case.sent.given)
    worker = at_home(as_person, case, width)
    hand = by(worker)
    choose(hand, WITHDRAWS, no("We have had enough of visits."))
    confirm(hand, WITHDRAWS, back_at=case.home)
    expect(worker.main).to_contain_text("Agreement withdrawn")
    decide_soon(worker)
    # Whoever gave the service reads nothing more of the child, and is told that nothing is left to do.
    with provider.refused(404):
        provider.page.goto(provider.address + page)
        provider.settled()
        expect(provider.main).not_to_contain_text(case.sent.given)
        provider.check()
    worker.open(page, name)
    expect(worker.main).to_contain_text("they can no longer read it")
    worker.open(case.page, case.home)
    parts = (
        Written("What goes on?", "One call a week to the school."),
        Written("What allows it?", "Section 10; agreed with Ms Farooqi."),
    )
    choose(hand, OTHERWISE, parts)
    confirm(hand, OTHERWISE, back_at=case.home)
    expect(worker.main).to_contain_text("What goes on without agreement: One call a week to the school.")
    acting.message(manager, case.reference, "without agreement")
    manager.arrived(case.home)
    expect(manager.main).to_contain_text("What allows it: Section 10; agreed with Ms Farooqi.")


@BY
def test_a_family_agrees_again_for_a_time_and_each_answer_stands(as_person, by: type[Hand], width: int) -> None:
    case = case_at(as_person, "planned")
    worker = at_home(as_person, case, width)
    hand = by(worker)
    choose(hand, WITHDRAWS, no("We have had enough of visits."))
    confirm(hand, WITHDRAWS, back_at=case.home)
    until = in_days(60)
    last_day = OnDay("What is the last day they agreed to?", until)
    choose(hand, AGAIN, family_agrees("Mornings only, and only Ms Malik.", last_day))
    confirm(hand, AGAIN, back_at=case.home)
    expect(worker.main).to_contain_text(f"until {until:%-d %B %Y}")
    answers_read(
        worker, case, "Mornings only, and only Ms Malik.", "We have had enough of visits.", "Help with the mornings."
    )
    manager = as_person(EARLY_HELP_MANAGER)
    manager.names = case.names
    answers_read(manager, case, "Mornings only, and only Ms Malik.", "We have had enough of visits.")
