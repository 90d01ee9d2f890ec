"""A child that is not born yet: a birth is recorded from My work; a loss ends the wait, until it was an error."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import FAMILY, choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.one_case import OneCase, case_at, in_days
from tests.e2e.people import FAMILY_WORKER
from tests.e2e.referral_form import OnDay, Picked, Written
from tests.e2e.screen import PHONE, Screen

BORN, LOST = "Record that the baby is born", "Record that the pregnancy has ended"
STILL_EXPECTED = "Record that the baby is still expected"
DETAILS, WAITS = "The child’s details", "Baby expected"


@pytest.fixture
def expecting(as_person) -> OneCase:
    """A case about a child that is expected within a month."""
    unborn = {"birth": "expected_date", "child_expected_date": in_days(20).isoformat(), "child_date_of_birth": None}
    return case_at(as_person, "allocated", **unborn, child_sex="not_known")


def waiting(screen: Screen, case: OneCase) -> Any:
    """The line of My work that asks about the birth."""
    screen.open("/work", "My work")
    return screen.main.get_by_role("listitem").filter(has_text=WAITS).filter(has_text=case.sent.given)


@pytest.mark.parametrize(("by", "width"), [(Mouse, PHONE), (Keyboard, 1280)], ids=["phone", "keyboard"])
def test_a_birth_is_recorded_from_my_work(as_person, expecting: OneCase, by: type[Hand], width: int) -> None:
    worker = as_person(FAMILY_WORKER, width=width)
    worker.names = expecting.names | {"Noor"}
    hand = by(worker)
    hand.press(waiting(worker, expecting).get_by_role("link").first)
    worker.arrived(BORN)
    worker.check()
    answers = (
        OnDay("On which day was the baby born?", in_days(0)),
        Written("First name", "Noor"),
        Written("Last name (optional)", FAMILY),
        Picked("Sex (optional)", "Female"),
    )
    for answer in answers:
        answer.give(hand)
    confirm(hand, BORN, back_at=expecting.home)
    expect(worker.main).to_contain_text(f"Noor {FAMILY}")
    worker.open(f"{expecting.page}/child", DETAILS)
    expect(worker.main.get_by_role("link", name=BORN)).to_have_count(0)
    expect(waiting(worker, expecting)).to_have_count(0)
    worker.open(f"{expecting.page}/chronology", "Chronology")
    expect(worker.main).to_contain_text("Recorded that the baby is born")


@pytest.mark.parametrize(("by", "width"), [(Keyboard, PHONE), (Mouse, 1280)], ids=["phone", "desktop"])
def test_a_loss_is_recorded_with_what_happens_next_and_an_error_is_taken_back(
    as_person, expecting: OneCase, by: type[Hand], width: int
) -> None:
    worker = as_person(FAMILY_WORKER, width=width)
    worker.names = expecting.names
    hand = by(worker)
    worker.open(f"{expecting.page}/child", DETAILS)
    answers = (
        OnDay("On which day did the pregnancy end?", in_days(0)),
        Written("Who told you, and when?", "Her midwife, this morning"),
        Written("What happens next, and who does it?", "Ring her mother and listen."),
        OnDay("On which day?", in_days(2)),
    )
    choose(hand, LOST, answers)
    worker.check()
    confirm(hand, LOST, back_at=DETAILS)
    expect(waiting(worker, expecting)).to_have_count(0)
    worker.open(expecting.page, expecting.home)
    expect(worker.main).to_contain_text("Ring her mother and listen.")
    expect(worker.main).not_to_contain_text(re.compile("[Ee]xpected on"))

    worker.open(f"{expecting.page}/child", DETAILS)
    choose(hand, STILL_EXPECTED, [Written("How did the mistake happen?", "It was another family, the midwife says.")])
    confirm(hand, STILL_EXPECTED, back_at=DETAILS)
    expect(waiting(worker, expecting)).to_have_count(1)
