"""A case is not taken twice: the front door's manager names who leads, here their own agency, and that binds it."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import BASIS, choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import EARLY_HELP_MANAGER, FRONT_DOOR_MANAGER
from tests.e2e.referral_form import Picked, Written
from tests.e2e.screen import PHONE, Screen
from tests.e2e.test_typing_while_it_moves import HANDOVER, SHARED, act, option_of

NAME, TRANSFER = "Name the agency that leads", re.compile("Transfer of case")
NOT_TAKEN = "Cases that two agencies have not taken"


def one_to_offer(manager: Screen) -> str:
    """The address of a case that the manager's agency leads and may offer."""
    for case in manager.caller.cases(view="lead"):
        path = f"cases/{case['id']}/"
        ways = {one["name"]: one["obstacles"] for one in manager.caller.read(path)["options"]}
        if ways.get("propose_transfer") == []:
            return path
    raise AssertionError("no case may be offered")


def refused_twice(manager: Screen, other: Screen, path: str) -> str:
    """The front door is asked twice and does not take the case; the name by which forms choose it."""
    asked = option_of(manager.caller, path, "propose_transfer")["input"]
    choices = next(field["choices"] for field in asked if field["kind"] == "agency")
    agency = next(one for one in choices if "front door" in one["label"].lower())
    for _ in range(2):
        given = {"to_agency_id": agency["value"], "why": "better_placed", **HANDOVER, **SHARED}
        offered = act(manager.caller, path, "propose-transfer", **given)["transfer"]
        answer = {"reason_code": "no_capacity", "reason": "Not before spring."}
        act(other.caller, f"transfers/{offered['id']}/", "decline", **answer)
    return f"{agency['label']} ({agency['hint']})"


def read_what_waits(front_door: Screen, reference: str, hand: Hand) -> None:
    """From what needs attention to the handover of the case."""
    front_door.open("/attention", "Needs attention")
    hand.press(front_door.main.get_by_role("link", name=NOT_TAKEN))
    front_door.arrived(NOT_TAKEN)
    hand.press(front_door.main.get_by_role("link", name=re.compile(reference)))
    front_door.arrived(TRANSFER)
    expect(front_door.main).to_contain_text(HANDOVER["what_matters"])
    front_door.check()


def read_what_binds(front_door: Screen, reference: str, hand: Hand) -> None:
    """The agency that was named can accept, and reads from when it leads in any event."""
    front_door.open("/transfers", re.compile("ransfers"))
    hand.press(front_door.main.get_by_role("link", name=re.compile(reference)).first)
    front_door.arrived(TRANSFER)
    expect(front_door.main).to_contain_text("which leads this case from")
    expect(front_door.main.get_by_role("link", name="Decline the transfer")).to_have_count(0)
    front_door.check()


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_the_front_door_names_who_leads_a_case_that_nobody_takes(as_person, width: int, works: Any) -> None:
    manager, front_door = as_person(EARLY_HELP_MANAGER, width=width), as_person(FRONT_DOOR_MANAGER, width=width)
    path = one_to_offer(manager)
    case = manager.caller.read(path)
    front_door.names = {case["child"]["name"]}
    agency = refused_twice(manager, front_door, path)
    hand = works(front_door)
    read_what_waits(front_door, case["reference"], hand)
    answers = (
        Picked("Which agency leads this case?", agency),
        Written("Why this agency?", "Agreed by phone with those who lead it this morning."),
        *BASIS,
    )
    choose(hand, NAME, answers)
    confirm(hand, NAME, back_at=TRANSFER)
    expect(front_door.main.get_by_role("link", name=NAME)).to_have_count(0)
    assert manager.caller.read(path)["lead_agency"] == case["lead_agency"], "named is not taken"
    read_what_binds(front_door, case["reference"], hand)
