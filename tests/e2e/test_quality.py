"""A manager sees which questions are left empty, and opens a record in which one is."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import FRONT_DOOR_MANAGER
from tests.e2e.screen import PHONE


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_a_manager_opens_the_records_in_which_a_question_has_no_answer(as_person, width: int, works: Any) -> None:
    manager = as_person(FRONT_DOOR_MANAGER, width=width)
    hand: Hand = works(manager)
    manager.open("/quality", "Data quality")
    expect(manager.main).to_contain_text("Counted at ")
    found = manager.caller.read("figures/quality/")
    row = next(one for one in found["parts"][0]["rows"] if one["empty"])
    hand.press(manager.main.get_by_role("link", name=f"{row['empty']} without “{row['label']}”").first)
    manager.arrived(f"Without an answer: {row['label']}")
    expect(manager.main.get_by_role("listitem")).to_have_count(min(row["empty"], 50))
    manager.check()
    hand.press(manager.page.get_by_role("link", name="Data quality").first)
    manager.arrived("Data quality")
    second = found["parts"][1]
    table = manager.main.get_by_role("table", name=f"Question by question, of {second['whole']}")
    expect(table).to_be_hidden()
    hand.press(manager.main.get_by_role("button", name=second["title"]))
    expect(table).to_be_visible()
    manager.check()
    hand.press(manager.main.locator("summary"))
    expect(manager.main).to_contain_text("What may bear a label is left out")
