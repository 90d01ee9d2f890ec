"""The people around a child: named, changed, ended and taken back on the case’s page; the picture follows at once."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import FAMILY_WORKER, FRONT_DOOR_MANAGER
from tests.e2e.referral_form import Chosen, Picked, Written
from tests.e2e.screen import PHONE

NAME, CHANGE, END = "Name somebody around the child", "Change what is said of them", "End the relationship"
SAME, APART, KNOWN = "Say who is the same person", "They are not the same person", "How do you know?"
NEWER = "Something newer is said of how they are reached safely"
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
    case = screen.caller.cases()[-1]
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


def test_a_grandmother_of_two_is_one_person_until_it_is_taken_back_and_said_again(as_person) -> None:
    screen = as_person(FRONT_DOOR_MANAGER)
    hand: Hand = Mouse(screen)
    led = screen.caller.cases(view="lead")
    around = [one for row in led for one in screen.caller.read(f"cases/{row['id']}/people/")["people"]]
    hers = [one for one in around if one["name"].startswith("Marisol")]
    assert len(hers) == 2
    doubted = next(one for one in hers if one["contact"]["rule_label"] == "Ask before you use this")
    screen.open(f"/relationships/{doubted['id']}", "Person around the child")
    beside = screen.main.get_by_role("region", name="The same person around another child")
    expect(beside).to_contain_text("She brought both of them to the first meeting.")
    expect(screen.main).to_contain_text(NEWER)
    choose(hand, APART, (Chosen("Who is somebody else after all?", doubted["name"]), Written(KNOWN, "She told us.")))
    confirm(hand, APART, back_at="People")
    screen.open(f"/relationships/{doubted['id']}", "Person around the child")
    expect(beside).to_contain_text("Taken back")
    expect(screen.main).not_to_contain_text(NEWER)
    choose(hand, SAME, (Chosen("Who is the same person?", doubted["name"]), Written(KNOWN, "Both registers of birth.")))
    confirm(hand, SAME, back_at="People")
    screen.open(f"/relationships/{doubted['id']}", "Person around the child")
    expect(beside).to_contain_text("Both registers of birth.")
    expect(screen.main).to_contain_text(NEWER)


def day(number: str, month: str, year: str) -> tuple[Written, ...]:
    """A date in three boxes."""
    return Written("Day", number), Written("Month", month), Written("Year", year)
