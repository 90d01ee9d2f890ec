"""The child’s own details, put right on a page of the case: what they were is read there, and a hidden home is not."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from backend.core import clock
from backend.deadlines.calendar import local
from tests.e2e.acting import choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import FAMILY_WORKER
from tests.e2e.referral_form import Chosen, Picked, Written
from tests.e2e.screen import PHONE

AMEND = "Put right the child’s details"
NO = "No, somebody must not find the child there"
MOVE = "Record a change of school"
SAFE = "May everybody who works with the child know this address? (optional)"


def because(reason: str) -> tuple[Any, ...]:
    """Why it is changed."""
    return (Chosen("Why do you change it?", "It has changed"), Written("What is that based on?", reason))


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_the_details_are_put_right_and_a_home_is_kept_apart(as_person, width: int, works: Any) -> None:
    screen = as_person(FAMILY_WORKER, width=width)
    hand: Hand = works(screen)
    born = [one for one in screen.caller.cases() if screen.caller.read(f"cases/{one['id']}/")["child"]["date_of_birth"]]
    case = born[-1 if width == PHONE else -2]
    screen.open(f"/cases/{case['id']}", f"Case {case['reference']}")
    hand.press(screen.main.get_by_role("link", name="Put these details right, or see what they were"))
    screen.arrived("The child’s details")

    school = f"Kestrel School {width}"
    number = "07700 900765"
    answers = (
        Written("School, nursery or college (optional)", school),
        Written("The child’s own phone number (optional)", number),
        Picked("How may this number be used safely? (optional)", "Text only"),
        *because("The school rang."),
    )
    choose(hand, AMEND, answers)
    confirm(hand, AMEND, back_at="The child’s details")
    expect(screen.main).to_contain_text(f"{school} (before: ")
    expect(screen.main).to_contain_text("It has changed: The school rang.")

    home = (
        Written("Address (optional)", "2 Heron Lane"),
        Picked(SAFE, NO),
        *because("They had to leave at night."),
    )
    choose(hand, AMEND, home)
    confirm(hand, AMEND, back_at="The child’s details")
    expect(screen.main).not_to_contain_text("Heron Lane")
    expect(screen.main).to_contain_text("Kept apart (before: Kept apart)")
    hand.press(screen.main.get_by_role("button", name="Show the protected address"))
    expect(screen.main).to_contain_text("2 Heron Lane")
    screen.open(f"/cases/{case['id']}/chronology", "Chronology")
    expect(screen.main).to_contain_text(AMEND)


@pytest.mark.parametrize(("width", "works"), [(1280, Mouse), (PHONE, Keyboard)])
def test_a_change_of_school_leads_to_the_plan_from_my_work(as_person, width: int, works: Any) -> None:
    screen = as_person(FAMILY_WORKER, width=width)
    hand: Hand = works(screen)
    born = [one for one in screen.caller.cases() if screen.caller.read(f"cases/{one['id']}/")["child"]["date_of_birth"]]
    case = born[0 if width == PHONE else 1]
    on = local(clock.now()).date() + timedelta(days=12)
    screen.open(f"/cases/{case['id']}/child", "The child’s details")
    move = (
        Written("Which school, nursery or college does the child move to?", f"Heron School {width}"),
        Written("Day", str(on.day)),
        Written("Month", str(on.month)),
        Written("Year", str(on.year)),
    )
    choose(hand, MOVE, move)
    confirm(hand, MOVE, back_at="The child’s details")
    expect(screen.main.get_by_role("status").first).to_contain_text("Look at the plan")
    expect(screen.main).to_contain_text(f"Heron School {width}")
    screen.open("/work", "My work")
    expect(screen.main).to_contain_text("Changes school: look at the plan")
