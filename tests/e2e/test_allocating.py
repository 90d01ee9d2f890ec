"""A manager chooses who works with a family: the team first, then the person, with what each has in hand in sight."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import EARLY_HELP_MANAGER, FAMILY_WORKER
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import PHONE, Screen

CHANGE, PRIORITY = "Change the lead practitioner", "Change the priority"
QUESTION = "Who will be the lead practitioner?"


def one_to_pass_on(screen: Screen) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """A case that somebody of the manager's agency works on, and a colleague who has fewer."""
    caller = screen.caller
    for case in caller.cases(view="lead"):
        if any(option["name"] == "reallocate" for option in case["options"]):
            people = caller.read(f"cases/{case['id']}/practitioners/")["people"]
            return case, next(one for one in people if not one["cannot"] and one["team"])
    raise AssertionError("the demo city has no case to pass on")


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_a_manager_sees_what_everybody_has_in_hand_before_choosing(as_person, width: int, works: Any) -> None:
    manager = as_person(EARLY_HELP_MANAGER, width=width)
    case, person = one_to_pass_on(manager)
    hand: Hand = works(manager)
    manager.names = {case["child_name"]}
    manager.open(f"/cases/{case['id']}", f"Case {case['reference']}")
    choose(hand, CHANGE)
    asked = manager.main.get_by_role("group", name=QUESTION)
    expect(asked.get_by_role("radio")).to_have_count(0)
    hand.pick(asked.get_by_role("combobox", name="Which team?"), person["team"])
    chosen = asked.get_by_role("radio", name=re.compile(f"^{re.escape(person['name'])}, "))
    expect(asked.get_by_role("radio", checked=True)).to_have_count(0)
    expect(chosen).to_have_accessible_description(re.compile(f"Weight {person['weight']}"))
    manager.check()
    hand.choose(chosen)
    for answer in (
        Chosen("Why does the lead practitioner change?", "Manager’s decision"),
        Written("What must the new lead practitioner know?", "She likes to be asked before anybody rings her school."),
        Written("What happens next?", "Visit together"),
        *(Written(part, text) for part, text in (("Day", "1"), ("Month", "3"), ("Year", "2100"))),
    ):
        answer.give(hand)
    confirm(hand, CHANGE, back_at=f"Case {case['reference']}")
    expect(manager.main).to_contain_text(person["name"])

    manager.open("/caseloads", "Caseloads")
    row = manager.main.get_by_role("row").filter(has_text=person["name"])
    expect(row).to_contain_text(str(_weight(manager, person["id"])))


@pytest.mark.parametrize(
    ("width", "works", "becomes"), [(1280, Keyboard, "Red: today"), (PHONE, Mouse, "Amber: this week")]
)
def test_the_priority_changes_with_what_has_changed(as_person, width: int, works: Any, becomes: str) -> None:
    worker = as_person(FAMILY_WORKER, width=width)
    rows = worker.caller.cases()
    # Which of the three there are depends on the day on which the city is made.
    case = next(row for row in rows if row["priority"] and not becomes.lower().startswith(row["priority"]))
    was = case["priority"]
    home = f"Case {case['reference']}"
    worker.names = {row["child_name"] for row in rows}
    worker.open(f"/cases/{case['id']}", home)
    hand: Hand = works(worker)
    answers = (
        Chosen("How soon is help needed now?", becomes),
        Written("What has changed?", "Her brother was arrested."),
    )
    choose(hand, PRIORITY, answers)
    confirm(hand, PRIORITY, back_at=home)
    bar = worker.main.get_by_role("region", name="Who this case is about")
    expect(bar).to_contain_text(f"Priority {becomes.lower()}")
    worker.open(f"/cases/{case['id']}/chronology", "Chronology")
    expect(worker.main).to_contain_text(f"Priority: {becomes.lower()}, before that {was}")
    worker.open("/cases", "My cases")
    card = worker.main.get_by_role("listitem").filter(has_text=case["reference"])
    expect(card).to_contain_text(f"Priority {becomes.lower()}")


def _weight(screen: Screen, person_id: str) -> int:
    people = screen.caller.read("caseloads/")["people"]
    return int(next(one["weight"] for one in people if one["id"] == person_id))
