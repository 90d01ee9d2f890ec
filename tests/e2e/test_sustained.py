"""Six months after a case has closed somebody asks whether the change has lasted, and whoever looks later reads it."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.one_case import LASTED, AsPerson, case_at, close, end_goal, say_whether_it_lasted
from tests.e2e.people import EARLY_HELP_MANAGER, FAMILY_WORKER
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import PHONE, Screen

RIGHT = "Correct whether the change has lasted"
CHECK = "Check that the change lasted"
BY = pytest.mark.parametrize(("by", "width"), [(Mouse, PHONE), (Keyboard, 1280)], ids=["phone", "keyboard"])


def not_asked_yet(manager: Screen) -> str | None:
    """Of the cases that the manager's agency led, the one that closed first and of which nobody has asked since."""
    rows = manager.caller.read("cases/closed/?page_size=100")["results"]
    for row in sorted(rows, key=lambda one: one["closed_at"]):
        options = manager.caller.read(f"cases/{row['id']}/")["options"]
        if any(one["name"] == "record_sustained" and one["obstacles"] == [] for one in options):
            return str(row["id"])
    return None


def closed_today(as_person: AsPerson) -> str:
    """A case that its worker has just closed: whether the city has an older one depends on the day it is made."""
    case = case_at(as_person, "planned")
    worker = as_person(FAMILY_WORKER)
    hand = Mouse(worker)
    end_goal(hand, case)
    worker.open(case.page, case.home)
    close(hand, case)
    return case.id


def correct(hand: Hand, said: str, home: str) -> None:
    """She goes on some days only: the answer is put right, and what it said stays in a note."""
    main = hand.screen.main
    answers = (
        Chosen("Has the change lasted?", "In part"),
        Written("Why do you correct it?", "I misheard her aunt."),
    )
    choose(hand, RIGHT, answers)
    confirm(hand, RIGHT, back_at=home)
    expect(main.get_by_role("region", name="Has it lasted?")).to_contain_text("In part")
    expect(main).to_contain_text("It said before: Yes, it has lasted.")
    expect(main).to_contain_text(said)


@BY
def test_whether_the_change_has_lasted_is_asked_answered_and_read(as_person, by: type[Hand], width: int) -> None:
    manager = as_person(EARLY_HELP_MANAGER, width=width)
    found = not_asked_yet(manager) or closed_today(as_person)
    case = manager.caller.read(f"cases/{found}/")
    manager.names = {case["child"]["name"]}
    home, hand = f"Case {case['reference']}", by(manager)
    manager.open(f"/cases/{case['id']}", home)
    clocks = manager.main.get_by_role("complementary", name="Actions and clocks")
    over = clocks.get_by_role("group").filter(has_text="Clocks that are over")
    expect(clocks).to_contain_text(CHECK)
    said = f"Her aunt says that she goes every day ({width})."
    say_whether_it_lasted(hand, lasted="Yes, it has lasted", how_it_is=said, back_at=home)
    # It is asked once: nobody rings the family again for it.
    expect(clocks.get_by_role("listitem").filter(has_text=LASTED)).to_contain_text("was recorded already")
    expect(manager.main).to_contain_text(said)
    correct(hand, said, home)
    hand.press(over.locator("summary"))
    expect(over).to_contain_text(CHECK)
    manager.check()
    manager.follow("Chronology", to="Chronology")
    expect(manager.main).to_contain_text(re.compile("[Ll]asted"))
