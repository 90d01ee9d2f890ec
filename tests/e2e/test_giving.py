"""A service within a case as its people live it: found, asked, agreed, begun, and recorded on a telephone."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import BASIS, act, choose, confirm
from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.people import FAMILY_WORKER, YOUTH_WORKER
from tests.e2e.referral_form import Chosen, OnDay, Written
from tests.e2e.screen import PHONE, Screen

PROVIDER = "Kite Street Youth Project"
GIVING = "Services we give"
GOAL = "I want somebody to laugh with on Fridays."
KNOWN = (
    Chosen("Has the child been told that you ask this service?", "Yes"),
    Chosen("Has a parent or carer been told?", "Yes"),
    Chosen("Has the family agreed that you ask?", "Yes, they agreed to the help"),
)
KNOWS = {"child_told": "yes", "parent_told": "yes", "family_agreed": "given"}
SHARE = {**KNOWS, "article6": "public_task", "condition": "safeguarding_children", "power": "children_act_2004_s10"}
SHARED = ("article6", "condition", "power")


def today() -> tuple[Written, Written, Written]:
    day = datetime.now()
    return Written("Day", str(day.day)), Written("Month", str(day.month)), Written("Year", str(day.year))


def a_case_with_a_service(
    screen: Screen, *, fit: Callable[[str], bool] = bool
) -> tuple[dict[str, Any], dict[str, Any]]:
    """One of the worker's own cases that is fit, and a service of the provider that suits it and is not open yet."""
    for case in screen.caller.cases():
        if not fit(f"cases/{case['id']}/"):
            continue
        there = {one["service_id"] for one in screen.caller.read(f"cases/{case['id']}/interventions/")["results"]}
        for row in screen.caller.read(f"cases/{case['id']}/services/")["results"]:
            if row["organisation"] == PROVIDER and row["id"] not in there:
                return case, row
    raise AssertionError("no case of the city suits a service of this provider")


def offered(worker: Screen, *, fit: Callable[[str], bool] = bool) -> dict[str, Any]:
    """A service that its provider has been asked for in a case that is fit, made without its pages."""
    case, service = a_case_with_a_service(worker, fit=fit)
    body = {"service_id": service["id"], "goal": "Somewhere to go on Fridays."}
    made = worker.caller.write(f"cases/{case['id']}/interventions/", body)
    return take(worker, made, "offer", **SHARE)


def take(screen: Screen, record: dict[str, Any], edge: str, **given: Any) -> dict[str, Any]:
    """One step of an intervention, without its page."""
    version = screen.caller.read(f"interventions/{record['id']}/")["version"]
    done: dict[str, Any] = screen.caller.write(f"interventions/{record['id']}/{edge}/", {"version": version, **given})
    return done


def under_way(worker: Screen, provider: Screen, *, fit: Callable[[str], bool] = bool) -> dict[str, Any]:
    """A service that has started, in a case that is fit."""
    day = datetime.now().date().isoformat()
    record = offered(worker, fit=fit)
    take(provider, record, "provider-accept")
    take(worker, record, "agree", agreed_by="parent", agreed_on=day)
    return started_today(provider, record)


def started_today(provider: Screen, record: dict[str, Any]) -> dict[str, Any]:
    """One that the family has agreed to begins, with twelve sessions to come."""
    return take(provider, record, "start", started_on=datetime.now().date().isoformat(), planned_sessions=12)


def tie_goal(worker: Screen, record: dict[str, Any]) -> None:
    """A goal of the family's plan, and that the service works towards it, without their pages."""
    case = worker.caller.read(f"interventions/{record['id']}/")["case_id"]
    goal = worker.caller.write(f"cases/{case}/goals/", {"words": GOAL, "whose": "child", "score": 2})
    take(worker, record, "tie-goals", goals=[goal["id"]], **{name: SHARE[name] for name in SHARED})


