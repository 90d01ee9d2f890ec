"""One case while others help: a service asked, waited for, begun and ended, its sessions put right, and a review."""

import re
from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import Locator, expect

from tests.e2e.acting import act, choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.one_case import GOAL, AsPerson, OneCase, case_at, in_days, next_step, responsible
from tests.e2e.people import EARLY_HELP_MANAGER, FAMILY_WORKER, YOUTH_WORKER
from tests.e2e.referral_form import Answer, Chosen, OnDay, Picked, Written
from tests.e2e.screen import PHONE, Screen
from tests.e2e.test_giving import GIVING, PROVIDER, SHARE, SHARED, refer_on, take
from tests.e2e.test_plan import Dated, Ticked, section

SAID = "I like the bench by the ring, and Luis."
WRONG = (
    Written("What was not right?", "She left after half."),
    Picked("Did they come? (optional)", "Came for a part of it"),
)


def a_service(worker: Screen, case: OneCase) -> dict[str, Any]:
    """A service of the provider that suits the child."""
    found = worker.caller.read(f"{case.path}services/")["results"]
    return next(dict(one) for one in found if one["organisation"] == PROVIDER)


def begun(as_person: AsPerson, case: OneCase) -> dict[str, Any]:
    """A service that has started for the case and works towards its goal, without the pages on which it did."""
    worker, provider = as_person(FAMILY_WORKER), as_person(YOUTH_WORKER)
    body = {"service_id": a_service(worker, case)["id"], "goal": "Somewhere to go on Fridays."}
    made = worker.caller.write(f"{case.path}interventions/", body)
    take(worker, made, "offer", **SHARE)
    take(provider, made, "provider-accept")
    take(worker, made, "agree", agreed_by="parent_and_child", agreed_on=in_days(0).isoformat())
    goals = [goal["id"] for goal in worker.caller.read(f"{case.path}plan/")["goals"]]
    take(worker, made, "tie-goals", goals=goals, **{name: SHARE[name] for name in SHARED})
    return take(provider, made, "start", started_on=in_days(0).isoformat(), planned_sessions=6)


def at_moment(question: str, when: datetime) -> tuple[Answer, ...]:
    """A day and an hour, in the boxes of their question."""
    return OnDay(question, when.date()), Written("Time, like 14:30", f"{when:%H:%M}")


def test_a_service_is_asked_for_waited_for_and_started(as_person) -> None:
    case = case_at(as_person, "planned")
    worker, provider = as_person(FAMILY_WORKER), as_person(YOUTH_WORKER, width=PHONE)
    worker.names = provider.names = case.names
    service = a_service(worker, case)
    page = refer_on(worker, {"id": case.id, "reference": case.reference}, service)

    provider.open("/giving", GIVING)
    provider.main.get_by_role("link", name=re.compile(case.sent.given)).first.click()
    provider.arrived(service["name"])
    act(provider, "We can help", back_at=service["name"])
    worker.open(page, service["name"])
    yes = (Chosen("Who said yes?", "Both parent and child"), OnDay("On which day did they say so?", in_days(0)))
    act(worker, "The family wants it", yes, back_at=service["name"])

    provider.open(page, service["name"])
    expected = OnDay("When could it begin?", in_days(21))
    act(provider, "Put on the waiting list", (expected,), back_at=service["name"])
    waits = re.compile(r"Place \d+ of \d+ on the waiting list since")
    expect(provider.main).to_contain_text(waits)
    # Whoever asked sees the place and the day without asking.
    worker.open(f"{case.page}/interventions", "Services")
    card = worker.main.get_by_role("listitem").filter(has_text=service["name"])
    expect(card).to_contain_text(waits)
    expect(card).to_contain_text(f"expected {in_days(21):%-d %B %Y}")

    started = (
        OnDay("On which day did it start?", in_days(0)),
        Written("How many sessions are planned? (optional)", "6"),
    )
    act(provider, "It has started", started, back_at=service["name"])
    expect(provider.main.get_by_role("region", name="Sessions")).to_contain_text("0 of 6 attended")
    worker.open(page, service["name"])
    expect(worker.main.get_by_text("Under way", exact=True).first).to_be_visible()
    worker.open(case.page, case.home)
    involved = worker.main.get_by_role("region", name="Who is involved")
    expect(involved).to_contain_text(PROVIDER)


def sessions(screen: Screen) -> Locator:
    """What was held and what is ahead, on the page of a service."""
    return screen.main.get_by_role("region", name="Sessions")


def of_session(hand: Hand, option: str, answers: tuple[Answer, ...], *, back_at: str, first: str = "") -> None:
    """Do something about the session that says so."""
    held = sessions(hand.screen).locator(".moj-timeline__item").filter(has_text=first).first
    hand.press(held.get_by_role("link", name=re.compile(f"^{option}")))
    hand.screen.arrived(option)
    for answer in answers:
        answer.give(hand)
    confirm(hand, option, back_at=back_at)


