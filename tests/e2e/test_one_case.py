"""One case from the school's worry to a plan, as four people live it: what each does, and what the others then read."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e import acting
from tests.e2e.acting import BASIS, act, choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.one_case import LEAD, OneCase, allocate, case_at, family_agrees, next_step, referrer_reads, responsible
from tests.e2e.people import EARLY_HELP_MANAGER, FAMILY_WORKER, OFFICER, TEACHER
from tests.e2e.referral_form import Answer, Chosen, Picked, Written
from tests.e2e.screen import PHONE, Screen
from tests.e2e.test_plan import GOAL, agree_plan, assess, section, write_goal
from tests.e2e.test_undoing import score

AGREE, ACCEPT = "Agree help", "Accept the transfer"
VISIT, AGREES = "Record a visit or a call", "Record that the family agrees"
WAITS = "Waiting for a lead practitioner"
PUBLIC_TASK = "Public task (Sharing is part of the job the law gives our organisation)"
SAFEGUARDING = f"{BASIS[1].answer} (Data Protection Act 2018, Schedule 1, paragraph 18)"


def decision(agency: str) -> tuple[Answer, ...]:
    """Help is agreed, and another agency is asked to lead."""
    return (
        Chosen("Which child is this?", "A new child"),
        Chosen("What level of need do you decide?", "Universal Plus"),
        Chosen("What is the primary need?", "Family in acute stress"),
        Chosen("Which board’s theme is this?", "Protecting People from Harm"),
        Chosen("How soon is help needed?", "Amber: this week"),
        Picked("Which agency should lead?", agency),
        Written("Why did you decide this?", "One worker can change what the school sees."),
        Written("What will the referrer read?", "Help was agreed, and City Early Help is asked to lead it."),
        Written("What does the next lead need to know now? (optional)", "School is the safe place."),
        Written("What are the risks? (optional)", "None known."),
        Written("Who should they speak to first? (optional)", "Ms Fairweather, 0121 496 0000"),
        Picked("Which UK GDPR basis do you share on? (optional)", PUBLIC_TASK),
        Picked("Which condition for sensitive information? (optional)", SAFEGUARDING),
        Picked("Which legal power do you share under? (optional)", BASIS[2].answer),
    )


def agreed_at_the_front_door(officer: Screen, sent: acting.Sent) -> OneCase:
    """The officer of the front door agrees help on the page of the referral; the case stays there until it is taken."""
    acting.edge(officer.caller, sent, "start-triage")
    officer.names = {sent.given, acting.FAMILY}
    officer.open(sent.path, f"Referral {sent.reference}")
    act(officer, AGREE, decision(LEAD), back_at=f"Referral {sent.reference}")
    case = officer.caller.read(f"referrals/{sent.id}/")["case"]
    return OneCase(sent, case["id"], case["reference"])


def test_it_is_agreed_taken_and_allocated_and_the_school_reads_who_has_it(as_person) -> None:
    teacher, officer, manager = as_person(TEACHER), as_person(OFFICER), as_person(EARLY_HELP_MANAGER)
    sent = acting.send(teacher.caller)
    case = agreed_at_the_front_door(officer, sent)
    # Until somebody else takes it, nobody doubts who is responsible.
    referrer_reads(teacher, case, f"Case {case.reference}, {WAITS}, led by Front Door")

    hand = Keyboard(manager)
    manager.names = case.names
    manager.open("/transfers", re.compile("ransfer"))
    hand.press(manager.main.get_by_role("link", name=case.reference, exact=True))
    manager.arrived(f"Transfer of case {case.reference}")
    expect(manager.main).to_contain_text("School is the safe place.")
    choose(hand, ACCEPT)
    confirm(hand, ACCEPT, back_at=f"Transfer of case {case.reference}")
    referrer_reads(teacher, case, f"Case {case.reference}, {WAITS}, led by {LEAD}")

    hand.press(manager.main.get_by_role("link", name=f"Open case {case.reference}"))
    manager.arrived(case.home)
    expect(responsible(manager)).to_contain_text("Not allocated yet")
    allocate(hand, case, team="Central and East", person=FAMILY_WORKER, first="Visit the family")
    expect(responsible(manager)).to_contain_text(FAMILY_WORKER)
    expect(responsible(manager)).to_contain_text("Visit the family")
    referrer_reads(teacher, case, "Getting to know the family", f"led by {LEAD}")

    worker = as_person(FAMILY_WORKER)
    worker.names = case.names
    acting.message(worker, case.reference, "lead")
    worker.arrived(case.home)
    expect(responsible(worker)).to_contain_text("Visit the family")


def test_the_family_is_met_and_agrees_on_a_telephone(as_person) -> None:
    case = case_at(as_person, "allocated")
    worker = as_person(FAMILY_WORKER, width=PHONE)
    worker.names = case.names
    worker.open("/work", re.compile("My work"))
    soon = worker.main.get_by_role("region", name="In the next seven days")
    line = soon.get_by_role("listitem").filter(has_text=case.reference).filter(has_text="Visit the family")
    hand = Mouse(worker)
    hand.press(line.get_by_role("link", name=re.compile("^Record it")))
    worker.arrived(VISIT)
    for answer in (
        Chosen("What was it?", "Home visit"),
        Chosen("Did you see the child?", "Yes, alone"),
        Written("What happened?", "She showed me the alarm clock that nobody hears."),
    ):
        answer.give(hand)
    hand.press(worker.main.get_by_role("button", name=VISIT, exact=True))
    worker.arrived(re.compile("My work"))

    worker.open(case.page, case.home)
    choose(
        hand, AGREES, family_agrees("Help with the mornings; nobody rings her father.", *next_step("Ask what helps", 3))
    )
    confirm(hand, AGREES, back_at=case.home)
    expect(worker.main.get_by_text("Assessing", exact=True).first).to_be_visible()
    expect(responsible(worker)).to_contain_text("Ask what helps")

    manager, teacher = as_person(EARLY_HELP_MANAGER), as_person(TEACHER)
    manager.names = case.names
    manager.open(case.page, case.home)
    expect(responsible(manager)).to_contain_text("Ask what helps")
    expect(manager.main).to_contain_text("the alarm clock that nobody hears")
    manager.follow("Agreed", to="What the family said about help")
    expect(manager.main).to_contain_text("nobody rings her father")
    referrer_reads(teacher, case, "Assessing", f"led by {LEAD}")
    expect(teacher.main).not_to_contain_text("alarm clock")


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)], ids=["keyboard", "phone"])
def test_it_is_assessed_scored_and_a_plan_agreed(as_person, width: int, works: Any) -> None:
    case = case_at(as_person, "agreed")
    worker = as_person(FAMILY_WORKER, width=width)
    worker.names = case.names
    hand: Hand = works(worker)
    worker.open(case.page, case.home)
    assess(hand)
    write_goal(hand, {"id": case.id})
    section(hand, "Outcomes")
    score(hand, "Strengths and Difficulties: teacher")
    expect(worker.main).to_contain_text("Scored once: 20 of 40.")
    worker.open(f"{case.page}/plan", "Plan")
    agree_plan(hand)

    manager = as_person(EARLY_HELP_MANAGER)
    manager.names = case.names
    manager.open(case.page, case.home)
    expect(manager.main.get_by_text("Active", exact=True).first).to_be_visible()
    expect(manager.main).to_contain_text(GOAL)
    expect(responsible(manager)).to_contain_text("Meet at school")
    expect(manager.main.get_by_role("region", name="What matters now")).to_contain_text("I like it when it is quiet.")
    manager.follow("Chronology", to="Chronology")
    expect(manager.main).to_contain_text("Agreed a plan")
    teacher = as_person(TEACHER)
    referrer_reads(teacher, case, "Active", f"led by {LEAD}")
    expect(teacher.main).not_to_contain_text(GOAL)
