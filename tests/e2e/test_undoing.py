"""What was just done is undone on the page after it; what is found out later is corrected with a reason."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import FAMILY_WORKER
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import PHONE, Screen
from tests.e2e.test_plan import Dated, Ticked, case_to_assess, section

ADD = "Record a Strengths and Difficulties score"
SCALES = {"Emotional": 5, "Conduct": 4, "Hyperactivity": 8, "Peer relationships": 3, "Prosocial (helpful to others)": 5}


def score(hand: Hand, measure: str) -> None:
    """Record the scores of a questionnaire, as they lie on the desk."""
    scales = [Written(f"{name}, 0 to 10 (optional)", str(value)) for name, value in SCALES.items()]
    asked = [Chosen("Which version?", measure)]
    asked += [
        Chosen("When in the work is this?", "At the beginning"),
        Dated("On which day was it filled in?", 0),
        *scales,
    ]
    choose(hand, ADD, asked)
    confirm(hand, ADD, back_at="Outcomes")


def undo(hand: Hand, measure: str) -> None:
    """It was the wrong child: one press on the page after it."""
    main = hand.screen.main
    expect(main.get_by_role("status").first).to_contain_text("You can undo this until")
    hand.screen.check()
    hand.press(main.get_by_role("button", name="Undo the score"))
    expect(main.get_by_text("You have undone this. It is as it was before.")).to_be_focused()
    expect(main.get_by_role("button", name="Undo the score")).to_have_count(0)
    expect(main.get_by_role("region", name=measure)).to_have_count(0)


def correct(hand: Hand) -> None:
    """It was the wrong box: both numbers stay."""
    main = hand.screen.main
    hand.press(main.locator("summary", has_text="Put a score right").last)
    hand.press(main.get_by_role("link", name=re.compile("Correct the score")).last)
    hand.screen.arrived("Correct the score")
    Written("Emotional, 0 to 10 (optional)", "1").give(hand)
    Written("Why do you correct it?", "I read the wrong line.").give(hand)
    confirm(hand, "Correct the score", back_at="Outcomes")
    expect(main).to_contain_text("Scored once: 16 of 40.")
    expect(main).to_contain_text(f"it was 20 of 40 until {FAMILY_WORKER} corrected it on")
    expect(main).to_contain_text("I read the wrong line.")
    hand.screen.check()


def an_action(screen: Screen, case: dict[str, Any]) -> str:
    """Something that the person has to do for a family, added without its page."""
    caller = screen.caller
    form = next(one for one in caller.read(f"cases/{case['id']}/plan/")["options"] if one["name"] == "add_action")
    owners = next(field for field in form["input"] if field["name"] == "owner")["choices"]
    mine = next(one["value"] for one in owners if one["label"] == FAMILY_WORKER)
    day = (datetime.now().date() + timedelta(days=3)).isoformat()
    body = {"text": "Ring the school on Monday.", "owner": mine, "due_on": day, "not_for_family": False}
    return str(caller.write(f"cases/{case['id']}/actions/", body)["id"])


def finish(hand: Hand) -> None:
    """Say that it is done."""
    choose(hand, "Mark as done", (Written("What did you do, and what came of it?", "They will ring back."),))
    confirm(hand, "Mark as done", back_at="To do for a family’s plan")


def do(screen: Screen, hand: Hand, measure: str) -> None:
    case = case_to_assess(screen)
    screen.open(f"/cases/{case['id']}", f"Case {case['reference']}")
    section(hand, "Outcomes")
    score(hand, measure)
    undo(hand, measure)
    score(hand, measure)
    correct(hand)
    screen.was_calm()


def test_a_score_is_undone_at_once_and_corrected_later_by_keyboard(as_person):
    screen = as_person(FAMILY_WORKER)
    do(screen, Keyboard(screen), "Strengths and Difficulties: teacher")


def test_the_same_on_a_phone(as_person):
    screen = as_person(FAMILY_WORKER, width=PHONE)
    do(screen, Mouse(screen), "Strengths and Difficulties: parent")


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_done_by_mistake_is_undone_and_later_opened_again_with_a_reason(as_person, width):
    screen = as_person(FAMILY_WORKER, width=width)
    hand: Hand = Mouse(screen) if width == PHONE else Keyboard(screen)
    main = screen.main
    screen.open(f"/actions/{an_action(screen, case_to_assess(screen))}", "To do for a family’s plan")
    finish(hand)
    expect(main.get_by_role("status").first).to_contain_text("You can undo this until")
    screen.check()
    hand.press(main.get_by_role("button", name="Undo what you just did to the action"))
    expect(main.get_by_text("You have undone this. It is as it was before.")).to_be_focused()
    expect(main.get_by_text("To do", exact=True)).to_be_visible()
    finish(hand)
    choose(hand, "Open the action again", (Written("Why is it open again?", "Nobody rang."), Dated("By which day?", 2)))
    confirm(hand, "Open the action again", back_at="To do for a family’s plan")
    expect(main.get_by_text("To do", exact=True)).to_be_visible()
    screen.was_calm()


def meet(hand: Hand) -> None:
    """Record a family meeting, as it lies on the desk."""
    held = (
        Chosen("What was it?", "Family support meeting"),
        Dated("On which day was it?", 0),
        Ticked("A parent or carer"),
        Written("What was talked about?", "Who brings her to school."),
        Written("What was decided? (optional)", "Grandma brings her on Fridays."),
    )
    choose(hand, "Record a meeting", held)
    confirm(hand, "Record a meeting", back_at="Reviews and meetings")


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_a_meeting_of_another_family_is_undone_at_once_and_a_wrong_word_corrected_later(as_person, width):
    screen = as_person(FAMILY_WORKER, width=width)
    hand: Hand = Mouse(screen) if width == PHONE else Keyboard(screen)
    main = screen.main
    case = case_to_assess(screen)
    screen.open(f"/cases/{case['id']}", f"Case {case['reference']}")
    section(hand, "Reviews and meetings")
    cards = main.get_by_role("article", name=re.compile("Family support meeting"))
    before = cards.count()
    meet(hand)
    screen.check()
    expect(cards).to_have_count(before + 1)
    hand.press(main.get_by_role("button", name="Undo the meeting"))
    expect(main.get_by_text("You have undone this. It is as it was before.")).to_be_focused()
    expect(cards).to_have_count(before)
    meet(hand)
    hand.press(cards.first.get_by_role("link", name=re.compile("Correct what was written")))
    screen.arrived("Correct what was written")
    screen.check()
    Written("What was decided? (optional)", "Dad brings her on Fridays.").give(hand)
    Written("Why do you correct it?", "I wrote the wrong person.").give(hand)
    confirm(hand, "Correct what was written", back_at="Reviews and meetings")
    expect(cards.first).to_contain_text("Dad brings her on Fridays.")
    expect(cards.first).to_contain_text(f"Corrected by {FAMILY_WORKER} on")
    expect(cards.first).to_contain_text("I wrote the wrong person.")
    expect(cards.first).to_contain_text("Grandma brings her on Fridays.")
    expect(cards.first.get_by_role("link", name=re.compile("Undo"))).to_have_count(0)
    screen.check()
    screen.was_calm()
