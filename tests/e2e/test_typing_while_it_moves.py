"""A case goes to another agency while its worker types what happened: nothing typed is lost, whichever comes first."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import EARLY_HELP_MANAGER, FAMILY_WORKER, FRONT_DOOR_MANAGER, YOUTH_WORKER, Caller
from tests.e2e.referral_form import Answer, Chosen, Written
from tests.e2e.screen import PHONE, Screen
from tests.e2e.test_giving import under_way

WROTE = "She showed me her drawings and said that mornings are easier now."
SHARED = {"article6": "public_task", "condition": "safeguarding_children", "power": "children_act_2004_s10"}
WRITE, HOME = "Record a visit or a call", re.compile("Case C-")
HANDOVER = {
    "what_matters": "School is the safe place.",
    "open_actions": "None.",
    "risks": "None known.",
    "who_to_speak_to": "Ms Malik, 0121 496 0000",
}


def act(caller: Caller, path: str, edge: str, **given: Any) -> Any:
    """Take one edge of a record without its page."""
    version = caller.read(path)["version"]
    return caller.write(f"{path}{edge}/", {"version": version, **given})


def option_of(caller: Caller, path: str, name: str) -> dict[str, Any]:
    """One option of a record."""
    return next(dict(one) for one in caller.read(path)["options"] if one["name"] == name)


def may_move(caller: Caller, path: str) -> bool:
    """Whether a case can be offered to another agency now, and the caller may write in it."""
    ways = {one["name"]: one["obstacles"] for one in caller.read(path)["options"]}
    return ways.get("propose_transfer") == [] and "write_note" in ways


def case_that_may_move(worker: Screen) -> str:
    """The page of one of the worker's cases that can be offered to another agency."""
    pages = (f"cases/{row['id']}/" for row in worker.caller.cases())
    found = next((path for path in pages if may_move(worker.caller, path)), None)
    assert found is not None, "none of the worker's cases may move"
    return found


def lead_moves(manager: Screen, other: Screen, path: str) -> None:
    """The manager offers the case to the front door, whose manager takes the lead."""
    field = next(one for one in option_of(manager.caller, path, "propose_transfer")["input"] if one["kind"] == "agency")
    to = next(choice["value"] for choice in field["choices"] if "front door" in choice["label"].lower())
    offered = act(manager.caller, path, "propose-transfer", to_agency_id=to, why="better_placed", **HANDOVER, **SHARED)
    act(other.caller, f"transfers/{offered['transfer']['id']}/", "accept")


def is_allocated(other: Screen, path: str) -> None:
    """Somebody at the front door is its lead practitioner from now on."""
    found = option_of(other.caller, path, "allocate")["input"]
    people = next(one["choices"] for one in found if one["kind"] == "practitioner")
    day = (datetime.now() + timedelta(days=3)).date().isoformat()
    act(
        other.caller,
        path,
        "allocate",
        lead_practitioner_id=people[0]["value"],
        reason_code="has_room",
        priority="amber",
        next_action="First visit",
        next_action_on=day,
    )


@dataclass(frozen=True)
class Record:
    """What a worker types: where, its button, where it leads, its answers and the field of its long text."""

    page: str
    button: str
    leads_to: str | re.Pattern[str]
    answers: tuple[Answer, ...]
    text: str


def a_visit(path: str) -> Record:
    seen = Chosen("Did you see the child?", "Yes, alone")
    answers = (Chosen("What was it?", "Home visit"), seen, Written("What happened?", WROTE))
    return Record(f"/{path}do/write_note", WRITE, HOME, answers, "What happened?")


def a_session(service: dict[str, Any]) -> Record:
    answers = (
        Chosen("Did they come?", "Attended"),
        Chosen("Where was it?", "At school"),
        Written("What did you work on? (optional)", WROTE),
    )
    page = f"/interventions/{service['id']}/do/add_session"
    return Record(page, "Record a session", service["service_name"], answers, "What did you work on? (optional)")


def type_it(worker: Screen, hand: Hand, record: Record) -> None:
    """Fill in the form, and do not press its button yet."""
    worker.open(record.page, record.button)
    for answer in record.answers:
        answer.give(hand)


def press_too_late(worker: Screen, hand: Hand, record: Record) -> None:
    """Somebody else has the case: the page says who can write it now, and has all that was typed."""
    with worker.refused(403):
        hand.press(worker.main.get_by_role("button", name=record.button, exact=True))
        expect(worker.main.get_by_role("alert")).to_contain_text("Who can")
    expect(worker.main.get_by_role("textbox", name=record.text, exact=True)).to_have_value(WROTE)
    worker.check()


@pytest.mark.parametrize(("width", "works", "kind"), [(1280, Keyboard, "visit"), (PHONE, Mouse, "session")])
def test_what_is_typed_is_saved_while_nobody_else_has_the_case_and_kept_on_the_page_after(
    as_person, width: int, works: Any, kind: str
) -> None:
    worker = as_person(FAMILY_WORKER, width=width)
    manager, other = as_person(EARLY_HELP_MANAGER), as_person(FRONT_DOOR_MANAGER)
    if kind == "session":
        given = under_way(worker, as_person(YOUTH_WORKER), fit=partial(may_move, worker.caller))
        service = worker.caller.read(f"interventions/{given['id']}/")
        path, record = f"cases/{service['case_id']}/", a_session(service)
    else:
        path = case_that_may_move(worker)
        record = a_visit(path)
    hand: Hand = works(worker)
    type_it(worker, hand, record)
    lead_moves(manager, other, path)
    hand.press(worker.main.get_by_role("button", name=record.button, exact=True))
    worker.arrived(record.leads_to)
    expect(worker.main).to_contain_text(WROTE)

    type_it(worker, hand, record)
    is_allocated(other, path)
    press_too_late(worker, hand, record)