def some_under_way(worker: Screen, provider: Screen, number: int) -> list[dict[str, Any]]:
    """As many services under way: those of the city first, then those that wait to start; no more are begun than so."""
    found: list[dict[str, Any]] = provider.caller.read("interventions/?view=under-way")["results"][:number]
    to_come = provider.caller.read("interventions/?view=to-come")["results"]
    waiting = [one for one in to_come if one["state"] in ("agreed", "waitlisted")][: number - len(found)]
    started = [started_today(provider, one) for one in waiting]
    return [*found, *started, *(under_way(worker, provider) for _ in range(number - len(found) - len(started)))]


def test_a_service_is_found_asked_for_with_a_look_at_what_they_will_see_and_agreed(as_person) -> None:
    worker, provider = as_person(FAMILY_WORKER), as_person(YOUTH_WORKER)
    case, service = a_case_with_a_service(worker)
    page = refer_on(worker, case, service)

    provider.open("/giving", GIVING)
    provider.main.get_by_role("link", name=re.compile(case["child_name"])).first.click()
    provider.arrived(service["name"])
    expect(provider.main).to_contain_text("Somewhere to go on Fridays.")
    act(provider, "We can help", back_at=service["name"])
    answer = provider.context.request.get(f"{provider.address}/api/v1/cases/{case['id']}/")
    assert answer.status == 404, "who provides a service sees nothing else of the case"

    worker.open(page, service["name"])
    act(
        worker,
        "The family wants it",
        (Chosen("Who said yes?", "Both parent and child"), *today()),
        back_at=service["name"],
    )
    expect(worker.main).to_contain_text("Both parent and child: yes")
    expect(worker.main.get_by_role("region", name="Who has it now")).to_contain_text(
        f"{PROVIDER}: starts it, or says how long the family waits, by"
    )
    worker.open("/work", re.compile("My work"))
    waiting = worker.main.get_by_role("region", name="Waiting for somebody else")
    expect(waiting).to_contain_text(f"{PROVIDER} to start, or to say how long the family waits: {service['name']}")


def refer_on(worker: Screen, case: dict[str, Any], service: dict[str, Any]) -> str:
    """Find the service from the case, ask for it, and see on one's own page who has it; return where it stands."""
    worker.open(f"/cases/{case['id']}", re.compile(case["reference"]))
    worker.follow("Refer on to a service", to="Refer on to a service")
    hand = Mouse(worker)
    hand.write(worker.main.get_by_label("What are you looking for?"), service["name"])
    hand.press(worker.main.get_by_role("button", name="Show services"))
    known = f"Published evidence: {service['evidence_label'].lower()}. {service['evidence_hint']}."
    expect(worker.main).to_contain_text(known)
    worker.follow(service["name"], to="Recommend this service")
    expect(worker.main).to_contain_text(known)
    Written("What should it help with?", "Somewhere to go on Fridays.").give(hand)
    hand.press(worker.main.get_by_role("button", name="Recommend a service"))
    worker.arrived("Ask the provider")
    for answer in (*KNOWN, *BASIS):
        answer.give(hand)
    hand.press(worker.main.get_by_role("button", name=re.compile("will see")))
    expect(worker.main).to_contain_text("Safety and safe contact")
    worker.check()
    confirm(hand, "Ask the provider", back_at=service["name"])
    expect(worker.main.get_by_role("region", name="Who has it now")).to_contain_text(
        f"{PROVIDER}: says whether they can help, by"
    )
    page = urlsplit(worker.page.url).path
    worker.open("/work", re.compile("My work"))
    waiting = worker.main.get_by_role("region", name="Waiting for somebody else")
    expect(waiting).to_contain_text(f"{PROVIDER} to say whether they can help: {service['name']}")
    return page


