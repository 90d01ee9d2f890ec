"""The newcomer’s journey, by keyboard at a desk and by touch on a phone: refer, decide, and read who decided what."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import acting
from tests.e2e.hands import EitherHand, Hand, Mouse
from tests.e2e.people import OFFICER, TEACHER
from tests.e2e.referral_form import Chosen, Picked, Written, every_task, fill_in
from tests.e2e.screen import PHONE

RATIONALE = "Home is short of food and of grown-ups; one worker can change both."
OUTCOME = "Family support starts this week. Thank you for writing so clearly."
DECISION = (
    Chosen("Which child is this?", "A new child"),
    Chosen("What level of need do you decide?", "Universal Plus"),
    Chosen("What is the primary need?", "Family in acute stress"),
    Chosen("Which board’s theme is this?", "Protecting People from Harm"),
    Chosen("How soon is help needed?", "Amber: this week"),
    Picked("Which agency should lead?", "Front Door, Children’s Advice and Support"),
    Written("Why did you decide this?", RATIONALE),
    Written("What will the referrer read?", OUTCOME),
)


def sign_in(hand: Hand, name: str) -> None:
    """One click on the first page."""
    hand.press(hand.screen.main.get_by_role("button", name=re.compile(f"^{name}")))
    hand.screen.arrived("Home")


def sign_out(hand: Hand) -> None:
    """Through the menu that bears one's name."""
    header = hand.screen.page.get_by_role("banner")
    hand.press(header.locator("summary", has_text="Your account"))
    # The server's word for "signed out" is 401.
    with hand.screen.refused(401):
        hand.press(header.get_by_role("button", name="Sign out"))
        hand.screen.arrived("Sign in", by_address=True)


def go(hand: Hand, entry: str) -> None:
    """To an entry of the menu, which on a phone has to be folded out first."""
    menu = hand.screen.page.get_by_role("navigation", name="Menu")
    fold = menu.get_by_role("button", name="Menu")
    if fold.is_visible():
        hand.press(fold)
    hand.press(menu.get_by_role("link", name=entry, exact=True))
    hand.screen.arrived(entry)


def refer(hand: Hand, given: str, family: str) -> str:
    """From home to the confirmation; the reference that it gives."""
    screen = hand.screen
    hand.press(screen.main.get_by_role("link", name="Make a referral"))
    screen.arrived("Make a referral")
    hand.press(screen.main.get_by_role("button", name="Start now"))
    expect(screen.main.get_by_text("Cannot start yet")).to_have_count(19)
    screen.arrived("Make a referral")
    for task in every_task(given, family):
        fill_in(hand, task)
    expect(screen.main.get_by_text("You have completed 10 of 10 parts.")).to_be_visible()
    hand.press(screen.main.get_by_role("link", name="Check your answers and send"))
    screen.arrived("Check your answers")
    assert acting.told(screen) == [
        f"The referrer ({TEACHER}, Oakfield School)",
        "The triage officers of the agency that receives it",
    ]
    hand.press(screen.main.get_by_role("button", name="Send the referral"))
    screen.arrived("Referral sent")
    return screen.main.locator("strong").first.inner_text()


def found_in_queue(hand: Hand, reference: str) -> Locator:
    """What has just arrived is due last: the list grows until it is there."""
    main = hand.screen.main
    link = main.get_by_role("link", name=reference, exact=True)
    more = main.get_by_role("button", name="Show more")
    while link.count() == 0:
        hand.press(more)
        expect(main.get_by_role("button", name="Loading…")).to_have_count(0)
    return link


def decide(hand: Hand, reference: str) -> None:
    """From home through the queue to the decision."""
    screen = hand.screen
    go(hand, "Referrals to decide")
    hand.press(found_in_queue(hand, reference))
    screen.arrived(f"Referral {reference}")
    acting.choose(hand, "Start triage")
    acting.confirm(hand, "Start triage", back_at=f"Referral {reference}")
    acting.choose(hand, "Agree help", DECISION)
    assert acting.told(screen) == [f"The referrer ({TEACHER}, Oakfield School)"]
    acting.confirm(hand, "Agree help", back_at=f"Referral {reference}")


def read_outcome(hand: Hand, reference: str) -> None:
    """As the teacher: the message, the tracker, who decided what and when, and what happened since."""
    screen = hand.screen
    acting.message(screen, reference, "Your referral")
    screen.arrived(f"Referral {reference}")
    expect(screen.main.get_by_text("Help was agreed.").first).to_be_visible()
    decision = screen.main.get_by_role("region", name="Decision", exact=True)
    expect(decision).to_contain_text(OFFICER)
    # On the hour it has no minutes, and noon is midday.
    expect(decision).to_contain_text(re.compile(r"When\s*\d+ \w+ 20\d\d at (\d+(:\d\d)?[ap]m|midday)"))
    expect(decision).to_contain_text(OUTCOME)
    expect(screen.main.get_by_role("region", name="What has happened")).to_contain_text(OFFICER)


@pytest.mark.parametrize(
    ("kind", "width", "given"),
    [(EitherHand, 1280, "Robin"), pytest.param(Mouse, PHONE, "Lark", marks=pytest.mark.deep)],
    ids=["keyboard", "phone"],
)
def test_the_newcomers_journey(window, kind: type[Mouse | EitherHand], width: int, given: str):
    hand = kind(window(width=width))
    hand.screen.names = {given, "Tallis"}
    hand.screen.open("/", "Sign in")
    sign_in(hand, TEACHER)
    reference = refer(hand, given, "Tallis")
    sign_out(hand)
    sign_in(hand, OFFICER)
    decide(hand, reference)
    sign_out(hand)
    sign_in(hand, TEACHER)
    read_outcome(hand, reference)
