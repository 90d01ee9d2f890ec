"""Peers and places of concern: written down, looked at again and ended, on a page of their own and on no other."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import FAMILY_WORKER
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import PHONE

WORK = "My work"
PAGE, ADD, AGAIN = "Peers and places of concern", "Write down a peer or a place of concern", "Look at it again"


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_a_place_is_written_down_looked_at_again_and_ended(as_person, width: int, works: Any) -> None:
    screen = as_person(FAMILY_WORKER, width=width)
    hand: Hand = works(screen)
    name = f"The underpass by bus stop {width}"
    case = screen.caller.cases()[-1]
    screen.open(f"/cases/{case['id']}/people", "People")
    hand.press(screen.main.get_by_role("link", name=PAGE, exact=True))
    screen.arrived(PAGE)
    write_down(hand, name)

    hand.press(screen.main.get_by_role("link", name=name, exact=True))
    screen.arrived("Peer or place of concern")
    expect(screen.main.get_by_role("link", name=AGAIN, exact=True)).to_be_visible()
    end_from_my_work(hand, case["reference"], name)
    screen.open(f"/cases/{case['id']}/concerns", PAGE)
    expect(screen.main.get_by_role("article").filter(has_text=name)).to_contain_text("No longer so")

    for path in ("chronology", "family", "plan", "people"):
        screen.page.goto(f"{screen.address}/cases/{case['id']}/{path}")
        screen.settled()
        expect(screen.main.get_by_role("heading", level=1)).to_be_visible()
        expect(screen.main).not_to_contain_text(name)


def write_down(hand: Hand, name: str) -> None:
    """A place, with what is known of it and when it is looked at again."""
    screen = hand.screen
    choose(hand, ADD, (Chosen("Is it a peer or a place?", "A place"), Written("Who or where is it? (optional)", name)))
    hand.choose(screen.main.get_by_role("checkbox", name="Violence or threats", exact=True))
    Written("What is known?", "She is followed there.").give(hand)
    Chosen("How do you know?", "I saw or heard this myself").give(hand)
    again = screen.main.get_by_role("group", name="When is it looked at again?", exact=True)
    for part, number in zip(("Day", "Month", "Year"), ahead(), strict=True):
        hand.write(again.get_by_role("textbox", name=part, exact=True), number)
    confirm(hand, ADD, back_at=PAGE)
    expect(screen.main.get_by_role("article").filter(has_text=name)).to_contain_text("She is followed there.")


def end_from_my_work(hand: Hand, reference: str, name: str) -> None:
    """Its day comes this week, so the worker is asked on the page of the day, without a word of where it is."""
    screen = hand.screen
    screen.open("/work", WORK)
    asked = screen.main.get_by_role("listitem").filter(has_text=reference)
    expect(screen.main).not_to_contain_text(name)
    hand.press(asked.get_by_role("link", name="Look again at a place of concern", exact=True))
    screen.arrived(AGAIN)
    Chosen("Is it still so?", "It is no longer so").give(hand)
    Written("What is that based on?", "There is a guard now.").give(hand)
    confirm(hand, AGAIN, back_at=WORK)
    expect(asked.get_by_role("link", name="Look again at a place of concern", exact=True)).to_have_count(0)


def ahead() -> tuple[str, str, str]:
    """A day of this week, as three boxes take it."""
    day = datetime.now() + timedelta(days=4)
    return str(day.day), str(day.month), str(day.year)
