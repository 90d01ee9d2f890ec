"""An agency of the team asks for the lead: the lead keeps it and says why, or offers it; both sides see where it is."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import BASIS, choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import EARLY_HELP_MANAGER, FRONT_DOOR_MANAGER
from tests.e2e.referral_form import Chosen, Picked, Written
from tests.e2e.screen import PHONE, Screen

TEAM, PLACE = "Team around the child", "Team around a child"
ASK, KEEP = "Ask to lead the case", "Keep the lead"
REQUEST = re.compile("Who leads case")
WHY, LATER = "She sees us every week and trusts us.", "We look at it again at the next review."


def one_to_share(screen: Screen, person: str) -> tuple[dict[str, Any], dict[str, str]]:
    """A case that the manager's agency leads and offers to nobody, and the way to name `person` to its team."""
    caller = screen.caller
    for case in caller.cases(view="lead"):
        ways = {one["name"]: one["obstacles"] for one in caller.read(f"cases/{case['id']}/")["options"]}
        if ways.get("propose_transfer") != []:
            continue
        for option in caller.read(f"cases/{case['id']}/team/")["options"]:
            people = next(field["choices"] for field in option["input"] if field["name"] == "person")
            for one in people:
                if one["label"] == person and "anager" in one["hint"]:
                    return dict(case), dict(one)
    raise AssertionError(f"{person} can be named to none of the cases")


def ask(partner: Screen, case: dict[str, Any], hand: Hand) -> None:
    """Ask for the lead from one's place on the team."""
    partner.open("/teams", "Teams I am on")
    hand.press(partner.main.get_by_role("link", name=case["child_name"]).first)
    partner.arrived(PLACE)
    answers = (
        Chosen("Why should your agency lead?", "The other agency is better placed to lead"),
        Written("What would be better for the child?", WHY),
    )
    choose(hand, ASK, answers)
    confirm(hand, ASK, back_at=PLACE)
    expect(partner.main.get_by_role("region", name="Asked for the lead")).to_contain_text("Waiting for an answer")
    partner.check()


def name_to_team(manager: Screen, case: dict[str, Any], person: dict[str, str], hand: Hand) -> None:
    """Name somebody of another agency to the team around the child."""
    manager.open(f"/cases/{case['id']}/team", TEAM)
    answers = (
        Picked("Who works with the family, too?", f"{person['label']} ({person['hint']})"),
        Written("What do they do?", "Answers for the front door."),
        Chosen("Why are they on the team?", "They know the child or the family"),
        *BASIS,
    )
    choose(hand, "Name somebody to the team", answers)
    confirm(hand, "Name somebody to the team", back_at=TEAM)


def read_request(manager: Screen, case: dict[str, Any], hand: Hand) -> None:
    """From the case to what is asked of those who lead it."""
    manager.open(f"/cases/{case['id']}", re.compile("Case C-"))
    asks = manager.main.get_by_role("region", name="Another agency asks to lead")
    hand.press(asks.get_by_role("link", name=re.compile("asks to lead")))
    manager.arrived(REQUEST)
    expect(manager.main).to_contain_text(WHY)
    manager.check()


def keep(manager: Screen, hand: Hand) -> None:
    """The lead agency goes on leading, and says why."""
    answers = (
        Chosen("Why does your agency keep the lead?", "The plan works as it is"),
        Written("What should they know?", LATER),
    )
    choose(hand, KEEP, answers)
    confirm(hand, KEEP, back_at=REQUEST)
    expect(manager.main).to_contain_text("Refused")


def read_answer(partner: Screen, case: dict[str, Any], hand: Hand) -> None:
    """Whoever asked reads why, from their place on the team."""
    partner.open("/teams", "Teams I am on")
    hand.press(partner.main.get_by_role("link", name=case["child_name"]).first)
    partner.arrived(PLACE)
    hand.press(partner.main.get_by_role("region", name="Asked for the lead").get_by_role("link").first)
    partner.arrived(REQUEST)
    expect(partner.main).to_contain_text(LATER)
    partner.check()


def offer(manager: Screen, hand: Hand) -> None:
    """The answer is a transfer to the agency that asked, which is chosen already."""
    hand.press(manager.main.get_by_role("link", name=re.compile("Propose the transfer to")))
    manager.arrived("Propose a transfer")
    expect(manager.main.get_by_label("Which agency should lead?")).not_to_have_value("")
    for answer in (
        Chosen("Why should they lead?", "The other agency is better placed to lead"),
        Written("What matters now?", "School is the safe place."),
        Written("Which actions are open?", "None."),
        Written("What are the risks?", "None known."),
        Written("Who should they speak to first?", "Ms Malik, 0121 496 0000"),
        *BASIS,
    ):
        answer.give(hand)
    hand.press(manager.main.get_by_role("button", name="Propose a transfer"))
    manager.arrived(REQUEST)
    expect(manager.main).to_contain_text("Answered: a transfer was proposed")


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_the_lead_is_asked_for_kept_and_then_offered(as_person, width: int, works: Any) -> None:
    manager, partner = as_person(EARLY_HELP_MANAGER, width=width), as_person(FRONT_DOOR_MANAGER, width=width)
    case, person = one_to_share(manager, FRONT_DOOR_MANAGER)
    manager.names = partner.names = {case["child_name"]}
    hand, partners_hand = works(manager), works(partner)
    name_to_team(manager, case, person, hand)
    ask(partner, case, partners_hand)
    read_request(manager, case, hand)
    keep(manager, hand)
    read_answer(partner, case, partners_hand)
    ask(partner, case, partners_hand)
    read_request(manager, case, hand)
    offer(manager, hand)
