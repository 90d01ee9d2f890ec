"""One case among the people around it: how it comes to where a journey begins, and what each of them then reads."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from playwright.sync_api import Locator, expect

from tests.e2e import acting
from tests.e2e.acting import BASIS, FAMILY, Sent, choose, confirm
from tests.e2e.hands import Hand
from tests.e2e.people import EARLY_HELP_MANAGER, FAMILY_WORKER, FRONT_DOOR_MANAGER, TEACHER
from tests.e2e.referral_form import Answer, Chosen, OnDay, Picked, Written
from tests.e2e.screen import AsPerson, Screen
from tests.e2e.test_two_cases import HANDED, HELPED
from tests.e2e.test_typing_while_it_moves import act, option_of

LEAD, FRONT_DOOR = "City Early Help", "Front Door, Children’s Advice and Support"
ALLOCATE, CLOSE, REOPEN = "Allocate a lead practitioner", "Close the case", "Open it again"
LASTED = "Record whether the change has lasted"
GOAL = "I want to wake up in time for school."
STATIONS = ("offered", "taken", "allocated", "agreed", "planned")


@dataclass(frozen=True)
class OneCase:
    """A case, and the school's referral that led to it."""

    sent: Sent
    id: str
    reference: str

    @property
    def page(self) -> str:
        """Its address."""
        return f"/cases/{self.id}"

    @property
    def path(self) -> str:
        """It, for the API."""
        return f"cases/{self.id}/"

    @property
    def home(self) -> str:
        """What its page is headed."""
        return f"Case {self.reference}"

    @property
    def names(self) -> set[str]:
        """The child's, which stand in no title and no address."""
        return {self.sent.given, FAMILY}


def in_days(number: int) -> date:
    """The day so many days from today."""
    return datetime.now().date() + timedelta(days=number)


def case_at(as_person: AsPerson, station: str, **answers: Any) -> OneCase:
    """A case of its own that has come to a station, without the pages on which other journeys show how.

    `answers` stand in its referral in the place of what stands there otherwise.
    """
    case = _offered(as_person, answers)
    steps = (_take, _allocate, _agree, _plan)
    for step in steps[: STATIONS.index(station)]:
        step(as_person, case)
    return case


def _offered(as_person: AsPerson, answers: Mapping[str, Any]) -> OneCase:
    """A school's referral that the front door agreed; City Early Help is asked to lead."""
    officer = as_person.caller(FRONT_DOOR_MANAGER)
    sent = acting.send(as_person.caller(TEACHER), **answers)
    acting.edge(officer, sent, "start-triage")
    lead = next(one["id"] for one in officer.read("agencies/")["results"] if one["name"] == LEAD)
    made = acting.edge(officer, sent, "accept", **HELPED, **HANDED, lead_agency=lead)["case"]
    return OneCase(sent, made["id"], made["reference"])


def _take(as_person: AsPerson, case: OneCase) -> None:
    caller = as_person.caller(EARLY_HELP_MANAGER)
    asked = caller.read("transfers/?view=for-me")["results"]
    act(caller, f"transfers/{next(one['id'] for one in asked if one['case_reference'] == case.reference)}/", "accept")


def _allocate(as_person: AsPerson, case: OneCase) -> None:
    caller = as_person.caller(EARLY_HELP_MANAGER)
    field = next(one for one in option_of(caller, case.path, "allocate")["input"] if one["kind"] == "practitioner")
    person = next(one["value"] for one in field["choices"] if one["label"] == FAMILY_WORKER)
    ahead = {"next_action": "Visit the family", "next_action_on": in_days(2).isoformat()}
    act(caller, case.path, "allocate", lead_practitioner_id=person, reason_code="has_room", **ahead)


def _agree(as_person: AsPerson, case: OneCase) -> None:
    caller = as_person.caller(FAMILY_WORKER)
    visit = {"kind": "home_visit", "child_seen": "alone", "people": ["parent"], "text": "We drew the way to school."}
    caller.write(f"{case.path}notes/", visit)
    said = {"agreed_by": "parent_and_child", "agreed_how": "in_person", "agreed_on": in_days(0).isoformat()}
    ahead = {"next_action": "Ask what helps", "next_action_on": in_days(3).isoformat()}
    act(caller, case.path, "record-agreement", **said, child_told=True, note="Help with the mornings.", **ahead)


def _plan(as_person: AsPerson, case: OneCase) -> None:
    caller = as_person.caller(FAMILY_WORKER)
    begun = caller.write(f"{case.path}assessments/", {})
    words = {"needs": "A calm morning.", "strengths": "Her aunt.", "factors": ["high_distress"]}
    said = {**words, "child_words": "I like it when it is quiet."}
    typed = {name: {"value": value, "base_rev": 0} for name, value in said.items()}
    caller.write(f"assessments/{begun['id']}/draft/", {"answers": typed}, method="PATCH")
    act(caller, f"assessments/{begun['id']}/", "complete")
    caller.write(f"{case.path}goals/", {"words": GOAL, "whose": "child", "score": 2, "given_by": "child"})
    ahead = {"next_action": "Meet at school", "next_action_on": in_days(5).isoformat()}
    review = {"agreed_by": "parent_and_child", "family_view": "Let us try.", "review_on": in_days(42).isoformat()}
    act(caller, case.path, "agree-plan", **review, **ahead)


