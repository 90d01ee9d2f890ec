"""The people around a child: named, changed, ended and taken back on the case’s page; the picture follows at once."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import FAMILY_WORKER
from tests.e2e.referral_form import Chosen, Picked, Written
from tests.e2e.screen import PHONE

NAME, CHANGE, END = "Name somebody around the child", "Change what is said of them", "End the relationship"
UNCLE = "Femi Fotheringay"


def answers(name: str) -> tuple[Any, ...]:
    """What is known of him."""
    return (
        Written("What is their name? (optional)", name),
        Chosen("Who are they to the child?", "Aunt or uncle"),
        Chosen("Do they live with the child?", "No"),
        Chosen("Do they have parental responsibility?", "Not known"),
        Written("What is their phone number? (optional)", "07700 900321"),
        Picked("How may they be contacted safely? (optional)", "Do not contact at home (Someone could be put at risk)"),
    )


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_somebody_is_named_changed_and_ended(as_person, width: int, works: Any) -> None:
    screen = as_person(FAMILY_WORKER, width=width)
    hand: Hand = works(screen)
    name = f"{UNCLE} {width}"
    case = screen.caller.read("cases/?view=mine")["results"][-1]
    screen.open(f"/cases/{case['id']}/people", "People")
    choose(hand, NAME, answers(name))
    confirm(hand, NAME, back_at="People")
    table = screen.main.get_by_role("table", name="Family and network")
    row = table.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("Do not call now")
    expect(screen.main.get_by_role("figure")).to_contain_text("Femi Fotheringa")

    hand.press(row.get_by_role("link", name=name))
    screen.arrived("Person around the child")
    changed = (
        Chosen("Do they live with the child?", "Yes"),
        Chosen("Why do you change it?", "It has changed"),
        Written("What is that based on?", "He moved in on Monday."),
    )
    choose(hand, CHANGE, changed)
    confirm(hand, CHANGE, back_at="People")
    hand.press(row.get_by_role("link", name=name))
    screen.arrived("Person around the child")
    expect(screen.main).to_contain_text("Yes (before: No)")
    expect(screen.main).to_contain_text("It has changed: He moved in on Monday.")

    choose(hand, END, (*day("27", "3", "2026"), Chosen("Why did it end?", "They have moved away")))
    confirm(hand, END, back_at="People")
    former = screen.main.get_by_role("table", name="No longer around the child")
    expect(former).to_contain_text(name)
    hand.press(former.get_by_role("link", name=name))
    screen.arrived("Person around the child")
    choose(hand, "Take it back")
    confirm(hand, "Take it back", back_at="People")
    expect(row).to_contain_text("Yes")


def day(number: str, month: str, year: str) -> tuple[Written, ...]:
    """A date in three boxes."""
    return Written("Day", number), Written("Month", month), Written("Year", year)
