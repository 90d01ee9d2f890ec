"""A school disagrees with a decision: a manager answers, the school takes it further or the manager upholds it."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import acting
from tests.e2e.acting import Sent
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import FRONT_DOOR_MANAGER, OFFICER, TEACHER
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import PHONE, Screen

LIST = "Disagreements"
DECISION = "Advice or another service suggested"
SIGNPOSTED = {
    "level_of_need": "universal",
    "signpost_kind": "advice_to_family",
    "advice": "The holiday clubs of the ward, free with school meals.",
    "rationale": "The family manages well with what there is.",
    "outcome_text": "We told the family about the holiday clubs.",
}
WANTED = "Somebody visits the family at home."


@pytest.fixture
def decided(as_person) -> Sent:
    """A referral of the school that the front door ended with advice."""
    sent = acting.send(as_person.caller(TEACHER))
    officer = as_person.caller(OFFICER)
    acting.edge(officer, sent, "start-triage")
    acting.edge(officer, sent, "signpost", **SIGNPOSTED)
    return sent


def disagree(hand: Hand, sent: Sent) -> None:
    """As the referrer, from the referral's page to the disagreement that stands on it."""
    screen, home = hand.screen, f"Referral {sent.reference}"
    screen.open(sent.path, home)
    acting.choose(hand, "Disagree with a decision")
    which = screen.main.get_by_role("group", name="Which decision do you disagree with?")
    hand.choose(which.get_by_role("radio", name=re.compile(f"^{DECISION}")))
    for answer in (
        Chosen("Why do you disagree?", "The need is greater than was decided"),
        Written("What do you see differently?", "He has slept in class every day this week."),
        Written("What should happen instead?", WANTED),
        Chosen("Is the child safe now?", "Yes, as far as we know"),
    ):
        answer.give(hand)
    acting.confirm(hand, "Disagree with a decision", back_at=home)
    hand.press(screen.main.get_by_role("region", name=LIST).get_by_role("link"))
    screen.arrived(about(sent))


def about(sent: Sent) -> str:
    """The heading of the disagreement's page."""
    return f"Disagreement about {sent.reference}"


def found(screen: Screen, sent: Sent, section: str) -> None:
    """Open the disagreement from this part of the list."""
    screen.open("/disagreements", LIST)
    row = screen.main.get_by_role("region", name=section).get_by_role("link", name=re.compile(sent.reference))
    row.click()
    screen.arrived(about(sent))


@pytest.mark.parametrize(("by", "width"), [(Keyboard, 1280), (Mouse, PHONE)])
def test_a_manager_stands_by_the_decision_and_the_school_takes_it_further(as_person, decided, by, width: int):
    teacher, manager = as_person(TEACHER, width=width), as_person(FRONT_DOOR_MANAGER, width=width)
    teacher.names = manager.names = {decided.given, acting.FAMILY}
    hand = by(teacher)
    disagree(hand, decided)
    expect(teacher.main).to_contain_text(WANTED)
    expect(teacher.main.get_by_role("link", name="Stand by the decision")).to_have_count(0)

    found(manager, decided, "For your agency to answer")
    said = Written("Why does the decision stand?", "We spoke to the school nurse, who sees him weekly.")
    acting.act(manager, "Stand by the decision", [said], back_at=about(decided))
    expect(manager.main.get_by_text("Answered", exact=True).first).to_be_visible()

    found(teacher, decided, "Raised by your agency")
    expect(teacher.main).to_contain_text("who sees him weekly")
    acting.choose(hand, "Take it to the next stage", [Written("What should they look at?", "How he comes home.")])
    acting.confirm(hand, "Take it to the next stage", back_at=about(decided))
    expect(teacher.main.get_by_text("Stage 2", exact=True).first).to_be_visible()
    teacher.was_calm()
    manager.was_calm()


def test_what_a_manager_upholds_is_seen_on_the_referral(as_person, decided):
    teacher, manager = as_person(TEACHER), as_person(FRONT_DOOR_MANAGER)
    disagree(Mouse(teacher), decided)
    found(manager, decided, "About what your agency decided")
    answers = [
        Written("What was not right about the decision?", "Nobody had asked the school what it sees."),
        Written("What will happen now?", "We reopen it today and visit."),
    ]
    acting.act(manager, "Uphold the disagreement", answers, back_at=about(decided))
    expect(manager.main.get_by_text("Upheld", exact=True).first).to_be_visible()
    manager.follow(f"Open {decided.reference}", to=f"Referral {decided.reference}")
    teacher.open(decided.path, f"Referral {decided.reference}")
    expect(teacher.main.get_by_role("region", name=LIST)).to_contain_text("Upheld")
