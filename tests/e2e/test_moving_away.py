"""A family moves to another area: the other area is asked, confirms or not, and until then nobody lets go."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import BASIS, choose, confirm
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import EARLY_HELP_MANAGER
from tests.e2e.referral_form import Answer, OnDay, Written
from tests.e2e.screen import PHONE, Screen

ASK, HAVE = "Ask another area to take it over", "Record that the other area has it"
NOT = "Record that the other area does not take it"
RECEIVER = "Coventry Family Help"


def one_that_may_end(screen: Screen) -> Mapping[str, Any]:
    """A case of the manager's agency at which nothing is open that somebody would have to go on with."""
    for row in screen.caller.cases(view="lead"):
        case = screen.caller.read(f"cases/{row['id']}/")
        ways = {option["name"]: option["obstacles"] for option in case["options"]}
        if case["moving"] is None and ways.get("close") == [] and ways.get("transfer_out") == []:
            return dict(case)
    raise AssertionError("no case of the demo city may end")


def asking() -> tuple[Answer, ...]:
    """What the other area is told."""
    return (
        Written("To which area has the family moved?", "Coventry"),
        Written("Which agency there is asked to take the case over?", RECEIVER),
        Written("Who there did you speak to?", "Ms Dale, duty manager, 024 7649 6000"),
        OnDay("When did you speak to them?", date.today() - timedelta(days=1)),
        Written("Time, like 14:30", "9:30"),
        Written("What matters now?", "School is the safe place."),
        Written("Which actions are open?", "None."),
        Written("What are the risks?", "None known."),
        Written("Who here should they speak to first?", "Ms Malik, 0121 496 0000"),
        *BASIS,
    )


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_a_case_moves_away_only_when_the_other_area_has_it(as_person, width: int, works: Any) -> None:
    manager = as_person(EARLY_HELP_MANAGER, width=width)
    case = one_that_may_end(manager)
    home = f"Case {case['reference']}"
    manager.names = {case["child"]["name"]}
    manager.open(f"/cases/{case['id']}", home)
    hand: Hand = works(manager)
    choose(hand, ASK, asking())
    hand.press(manager.main.get_by_role("button", name="Show what they will see"))
    shown = manager.main.get_by_role("region", name="What others will see")
    for words in (f"What {RECEIVER}, Coventry will see", "School is the safe place.", case["child"]["name"]):
        expect(shown).to_contain_text(words)
    manager.check()
    confirm(hand, ASK, back_at=home)
    waiting = manager.main.get_by_role("region", name="Another area is asked to take it over")
    expect(waiting).to_contain_text(f"{RECEIVER}, Coventry")

    choose(hand, NOT, [Written("Why do they not take it?", "The family has not arrived there.")])
    confirm(hand, NOT, back_at=home)
    expect(waiting).to_have_count(0)

    choose(hand, ASK, asking())
    confirm(hand, ASK, back_at=home)
    answers = (
        Written("Who there has accepted it in writing?", "Ms Dale, duty manager"),
        OnDay("On which day?", date.today()),
        Written("What changed for the child?", "He has a place at a club, and liked it here."),
        Written("What does the child say about the help?", "I will miss Tuesdays."),
        Written("What does the parent or carer say about the help?", "Mum: please tell them all of it."),
        Written("What does the other area do next?", "They visit within the week."),
    )
    choose(hand, HAVE, answers)
    confirm(hand, HAVE, back_at=home)
    expect(manager.main.get_by_role("region", name="Taken over by another area")).to_contain_text(RECEIVER)
    ending = manager.main.get_by_role("region", name="How it ended")
    expect(ending).to_contain_text("The family moved to another area")
    expect(ending).to_contain_text("I will miss Tuesdays.")
    expect(ending).to_contain_text("Accepted in writing by Ms Dale, duty manager")
