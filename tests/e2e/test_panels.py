"""A panel hears a case: put on its agenda, an agency invited, information given, decided, its minutes signed."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import expect

from backend.deadlines.calendar import local
from tests.e2e.acting import BASIS, choose, confirm
from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.people import EARLY_HELP_MANAGER, FAMILY_WORKER, FRONT_DOOR_MANAGER, YOUTH_JUSTICE_OFFICER
from tests.e2e.referral_form import Chosen, OnDay, Picked, Written
from tests.e2e.screen import PHONE, Screen
from tests.e2e.test_typing_while_it_moves import HANDOVER, SHARED, case_that_may_move, option_of
from tests.e2e.test_typing_while_it_moves import act as transfer

YOUTH_JUSTICE = "Youth Justice Service"
PANEL, QUESTION = "Journey panel", "Which group could he join?"
TOLD, SAID, DECIDED = "He trusts your worker.", "Came to the summer programme twice.", "The youth club keeps a place."


def plan(chair: Screen) -> dict[str, Any]:
    """A meeting that begins in an hour, from the API: planning one is a form like any other."""
    begins = datetime.now(UTC) + timedelta(hours=1)
    given = {"kind": "prevention", "name": PANEL, "starts_at": begins.isoformat()}
    return dict(chair.caller.write("panels/", given))


def put_on(worker: Screen, case: dict[str, Any], panel: dict[str, Any]) -> None:
    """From the reviews of the case to the agenda, and youth justice invited, on a phone."""
    hand = Mouse(worker)
    worker.open(f"/cases/{case['id']}/reviews", "Reviews and meetings")
    hand.press(worker.main.get_by_role("link", name="Panels of several organisations that hear this case"))
    worker.arrived("Panels")
    worker.check()
    last = local(datetime.fromisoformat(panel["starts_at"])).date() + timedelta(days=7)
    answers = (
        Chosen("Which panel?", PANEL),
        Written("What do you ask the panel?", QUESTION),
        Chosen("What for?", "To agree what is offered to the child"),
        OnDay("Until which day may those invited read it?", last),
        *BASIS,
    )
    choose(hand, "Put on a panel’s agenda", answers)
    confirm(hand, "Put on a panel’s agenda", back_at="Panels")
    hand.press(worker.main.get_by_role("link", name=PANEL).first)
    worker.arrived(f"{case['reference']} at {PANEL}")
    answers = (
        Picked("Which organisation?", YOUTH_JUSTICE),
        Chosen("What for?", "To agree what is offered to the child"),
        Written("What do you tell them? (optional)", TOLD),
        *BASIS,
    )
    choose(hand, "Invite an organisation", answers)
    confirm(hand, "Invite an organisation", back_at=f"{case['reference']} at {PANEL}")
    expect(worker.main.get_by_role("region", name="Invited to hear it")).to_contain_text(TOLD)
    worker.check()


def give(guest: Screen, case: dict[str, Any], panel: dict[str, Any]) -> None:
    """The invited agency reads what it is told and gives what it knows."""
    hand = Keyboard(guest)
    guest.open("/work", "My work")
    hand.press(guest.main.get_by_role("link", name=f"Give {PANEL} what it needs to know"))
    guest.arrived(f"{case['reference']} at {PANEL}")
    expect(guest.main).to_contain_text(TOLD)
    expect(guest.main.get_by_role("link", name=f"Open {case['reference']}")).to_have_count(0)
    until = local(datetime.fromisoformat(panel["starts_at"])).date() + timedelta(days=7)
    answers = (
        Written("What does the panel need to know?", SAID),
        OnDay("Until which day may they read it?", until),
        *BASIS,
    )
    choose(hand, "Give information for the panel", answers)
    confirm(hand, "Give information for the panel", back_at=f"{case['reference']} at {PANEL}")
    guest.check()


def decide_and_sign(chair: Screen, case: dict[str, Any], panel: dict[str, Any]) -> None:
    """The chair begins, reads what was given, writes down what is decided, and signs."""
    hand = Keyboard(chair)
    chair.open(f"/panels/{panel['id']}", PANEL)
    choose(hand, "Begin the panel")
    confirm(hand, "Begin the panel", back_at=PANEL)
    hand.press(chair.main.get_by_role("link", name=case["reference"], exact=True))
    chair.arrived(f"{case['reference']} at {PANEL}")
    expect(chair.main.get_by_role("region", name="Given beforehand")).to_contain_text(SAID)
    answers = (
        Chosen("What was decided?", "A service or package is offered"),
        Written("In words?", DECIDED),
        Picked("Which organisation does it? (optional)", case["lead_agency"]),
        OnDay("By which day? (optional)", local(datetime.now(UTC)).date() + timedelta(days=14)),
    )
    choose(hand, "Record a decision", answers)
    confirm(hand, "Record a decision", back_at=f"{case['reference']} at {PANEL}")
    chair.check()
    chair.open(f"/panels/{panel['id']}", PANEL)
    choose(hand, "Sign the minutes")
    confirm(hand, "Sign the minutes", back_at=PANEL)
    expect(chair.main).to_contain_text("Minutes signed")


def put_in_plan(worker: Screen, case: dict[str, Any], panel: dict[str, Any]) -> None:
    """What the panel decided becomes an action of the plan with one press, and its page says so."""
    hand = Mouse(worker)
    worker.open(f"/cases/{case['id']}/panels", "Panels")
    hand.press(worker.main.get_by_role("link", name=PANEL).first)
    worker.arrived(f"{case['reference']} at {PANEL}")
    choose_one = "Put this decision into the plan"
    hand.press(worker.main.get_by_role("link", name=choose_one))
    worker.arrived("Put a decision into the plan")
    worker.check()
    confirm(hand, "Put a decision into the plan", back_at=f"{case['reference']} at {PANEL}")
    hand.press(worker.main.get_by_role("region", name="Decided").get_by_role("link", name="In the plan"))
    expect(worker.main).to_contain_text(DECIDED)
    expect(worker.main.get_by_role("link", name="A panel decided it")).to_be_visible()
    worker.check()


def keep_minutes(worker: Screen, case: dict[str, Any], panel: dict[str, Any]) -> None:
    """Whoever works on the case keeps what was decided about this child among its documents."""
    hand = Mouse(worker)
    worker.open(f"/cases/{case['id']}/reviews", "Reviews and meetings")
    hand.press(worker.main.get_by_role("link", name="Panels of several organisations that hear this case"))
    worker.arrived("Panels")
    hand.press(worker.main.get_by_role("link", name=PANEL).first)
    worker.arrived(f"{case['reference']} at {PANEL}")
    choose(hand, "Keep the minutes in the case")
    confirm(hand, "Keep the minutes in the case", back_at=f"{case['reference']} at {PANEL}")
    hand.press(worker.main.get_by_role("link", name=f"Among the documents of {case['reference']}"))
    worker.arrived("Documents")
    expect(worker.main).to_contain_text(f"Minutes: {PANEL}")


def test_a_panel_hears_a_case_and_closes_it_again(as_person) -> None:
    worker, guest = as_person(FAMILY_WORKER, width=PHONE), as_person(YOUTH_JUSTICE_OFFICER, width=PHONE)
    chair = as_person(FRONT_DOOR_MANAGER, width=1280)
    case, panel = worker.caller.cases()[0], plan(chair)
    worker.names = guest.names = chair.names = {case["child_name"]}
    put_on(worker, case, panel)
    give(guest, case, panel)
    decide_and_sign(chair, case, panel)
    put_in_plan(worker, case, panel)
    keep_minutes(worker, case, panel)
    guest.open(f"/panels/{panel['id']}", PANEL)
    expect(guest.main.get_by_role("link", name=case["reference"])).to_have_count(0)
    guest.check()


def offered_elsewhere(manager: Screen, worker: Screen) -> dict[str, Any]:
    """A case of early help that another agency is asked to lead and has not answered about."""
    path = case_that_may_move(worker)
    ways = option_of(manager.caller, path, "propose_transfer")["input"]
    to = next(one["choices"][0]["value"] for one in ways if one["kind"] == "agency")
    transfer(manager.caller, path, "propose-transfer", to_agency_id=to, why="better_placed", **HANDOVER, **SHARED)
    return dict(worker.caller.read(path))


def test_the_chair_puts_what_is_open_on_the_agenda(as_person) -> None:
    manager, worker = as_person(EARLY_HELP_MANAGER, width=PHONE), as_person(FAMILY_WORKER, width=1280)
    case, panel = offered_elsewhere(manager, worker), plan(manager)
    hand = Mouse(manager)
    manager.open(f"/panels/{panel['id']}", PANEL)
    open_items = manager.main.get_by_role("region", name="Open items that it could hear")
    expect(open_items).to_contain_text("Nobody has answered who leads it")
    manager.check()
    put_there = open_items.get_by_role("link", name=re.compile(f"Put it on the agenda.*{case['reference']}"))
    hand.press(put_there)
    manager.arrived("Put an open item on the agenda")
    manager.check()
    confirm(hand, "Put an open item on the agenda", back_at=PANEL)
    expect(manager.main.get_by_role("region", name="Agenda")).to_contain_text(case["reference"])
    expect(put_there).to_have_count(0)
