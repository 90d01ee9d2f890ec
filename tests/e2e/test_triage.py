"""What the front door does besides agreeing help: asking, offering, declining by two, stepping up, at the same time."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from backend.core import clock
from backend.deadlines.calendar import local
from backend.referrals.commands.machine import RESUME_JOB
from tests.e2e import acting
from tests.e2e.acting import BASIS, Sent
from tests.e2e.ageing import minute_is_up
from tests.e2e.hands import Mouse
from tests.e2e.people import (
    FRONT_DOOR_MANAGER,
    OFFICER,
    POLICE,
    SECOND_OFFICER,
    TEACHER,
    YOUTH_JUSTICE_OFFICER,
)
from tests.e2e.referral_form import Answer, Chosen, Picked, Written
from tests.e2e.screen import Screen

ADVICE = (
    Chosen("What level of need do you decide?", "Universal"),
    Chosen("What did you point them to?", "Advice to the family"),
    Written("What advice or service was given?", "The holiday clubs of the ward, free with school meals."),
    Written("Why did you decide this?", "The family manages well with what there is."),
    Written("What will the referrer read?", "We told the family about the holiday clubs."),
)

NO = (
    Chosen("What level of need do you decide?", "Universal Plus"),
    Chosen("What is the reason?", "Someone is already helping with this"),
    Written("Why did you decide this?", "The youth project sees him twice a week."),
    Written("What would change this decision?", "If he stops going, or is found out at night again."),
    Written("What will the referrer read?", "The youth project goes on seeing him. Write again if that ends."),
)


@pytest.fixture
def officer(as_person) -> Screen:
    return as_person(OFFICER)


@pytest.fixture
def arrives(as_person) -> Any:
    """Sends a referral from the school to the front door."""
    teacher = as_person(TEACHER)

    def send(**answers: Any) -> Sent:
        return acting.send(teacher.caller, **answers)

    return send


def opened(screen: Screen, sent: Sent) -> None:
    """The page of the referral."""
    screen.open(sent.path, f"Referral {sent.reference}")


def where_it_is(screen: Screen) -> Locator:
    """Who has it, what happens next, by when."""
    return screen.main.get_by_role("region", name="Where this referral is")


def in_triage(officer: Screen, sent: Sent) -> None:
    """The referral is in this officer's hands, and on their screen."""
    acting.edge(officer.caller, sent, "start-triage")
    opened(officer, sent)


def moment(answer: Any) -> tuple[Answer, ...]:
    """A date and time, box by box."""
    return (
        Written("Day", str(answer.day)),
        Written("Month", str(answer.month)),
        Written("Year", str(answer.year)),
        Written("Time, like 14:30", f"{answer:%H:%M}"),
    )


def ask_police(officer: Screen, sent: Sent) -> None:
    """Ask what the police know; until they answer, the clock to decide stands still."""
    asks = (
        Picked("Who do you ask?", "City Police"),
        Written("What do you want to know?", "Has the child been found out alone at night?"),
        Chosen("What do you need it for?", "To decide what help the child needs"),
        *BASIS,
    )
    acting.act(officer, "Ask other agencies", asks, back_at=f"Referral {sent.reference}")
    expect(where_it_is(officer)).to_contain_text("have asked others")


def answer_question(police: Screen, sent: Sent) -> None:
    """As somebody of the police finds the question and answers it."""
    question = f"Question about {sent.reference}"
    police.open("/information-requests", "Questions for us")
    police.follow(question, to=question)
    answer = (Written("What do you know?", "Nothing this year. Once last summer, with older children."), *BASIS)
    acting.act(police, "Answer", answer, back_at=question)


def triage_goes_on(product: Any, officer: Screen, sent: Sent) -> None:
    """By itself, soon after the last answer; the officer hears of the answer and reads it."""
    acting.message(officer, sent.reference, "City Police")
    officer.arrived(f"Referral {sent.reference}")
    minute_is_up(product, RESUME_JOB)
    for _ in range(60):
        if f"{OFFICER} is looking at it" in where_it_is(officer).inner_text():
            break
        officer.page.wait_for_timeout(1_000)
        officer.page.reload()
        expect(where_it_is(officer)).to_be_visible()
    expect(where_it_is(officer)).to_contain_text(f"{OFFICER} is looking at it")
    expect(officer.main.get_by_role("region", name="Questions asked")).to_contain_text("Once last summer")


def confirm_decline(manager: Screen, sent: Sent) -> None:
    """As the second person, who reads what the first one gave."""
    manager.open("/confirmations", "Second person needed")
    manager.follow(re.compile(sent.reference), to=f"Decline, {sent.reference}")
    expect(manager.main.get_by_text("Someone is already helping with this")).to_be_visible()
    acting.act(manager, "Confirm", back_at=f"Decline, {sent.reference}")


