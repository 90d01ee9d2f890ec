"""One case that another agency is to lead, and its end: declined, offered again, taken, closed, and opened again."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import acting
from tests.e2e.acting import choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.one_case import (
    FRONT_DOOR,
    GOAL,
    LEAD,
    REOPEN,
    OneCase,
    allocate,
    case_at,
    close,
    end_goal,
    offer,
    referrer_reads,
    responsible,
)
from tests.e2e.people import EARLY_HELP_MANAGER, FAMILY_WORKER, FRONT_DOOR_MANAGER, SECOND_OFFICER, TEACHER
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import PHONE, Screen

# Of the agencies whose people can sign in to the demonstration, the one besides whose manager can take a case.
SECOND, TEAM = FRONT_DOOR, "Safeguarding hub"
KIND = "Council children’s services: front door"
SECOND_LEADS, SECOND_WORKS = FRONT_DOOR_MANAGER, SECOND_OFFICER
ACCEPT, DECLINE = "Accept the transfer", "Decline the transfer"
NOT_HERE = "We could not find that, or you do not have access to it."
BY = pytest.mark.parametrize(("works", "width"), [(Mouse, PHONE), (Keyboard, 1280)], ids=["phone", "keyboard"])
WITHOUT_ROOM = "From the first of next month we have somebody."


def to_the_offer(hand: Hand, case: OneCase) -> str:
    """From the list of those who are asked, to what is handed over; return its heading."""
    heading = f"Transfer of case {case.reference}"
    hand.screen.open("/transfers", re.compile("ransfer"))
    hand.press(hand.screen.main.get_by_role("link", name=case.reference, exact=True).first)
    hand.screen.arrived(heading)
    expect(hand.screen.main).to_contain_text("School is the safe place.")
    return heading


def declined(hand: Hand, case: OneCase) -> None:
    """The second agency says no, and why."""
    heading = to_the_offer(hand, case)
    why = (
        Chosen("What is the reason?", "We have nobody who can take it in time"),
        Written("What should the other agency know?", WITHOUT_ROOM),
    )
    choose(hand, DECLINE, why)
    confirm(hand, DECLINE, back_at=heading)


def reads_the_no(manager: Screen, case: OneCase) -> None:
    """Whoever asked still leads and has somebody who works, is told why, and by when to find somebody else."""
    acting.message(manager, case.reference, "will not lead")
    manager.arrived(f"Transfer of case {case.reference}")
    expect(manager.main).to_contain_text(WITHOUT_ROOM)
    manager.open(case.page, case.home)
    expect(responsible(manager)).to_contain_text(LEAD)
    expect(responsible(manager)).to_contain_text(FAMILY_WORKER)
    expect(manager.main.get_by_role("region", name="Transfer proposed")).to_have_count(0)
    beside = manager.main.get_by_role("complementary", name="Actions and clocks")
    expect(beside).to_contain_text("Find out who leads the case next")


@BY
def test_it_is_offered_declined_offered_again_taken_and_allocated(as_person, works: type[Hand], width: int) -> None:
    case = case_at(as_person, "planned")
    manager, other = as_person(EARLY_HELP_MANAGER, width=width), as_person(SECOND_LEADS, width=width)
    worker, teacher = as_person(FAMILY_WORKER), as_person(TEACHER)
    for screen in (manager, other, worker):
        screen.names = case.names
    hand, answers = works(manager), works(other)
    manager.open(case.page, case.home)
    offer(hand, case, SECOND, kind=KIND)
    asked = manager.main.get_by_role("region", name="Transfer proposed")
    expect(asked).to_contain_text(f"From {LEAD} to {SECOND}")
    expect(asked).to_contain_text("answer due")
    referrer_reads(teacher, case, "Active", f"led by {LEAD}")
    declined(answers, case)
    reads_the_no(manager, case)

    offer(hand, case, SECOND, kind=KIND)
    heading = to_the_offer(answers, case)
    choose(answers, ACCEPT)
    confirm(answers, ACCEPT, back_at=heading)
    # Nobody is dropped: until somebody there is chosen, the worker of before answers for the family.
    worker.open(case.page, case.home)
    expect(responsible(worker)).to_contain_text(f"{FAMILY_WORKER}, {LEAD}, until somebody in {SECOND} takes over")
    referrer_reads(teacher, case, "Waiting for a lead practitioner", f"led by {SECOND}")
    answers.press(other.main.get_by_role("link", name=f"Open case {case.reference}"))
    other.arrived(case.home)
    allocate(answers, case, team=TEAM, person=SECOND_WORKS, first="Meet the family together")
    expect(other.main.get_by_text("Active", exact=True).first).to_be_visible()
    referrer_reads(teacher, case, "Active", f"led by {SECOND}")

    second = as_person(SECOND_WORKS)
    second.names = case.names
    second.open(f"{case.page}/plan", "Plan")
    expect(second.main).to_contain_text(GOAL)
    reads_on_or_no_more(worker, manager, case)


def reads_on_or_no_more(worker: Screen, manager: Screen, case: OneCase) -> None:
    """Whoever worked with the family reads on for ten working days, and writes nothing; who led before does neither."""
    worker.open(case.page, case.home)
    expect(responsible(worker)).to_contain_text(SECOND_WORKS)
    expect(worker.main.get_by_role("link", name="Record a visit or a call", exact=True)).to_have_count(0)
    with manager.refused(404):
        manager.page.goto(f"{manager.address}{case.page}")
        expect(manager.main.get_by_text(NOT_HERE)).to_be_visible()
        manager.check()


@BY
def test_it_closes_with_what_came_of_it_the_school_reads_so_and_it_is_opened_again(
    as_person, works: type[Hand], width: int
) -> None:
    case = case_at(as_person, "planned")
    worker, manager = as_person(FAMILY_WORKER, width=width), as_person(EARLY_HELP_MANAGER, width=width)
    teacher = as_person(TEACHER)
    worker.names = manager.names = case.names
    hand = works(worker)
    end_goal(hand, case)
    worker.open(case.page, case.home)
    close(hand, case)
    ended = worker.main.get_by_role("region", name="How it ended")
    expect(ended).to_contain_text("The child’s needs are met")
    expect(ended).to_contain_text("School, with a key adult.")
    referrer_reads(teacher, case, "Closed", f"led by {LEAD}")
    hears(teacher, case, "The help you asked for has come to its end")

    leads = works(manager)
    manager.open("/cases/closed", "Closed cases")
    found = manager.main.get_by_role("region", name="Cases found")
    leads.press(found.get_by_role("link", name=f"{REOPEN} {case.reference}"))
    manager.arrived(REOPEN)
    for answer in (
        Chosen("Why is it opened again?", "The worries that were there before are back"),
        Written("What has happened since it closed?", "She has not been at school this week."),
    ):
        answer.give(leads)
    confirm(leads, REOPEN, back_at="Closed cases")
    manager.open(case.page, case.home)
    expect(manager.main.get_by_text("Waiting for a lead practitioner", exact=True).first).to_be_visible()
    expect(responsible(manager)).to_contain_text(LEAD)
    referrer_reads(teacher, case, "Waiting for a lead practitioner", f"led by {LEAD}")
    allocate(leads, case, team="Central and East", person=FAMILY_WORKER, first="Ring the school")
    worker.open(case.page, case.home)
    expect(responsible(worker)).to_contain_text("Ring the school")


def hears(screen: Screen, case: OneCase, subject: str) -> None:
    """Wait for a message about the case, and follow it to what its reader may open."""
    told = screen.caller
    acting.until(
        screen,
        lambda: any(
            one["subject"] == subject and case.reference in one["body"] for one in told.read("messages/")["results"]
        ),
    )
    screen.open("/messages", "Messages")
    heard = screen.main.get_by_role("listitem").filter(has_text=case.reference).filter(has_text=subject)
    heard.first.get_by_role("link", name=subject).click()
    screen.arrived(f"Referral {case.sent.reference}")
