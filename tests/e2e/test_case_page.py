"""The page of a case: who it is about on each of its pages, and what happened, as the worker reads and adds to it."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import choose
from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.people import FAMILY_WORKER
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import PHONE

IDENTITY = "Who this case is about"
WARN, AGAIN = "Warn visitors of something", "Look again at what visitors must know"
DANGER = "Weapons may be in the home"
MEANING = "Loud voices frighten her since then."
PAGES = (
    "Assessment",
    "Plan",
    "Services",
    "Reviews and meetings",
    "Outcomes",
    "Chronology",
    "People",
    "History",
    "Documents",
)


@pytest.mark.parametrize("width", [1280, PHONE])
def test_every_page_of_a_case_says_whose_it_is(as_person, width: int) -> None:
    screen = as_person(FAMILY_WORKER, width=width)
    case = screen.caller.cases()[0]
    child = screen.caller.read(f"cases/{case['id']}/identity/")["child"]["name"]
    screen.names.add(child)
    screen.open(f"/cases/{case['id']}", f"Case {case['reference']}")
    for name in PAGES:
        screen.main.get_by_role("navigation", name="This case").get_by_role("link", name=name, exact=True).click()
        expect(screen.main.get_by_role("heading", level=1)).to_be_focused()
        bar = screen.main.get_by_role("region", name=IDENTITY)
        expect(bar).to_contain_text(child)
        expect(bar).to_contain_text(case["reference"])
        screen.check()


@pytest.mark.parametrize("hands", [Mouse, Keyboard])
def test_what_happened_years_ago_is_weighed_and_found_again(as_person, hands) -> None:
    screen = as_person(FAMILY_WORKER, width=PHONE if hands is Mouse else 1280)
    hand = hands(screen)
    case = screen.caller.cases()[0]
    screen.open(f"/cases/{case['id']}/chronology", "Chronology")
    answers = (
        Chosen("What kind of event was it?", "Saw or heard violence at home"),
        *(Written(part, number) for part, number in (("Day", "27"), ("Month", "3"), ("Year", "2021"))),
        Written("What happened?", "Neighbours called the police."),
        Written("What does it mean for the child?", MEANING),
    )
    choose(hand, "Record a significant event", answers)
    hand.press(screen.main.get_by_role("button", name="Record a significant event", exact=True))
    screen.arrived("Chronology")
    hand.press(screen.main.get_by_role("link", name="Significant events", exact=True))
    screen.arrived("Chronology")
    expect(screen.main).to_contain_text(MEANING)
    expect(screen.main).to_contain_text("27 March 2021, written down")


@pytest.mark.parametrize("hands", [Mouse, Keyboard])
def test_visitors_are_warned_and_the_warning_ends_when_it_no_longer_holds(as_person, hands) -> None:
    screen = as_person(FAMILY_WORKER, width=PHONE if hands is Mouse else 1280)
    hand = hands(screen)
    case = screen.caller.cases()[-1]
    screen.open(f"/cases/{case['id']}", f"Case {case['reference']}")
    bar = screen.main.get_by_role("region", name=IDENTITY)
    choose(hand, WARN)
    hand.choose(screen.main.get_by_role("checkbox", name=DANGER, exact=True))
    Chosen("May the family know of it?", "Ask whoever recorded it before you tell the family").give(hand)
    ahead = datetime.now() + timedelta(days=90)
    for part, number in (("Day", ahead.day), ("Month", ahead.month), ("Year", ahead.year)):
        Written(part, str(number)).give(hand)
    hand.press(screen.main.get_by_role("button", name=WARN, exact=True))
    screen.arrived(f"Case {case['reference']}")
    expect(bar).to_contain_text(DANGER)
    answers = (
        Chosen("Which warning have you looked at again?", DANGER),
        Chosen("Does it still hold?", "It no longer holds"),
        Written("What is that based on?", "Police looked and took them away."),
    )
    choose(hand, AGAIN, answers)
    hand.press(screen.main.get_by_role("button", name=AGAIN, exact=True))
    screen.arrived(f"Case {case['reference']}")
    expect(bar).not_to_contain_text(DANGER)
