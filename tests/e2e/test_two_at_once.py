"""Two people change one form at once: the second reads both, chooses where both wrote, and loses nothing."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.acting import choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import EARLY_HELP_MANAGER, FAMILY_WORKER
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import PHONE, Screen

CHANGE, WORDS = "Change what is said of them", "Change the words"
NUMBER, NAME = "What is their phone number? (optional)", "What is their name? (optional)"
BASED = "What is that based on?"
UNCLE = {
    "name": "Femi Fotheringay",
    "relationship": "aunt_uncle",
    "lives_with_child": "no",
    "parental_responsibility": "no",
    "number": "07700 900321",
    "contact_rule": "any",
}
BY = pytest.mark.parametrize(("by", "width"), [(Mouse, PHONE), (Keyboard, 1280)], ids=["phone", "keyboard"])


def refused(hand: Hand, act: str) -> Locator:
    """What a person reads who sends an old form."""
    screen = hand.screen
    with screen.refused(409):
        hand.press(screen.main.get_by_role("button", name=act, exact=True))
        told = screen.main.get_by_role("alert")
        expect(told).to_contain_text("This changed while you were writing")
        screen.settled()
    return told


def choose_of(told: Locator, hand: Hand, question: str, way: str) -> None:
    """Say which of two answers to one question stands."""
    hand.choose(told.get_by_role("group", name=f"You both changed “{question}”").get_by_role("radio", name=way))


def written(screen: Screen, label: str, text: str) -> None:
    expect(screen.main.get_by_role("textbox", name=label, exact=True)).to_have_value(text)


@BY
def test_what_one_changed_is_joined_and_what_both_changed_is_chosen(as_person, by: type[Hand], width: int) -> None:
    worker, manager = as_person(FAMILY_WORKER, width=width), as_person(EARLY_HELP_MANAGER)
    case = worker.caller.cases()[-1]
    uncle = worker.caller.write(f"cases/{case['id']}/people/", UNCLE)
    path, home = f"/relationships/{uncle['id']}", "Person around the child"
    hand, theirs = by(worker), Mouse(manager)
    worker.open(path, home)
    mine = (
        Chosen("Do they live with the child?", "Yes"),
        Written(NUMBER, "07700 900111"),
        Chosen("Why do you change it?", "It has changed"),
        Written(BASED, "He moved in on Monday."),
    )
    choose(hand, CHANGE, mine)

    manager.open(path, home)
    other: tuple[Any, ...] = (
        Written(NAME, f"Femi A. {width}"),
        Written(NUMBER, "07700 900222"),
        Chosen("Why do you change it?", "It has changed"),
        Written(BASED, "He rang from his new number."),
    )
    choose(theirs, CHANGE, other)
    confirm(theirs, CHANGE, back_at="People")

    told = refused(hand, CHANGE)
    expect(told).to_contain_text(f"what {EARLY_HELP_MANAGER} wrote stands in the form now")
    expect(told.get_by_role("listitem").filter(has_text="What is their name?")).to_be_visible()
    both = told.get_by_role("group", name="You both changed “What is their phone number?”")
    for number in ("07700 900321", "07700 900111", "07700 900222"):
        expect(both).to_contain_text(number)
    written(worker, NAME, f"Femi A. {width}")
    written(worker, NUMBER, "07700 900111")
    written(worker, BASED, "He moved in on Monday.")
    worker.check()
    # Nothing is sent before it is chosen, and what was chosen can be chosen anew.
    hand.press(worker.main.get_by_role("button", name=CHANGE, exact=True))
    expect(told).to_contain_text("Choose for each of these what should stand.")
    choose_of(told, hand, "What is their phone number?", "Keep what you wrote")
    hand.choose(both.get_by_role("radio", name=f"Take what {EARLY_HELP_MANAGER} wrote"))
    written(worker, NUMBER, "07700 900222")
    worker.check()
    confirm(hand, CHANGE, back_at="People")
    stands = worker.caller.read(f"relationships/{uncle['id']}/")
    assert (stands["name"], stands["lives_with_child"], stands["contact"]["number"]) == (
        f"Femi A. {width}",
        "yes",
        "07700 900222",
    )


def test_two_texts_can_both_stand_and_are_written_on(as_person) -> None:
    worker, manager = as_person(FAMILY_WORKER), as_person(EARLY_HELP_MANAGER)
    case, goal = goal_in(worker)
    label = "What do they want to be different?"
    worker.open(f"/goals/{goal['id']}/do/revise?back=/cases/{case['id']}/plan", WORDS)
    hand = Mouse(worker)
    hand.write(worker.main.get_by_role("textbox", name=label), "Walk to school with a friend.")
    said = {"words": "Walk to school every day.", "whose": "child"}
    manager.caller.write(f"goals/{goal['id']}/revise/", {**said, "version": goal["version"]})
    told = refused(hand, WORDS)
    choose_of(told, hand, label, "Keep both, and go on writing in the form")
    written(worker, label, "Walk to school with a friend.\n\nWalk to school every day.")
    confirm(hand, WORDS, back_at="Plan")


def goal_in(screen: Screen) -> tuple[dict[str, Any], dict[str, Any]]:
    """An open goal of one of the person's own cases, with its case."""
    for row in screen.caller.cases():
        for goal in screen.caller.read(f"cases/{row['id']}/plan/")["goals"]:
            if goal["state"] == "open":
                return row, screen.caller.read(f"goals/{goal['id']}/")
    raise AssertionError("no case has an open goal")
