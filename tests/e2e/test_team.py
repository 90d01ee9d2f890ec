"""The team around a child: somebody of another agency is named, reads the plan, writes to the team, and leaves it."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import BASIS, choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import FAMILY_WORKER
from tests.e2e.referral_form import Chosen, Picked, Written
from tests.e2e.screen import PHONE, Screen

TEAM, PLACE = "Team around the child", "Team around a child"
PART = "Meets her at the gate every morning."
NOTE = "She came on time all week."


def somebody_elsewhere(screen: Screen) -> tuple[dict[str, Any], dict[str, str]]:
    """A case that is worked, and somebody of another agency who may be named and can sign in to the demonstration."""
    caller = screen.caller
    known = {one["name"] for one in caller.read("demo/people/")["results"]}
    for case in caller.cases():
        for option in caller.read(f"cases/{case['id']}/team/")["options"]:
            people = next(field["choices"] for field in option["input"] if field["name"] == "person")
            for one in people:
                if one["label"] in known and one["group"] != case["lead_agency"]:
                    return dict(case), dict(one)
    raise AssertionError("nobody of another agency can be named to any of the worker's cases")


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_somebody_elsewhere_is_named_reads_the_plan_writes_and_leaves(as_person, width: int, works: Any) -> None:
    worker = as_person(FAMILY_WORKER, width=width)
    case, person = somebody_elsewhere(worker)
    hand: Hand = works(worker)
    worker.open(f"/cases/{case['id']}/team", TEAM)
    answers = (
        Picked("Who works with the family, too?", f"{person['label']} ({person['hint']})"),
        Written("What do they do?", PART),
        Chosen("Why are they on the team?", "They know the child or the family"),
        *BASIS,
    )
    choose(hand, "Name somebody to the team", answers)
    confirm(hand, "Name somebody to the team", back_at=TEAM)
    expect(worker.main).to_contain_text(PART)
    worker.check()

    partner = as_person(person["label"], width=width)
    partner.open("/teams", "Teams I am on")
    partner.main.get_by_role("link", name=case["child_name"]).first.click()
    partner.arrived(PLACE)
    partner.check()
    choose(Mouse(partner), "Write to the team", (Chosen("What was it?", "Phone call"), Written("What happened?", NOTE)))
    confirm(Mouse(partner), "Write to the team", back_at=PLACE)
    expect(partner.main).to_contain_text(NOTE)
    for path in ("", "plan/", "notes/", "assessments/"):
        answer = partner.context.request.get(f"{partner.address}/api/v1/cases/{case['id']}/{path}")
        assert answer.status == 404, path

    worker.open(f"/cases/{case['id']}/team", TEAM)
    card = worker.main.get_by_role("article").filter(has_text=person["label"]).filter(has_text="On the team")
    hand.press(card.get_by_role("link", name="End their place on the team"))
    worker.arrived(re.compile("End their place"))
    Chosen("Why does their place end?", "Their part is done").give(hand)
    hand.press(worker.main.get_by_role("button", name="End their place on the team"))
    worker.arrived(TEAM)
    expect(worker.main).to_contain_text("No longer on the team")