def test_a_session_is_recorded_on_a_telephone_in_few_taps_and_taken_back(as_person) -> None:
    provider = as_person(YOUTH_WORKER, width=PHONE)
    worker = as_person(FAMILY_WORKER)
    record = under_way(worker, provider)
    tie_goal(worker, record)
    provider.open(f"/interventions/{record['id']}", record["service_name"])
    expect(provider.main.get_by_role("region", name="What it is for")).to_contain_text(GOAL)
    hand = Mouse(provider)
    choose(hand, "Record a session", (Chosen("Did they come?", "Attended"), Chosen("Where was it?", "At school")))
    hand.choose(provider.main.get_by_role("checkbox", name=GOAL, exact=True))
    confirm(hand, "Record a session", back_at=record["service_name"])
    held = provider.main.get_by_role("region", name="Sessions")
    expect(held).to_contain_text("1 of 12 attended")
    expect(held).to_contain_text(f"Towards: “{GOAL}”")
    hand.press(held.get_by_role("link", name=re.compile("^Take it back")).first)
    provider.arrived("Take it back")
    confirm(hand, "Take it back", back_at=record["service_name"])
    expect(held).to_contain_text("0 of 12 attended")


def grouped(provider: Screen, records: list[dict[str, Any]], ahead: timedelta) -> dict[str, Any]:
    """A session planned for several children, without its page."""
    at = (datetime.now() + ahead).astimezone().isoformat()
    body = {"planned_at": at, "mode": "community", "interventions": [one["id"] for one in records]}
    made: dict[str, Any] = provider.caller.write("group-sessions/", body)
    return made


@pytest.mark.parametrize("width", [1280, PHONE])
def test_a_group_keeps_its_register_child_by_child(as_person, width: int) -> None:
    worker, provider = as_person(FAMILY_WORKER), as_person(YOUTH_WORKER, width=width)
    first, second = some_under_way(worker, provider, 2)
    group = grouped(provider, [first, second], timedelta(seconds=4))
    # A register opens when the session begins.
    provider.page.wait_for_timeout(4000)
    provider.open(f"/group-sessions/{group['id']}", re.compile("Group session"))
    hand = Mouse(provider)
    for row in group["rows"]:
        part = provider.main.get_by_role("region", name=f"{row['child_name']}, {row['service_name']}", exact=True)
        hand.choose(part.get_by_role("radio", name="Attended", exact=True))
    expect(provider.main).to_contain_text(re.compile("Saved at"))
    provider.page.reload()
    for row in group["rows"]:
        part = provider.main.get_by_role("region", name=f"{row['child_name']}, {row['service_name']}", exact=True)
        expect(part.get_by_role("radio", name="Attended", exact=True)).to_be_checked()
    provider.check()
    hand.press(provider.main.get_by_role("button", name="Keep the register"))
    provider.arrived(GIVING)
    expect(provider.main.get_by_role("status").first).to_contain_text("The register is kept")


def plan_for(provider: Screen, *records: dict[str, Any]) -> None:
    """Plan a session for some children, leaving half-way: what was typed is there when one comes back."""
    title, hand = "Plan a session for several children", Mouse(provider)
    provider.open("/giving/group", title)
    for record in records:
        name = f"^{record['child_name']}.*{re.escape(record['service_name'])}"
        box = provider.main.get_by_role("checkbox", name=re.compile(name))
        hand.choose(box.first)
    expect(provider.main).to_contain_text(re.compile("Saved at"))
    provider.page.reload()
    expect(provider.main.get_by_role("checkbox", checked=True)).to_have_count(len(records))
    OnDay("When will it be?", (datetime.now() + timedelta(days=2)).date()).give(hand)
    Written("Time, like 14:30", "16:00").give(hand)
    Chosen("Where will it be?", "Out in the community").give(hand)
    hand.press(provider.main.get_by_role("button", name="Plan the session"))