# --- Forms that several journeys fill in -----------------------------------------------------------------------------


def next_step(what: str, days: int) -> tuple[Answer, ...]:
    """What happens next, and when."""
    return Written("What happens next?", what), OnDay("On which day?", in_days(days))


def family_agrees(words: str, *more: Answer) -> tuple[Answer, ...]:
    """Who said yes today, how and to what."""
    return (
        Chosen("Who agreed?", "Both parent and child"),
        Chosen("How did they say so?", "In person"),
        OnDay("On which day did they say so?", in_days(0)),
        Chosen("Has the child been told what help this is?", "Yes"),
        Written("What did they agree to?", words),
        *more,
    )


def offer(hand: Hand, case: OneCase, agency: str, *, kind: str) -> None:
    """Ask another agency to lead, from the page of the case."""
    answers = (
        Picked("Which agency should lead?", f"{agency} ({kind})"),
        Chosen("Why should they lead?", "The child’s needs have changed"),
        Written("What matters now?", "School is the safe place."),
        Written("Which actions are open?", "None."),
        Written("What are the risks?", "None known."),
        Written("Who should they speak to first?", "Ms Malik, 0121 496 0000"),
        *BASIS,
    )
    choose(hand, "Propose a transfer", answers)
    confirm(hand, "Propose a transfer", back_at=case.home)


def allocate(hand: Hand, case: OneCase, *, team: str, person: str, first: str) -> None:
    """Choose the team, then the person, seeing what each has in hand; from the page of the case."""
    main = hand.screen.main
    choose(hand, ALLOCATE)
    asked = main.get_by_role("group", name="Who will be the lead practitioner?")
    expect(asked.get_by_role("radio")).to_have_count(0)
    expect(asked.get_by_role("listitem").filter(has_text=team)).to_contain_text("weight")
    hand.pick(asked.get_by_role("combobox", name="Which team?"), team)
    chosen = asked.get_by_role("radio", name=re.compile(f"^{re.escape(person)}, "))
    expect(asked.get_by_role("radio", checked=True)).to_have_count(0)
    expect(chosen).to_have_accessible_description(re.compile(r"Weight \d+"))
    hand.screen.check()
    hand.choose(chosen)
    for answer in (Chosen("Why this person?", "Has room to start this week"), *next_step(first, 2)):
        answer.give(hand)
    confirm(hand, ALLOCATE, back_at=case.home)


def end_goal(hand: Hand, case: OneCase) -> None:
    """Say how the goal ended, with its last score; the case does not close before."""
    main = hand.screen.main
    hand.screen.open(f"{case.page}/plan", "Plan")
    hand.press(main.get_by_role("link", name="Score or end the goals", exact=True))
    hand.screen.arrived("Score or end the goals")
    for answer in (
        Written("How near is it, from 0 to 10? (optional)", "9"),
        Picked("Does the goal end now? What came of it? (optional)", "Reached"),
    ):
        answer.give(hand)
    confirm(hand, "Save all goals", back_at="Plan")


def close(hand: Hand, case: OneCase, *, why: str = "The child’s needs are met", risk: str = "No") -> None:
    """Say how it ended, from the page of the case."""
    answers = (
        Chosen("Why does the work end?", why),
        Written("What changed for the child?", "She is at school before the bell on four days of five."),
        Written("What does the child say about the help?", "I like the mornings now."),
        Written("What does the parent or carer say about the help?", "Mum: nobody shouts before school."),
        Chosen("Does a risk to the child remain?", risk),
        Written("Who goes on helping, and with what? (optional)", "School, with a key adult."),
    )
    choose(hand, CLOSE, answers)
    confirm(hand, CLOSE, back_at=case.home)


def say_whether_it_lasted(hand: Hand, *, lasted: str, how_it_is: str, back_at: str) -> None:
    """Six months on, from the page of the closed case."""
    answers = (Chosen("Has the change lasted?", lasted), Written("How is the child now?", how_it_is))
    choose(hand, LASTED, answers)
    confirm(hand, LASTED, back_at=back_at)


# --- What the others read --------------------------------------------------------------------------------------------


def responsible(screen: Screen) -> Locator:
    """On the page of a case: who leads, who works, what is next and when."""
    return screen.main.get_by_role("region", name="Who is responsible")


def referrer_reads(screen: Screen, case: OneCase, *words: str) -> None:
    """What whoever referred the child reads of how the case stands, and who leads it; nothing else of it."""
    screen.names = case.names
    screen.open(case.sent.path, f"Referral {case.sent.reference}")
    decision = screen.main.get_by_role("region", name="Decision", exact=True)
    for word in words:
        expect(decision).to_contain_text(word)
    expect(screen.main.get_by_role("link", name=re.compile("^Open the case"))).to_have_count(0)