def test_an_agency_answers_and_two_people_decline(product, officer, arrives, as_person):
    sent = arrives(level_believed="complex", tried_before="A mentor, and talks with the family.")
    home = f"Referral {sent.reference}"
    in_triage(officer, sent)
    ask_police(officer, sent)

    police = as_person(POLICE)
    police.names = {sent.given, acting.FAMILY}
    answer_question(police, sent)
    triage_goes_on(product, officer, sent)

    acting.act(officer, "Decline", NO, back_at=home)
    expect(officer.main.get_by_role("region", name="Waiting for a second person")).to_contain_text(OFFICER)
    manager = as_person(FRONT_DOOR_MANAGER)
    confirm_decline(manager, sent)

    teacher = as_person(TEACHER)
    acting.message(teacher, sent.reference, "Your referral")
    teacher.arrived(home)
    decision = teacher.main.get_by_role("region", name="Decision", exact=True)
    expect(decision).to_contain_text("Someone is already helping with this")
    expect(decision).to_contain_text("The youth project goes on seeing him.")
    # What the police said was for who asked.
    expect(teacher.main).not_to_contain_text("Once last summer")


@pytest.mark.parametrize("answer", ["take", "return"])
def test_an_offer_is_taken_or_sent_back(officer, arrives, as_person, answer: str):
    sent = arrives()
    home = f"Referral {sent.reference}"
    in_triage(officer, sent)
    offer = (
        Chosen("Which agency do you offer it to?", "Youth Justice Service"),
        Chosen("Why them?", "Another service is better placed to help"),
        Written("What should they know about why you offer it?", "First contact with the police, and willing to talk."),
        *BASIS,
    )
    acting.act(officer, "Offer to another agency", offer, back_at=home)
    expect(where_it_is(officer)).to_contain_text("Offered to Youth Justice")

    youth_justice = as_person(YOUTH_JUSTICE_OFFICER)
    youth_justice.open("/offered", "Offered to us")
    youth_justice.follow(sent.reference, to=home)
    if answer == "take":
        acting.act(youth_justice, "Take the referral", back_at=home)
        holder = "Youth Justice Service"
    else:
        why = Chosen("Why do you send it back?", "Outside the ages we help")
        acting.choose(Mouse(youth_justice), "Send it back", [why])
        youth_justice.main.get_by_role("button", name="Send it back").click()
        expect(youth_justice.main.get_by_role("status").first).to_contain_text("It is now: in triage.")
        youth_justice.check()
        holder = "Front Door"
    opened(officer, sent)
    expect(where_it_is(officer)).to_contain_text(f"With {holder}")


def test_two_officers_at_once_lose_nothing(officer, arrives, as_person):
    sent = arrives()
    in_triage(officer, sent)
    hand = Mouse(officer)
    acting.choose(hand, "Give advice or a service", ADVICE)

    colleague = as_person(SECOND_OFFICER)
    about = {"who": "parent", "was_told": False, "why_not": "could_not_reach", "look_again_on": _tomorrow()}
    acting.edge(colleague.caller, sent, "record-told", **about)

    with officer.refused(409):
        officer.main.get_by_role("button", name="Give advice or a service").click()
        changed = officer.main.get_by_role("alert")
        expect(changed).to_contain_text("This changed while you were writing")
        expect(changed).to_contain_text(f"Recorded who was told, by {SECOND_OFFICER}")
        expect(changed).to_contain_text("What you typed is still here")
        officer.check()
    expect(officer.main.get_by_role("textbox", name="What will the referrer read?")).to_have_value(
        "We told the family about the holiday clubs."
    )
    acting.confirm(hand, "Give advice or a service", back_at=f"Referral {sent.reference}")
    expect(officer.main.get_by_role("region", name="Decision", exact=True)).to_contain_text("holiday clubs")


def test_it_is_stepped_up_and_handed_over(officer, arrives):
    sent = arrives()
    home = f"Referral {sent.reference}"
    in_triage(officer, sent)
    an_hour_ago = local(clock.now() - timedelta(hours=1))
    up = (
        Chosen("Where did you pass it?", "Children’s social care"),
        Written("Who did you speak to?", "Duty social worker, by telephone"),
        *moment(an_hour_ago),
    )
    acting.act(officer, "Step up to statutory services", up, back_at=home)
    expect(where_it_is(officer)).to_contain_text("stays responsible")
    over = (
        Written("Who received it?", "Duty social worker"),
        *moment(an_hour_ago),
        Chosen("Has the written follow-up been sent?", "Yes"),
        Written("What did they say they will do?", "An assessment, starting today."),
        Written("What will the referrer read?", "Social care has taken it over and starts today."),
    )
    acting.act(officer, "Confirm the handover", over, back_at=home)
    expect(where_it_is(officer)).to_contain_text("taken it over")


def test_the_filters_of_the_queue_are_in_its_address(officer, arrives):
    quiet = arrives()
    officer.open("/queue", "Referrals to decide")
    box = officer.main.get_by_role("checkbox", name="Urgent only")
    box.check()
    expect(officer.page).to_have_url(re.compile(r"/queue\?urgent=true$"))
    officer.settled()
    expect(officer.main.get_by_role("link", name=quiet.reference)).to_have_count(0)
    officer.page.reload()
    officer.arrived("Referrals to decide", by_address=True)
    expect(box).to_be_checked()
    officer.main.get_by_role("button", name="Remove the filter Urgent only").click()
    expect(officer.page).to_have_url(re.compile(r"/queue$"))


def _tomorrow() -> str:
    return str(local(clock.now() + timedelta(days=1)).date())