@pytest.mark.parametrize("width", [1280, PHONE])
def test_a_group_is_joined_moved_and_called_off_as_a_whole(as_person, width: int) -> None:
    worker, provider = as_person(FAMILY_WORKER), as_person(YOUTH_WORKER, width=width)
    first, second = some_under_way(worker, provider, 2)
    page = re.compile("Group session")
    plan_for(provider, first)
    provider.arrived(page)
    expected = provider.main.get_by_role("region", name="Who is to come")
    expect(expected.get_by_role("listitem")).to_have_count(1)
    hand = Mouse(provider)
    choose(hand, "Add a child")
    child = f"{second['child_name']}, {second['service_name']}"
    hand.choose(provider.main.get_by_role("checkbox", name=child, exact=True))
    confirm(hand, "Add a child", back_at=page)
    expect(expected.get_by_role("listitem")).to_have_count(2)
    day = (datetime.now() + timedelta(days=9)).date()
    moved = (
        OnDay("When will it be instead?", day),
        Written("Time, like 14:30", "16:15"),
        Chosen("Who asked for it?", "The service"),
    )
    act(provider, "Move it to another time", moved, back_at=page)
    expect(provider.main.get_by_role("status").first).to_contain_text("2 children. Each stands in their own record.")
    off = (Chosen("Who calls it off?", "We cancelled"), Chosen("Why?", "There was no room or no equipment for it"))
    act(provider, "Call it off", off, back_at=page)
    expect(provider.main).to_contain_text("We cancelled. There was no room or no equipment for it")
    worker.open(f"/interventions/{first['id']}", first["service_name"])
    held = worker.main.get_by_role("region", name="Sessions")
    expect(held).to_contain_text("Why: There was no room or no equipment for it")
    expect(held).to_contain_text("Moved. The service")


def test_what_ones_agency_gives_is_walked_by_keyboard(as_person) -> None:
    provider = as_person(YOUTH_WORKER)
    waiting = provider.caller.read("interventions/?view=offered")["results"]
    record = waiting[0] if waiting else offered(as_person(FAMILY_WORKER))
    provider.open("/giving", GIVING)
    hand = Keyboard(provider)
    for view in ("Sessions ahead", "Under way", "Waiting to start", "Ended lately", "To answer"):
        hand.press(provider.main.get_by_role("link", name=view, exact=True))
        provider.arrived(GIVING)
    hand.press(provider.main.get_by_role("link", name=re.compile(record["child_name"])).first)
    provider.arrived(record["service_name"])
    choose(hand, "We cannot help", (Chosen("What is the reason?", "No room within a time that helps"),))
    confirm(hand, "We cannot help", back_at=record["service_name"])


def test_a_session_that_was_not_held_says_why_and_the_end_calls_off_what_is_ahead(as_person) -> None:
    worker, provider = as_person(FAMILY_WORKER), as_person(YOUTH_WORKER, width=PHONE)
    [record] = some_under_way(worker, provider, 1)
    ahead = (datetime.now() + timedelta(days=3)).astimezone().isoformat()
    provider.caller.write(f"interventions/{record['id']}/plan/", {"planned_at": ahead, "mode": "school"})
    provider.open(f"/interventions/{record['id']}", record["service_name"])
    hand = Mouse(provider)
    choose(hand, "Record a session", (Chosen("Did they come?", "Did not come"), Chosen("Where was it?", "At school")))
    Chosen("Why?", "Not known").give(hand)
    confirm(hand, "Record a session", back_at=record["service_name"])
    held = provider.main.get_by_role("region", name="Sessions")
    expect(held).to_contain_text(re.compile(r"\d+ missed \(.*not known \d"))
    expect(held).to_contain_text("Why: Not known")
    why, reached = Chosen("Why did it end?", "Another reason"), Written("What was reached until then?", "They met.")
    act(provider, "It ended early", (why, reached), back_at=record["service_name"])
    expect(held).to_contain_text("Why: The service has ended")
    expect(held.get_by_role("link", name=re.compile("^Record it"))).to_have_count(0)