def test_a_session_is_planned_moved_recorded_with_what_the_child_said_and_corrected(as_person) -> None:
    case = case_at(as_person, "planned")
    record = begun(as_person, case)
    name, page = record["service_name"], f"/interventions/{record['id']}"
    provider, worker = as_person(YOUTH_WORKER), as_person(FAMILY_WORKER)
    provider.names = worker.names = case.names
    hand = Keyboard(provider)
    provider.open(page, name)
    now = datetime.now()
    choose(hand, "Plan a session", at_moment("When will it be?", now + timedelta(days=2)))
    Chosen("Where will it be?", "Out in the community").give(hand)
    confirm(hand, "Plan a session", back_at=name)
    later = now + timedelta(days=4)
    moved = (*at_moment("When will it be instead?", later), Chosen("Who asked for it?", "The child or the family"))
    of_session(hand, "Move it to another time", moved, back_at=name)
    expect(sessions(provider)).to_contain_text("Moved. The child or the family")
    # Whoever leads sees the new time, and that the family asked for it.
    worker.open(page, name)
    expect(sessions(worker)).to_contain_text(f"{later:%-d %B %Y}")
    expect(sessions(worker)).to_contain_text("Moved. The child or the family")

    held = (
        Chosen("Did they come?", "Attended"),
        Chosen("Where was it?", "Out in the community"),
        Written("What did the child say about it? (optional)", SAID),
    )
    choose(hand, "Record a session", held)
    hand.choose(provider.main.get_by_role("checkbox", name=GOAL, exact=True))
    confirm(hand, "Record a session", back_at=name)
    expect(sessions(provider)).to_contain_text("1 of 6 attended")
    of_session(hand, "Correct it", WRONG, back_at=name, first=SAID)
    worker.open(page, name)
    expect(sessions(worker)).to_contain_text("Came for a part of it")
    expect(sessions(worker)).to_contain_text(f"The child said: {SAID}")
    expect(sessions(worker)).to_contain_text("Corrected")
    worker.open(f"{case.page}/plan", "Plan")
    expect(worker.main.get_by_role("region", name=GOAL)).to_contain_text("1 session worked on it")


def test_a_service_ends_and_whoever_asked_reads_what_it_changed(as_person) -> None:
    case = case_at(as_person, "planned")
    record = begun(as_person, case)
    name, page = record["service_name"], f"/interventions/{record['id']}"
    provider, worker = as_person(YOUTH_WORKER, width=PHONE), as_person(FAMILY_WORKER)
    provider.names = worker.names = case.names
    provider.open(page, name)
    changed = Written("What changed for the child?", "She goes to the Friday group by herself now.")
    act(provider, "It is completed", (changed,), back_at=name)
    expect(provider.main.get_by_role("link", name="Record a session")).to_have_count(0)
    worker.open(page, name)
    expect(worker.main).to_contain_text("She goes to the Friday group by herself now.")
    worker.open("/messages", "Messages")
    provider.open("/giving?view=ended", GIVING)
    expect(provider.main).to_contain_text(case.reference)


def test_a_review_with_a_new_score_of_the_goal(as_person) -> None:
    case = case_at(as_person, "planned")
    worker = as_person(FAMILY_WORKER, width=PHONE)
    worker.names = case.names
    hand = Mouse(worker)
    worker.open(f"{case.page}/plan", "Plan")
    choose(hand, "Record a review")
    hand.press(worker.main.get_by_role("link", name="Score or end the goals", exact=True))
    worker.arrived("Score or end the goals")
    Written("How near is it, from 0 to 10? (optional)", "6").give(hand)
    confirm(hand, "Save all goals", back_at="Record a review")
    worker.open(case.page, case.home)
    section(hand, "Reviews and meetings")
    held = (
        Dated("On which day was it?", 0),
        Ticked("The child"),
        Written("What does the child say?", "It is better with the big clock."),
        Written("What does the family say?", "Mornings are calmer."),
        Chosen("How does it go?", "Positive change"),
        Written("What has changed, and what helped?", "She is up before eight."),
        Dated("On which day is the next review?", 50),
        *next_step("Try Fridays", 4),
    )
    choose(hand, "Record a review", held)
    confirm(hand, "Record a review", back_at="Reviews and meetings")
    manager = as_person(EARLY_HELP_MANAGER)
    manager.names = case.names
    manager.open(f"{case.page}/outcomes", "Outcomes")
    expect(manager.main).to_contain_text("From 2 to 6 of 10: 4 nearer.")
    manager.open(case.page, case.home)
    expect(responsible(manager)).to_contain_text("Try Fridays")
