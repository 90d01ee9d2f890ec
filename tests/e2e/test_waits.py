"""A manager looks who waited for services and who said no, and opens what a number counts."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import EARLY_HELP_MANAGER
from tests.e2e.screen import PHONE


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_a_manager_opens_the_services_that_a_number_counts(as_person, width: int, works: Any) -> None:
    manager = as_person(EARLY_HELP_MANAGER, width=width)
    hand: Hand = works(manager)
    manager.open("/waits", "Waits and refusals")
    found = manager.caller.read("figures/services/")
    row = found["services"]["rows"][0]
    expect(manager.main).to_contain_text(found["services"]["finding"])
    hand.press(manager.main.get_by_role("link", name=f"{row['of']} of “{row['label']}”, in all"))
    manager.arrived(row["label"])
    expect(manager.main.get_by_role("listitem")).to_have_count(min(row["of"], 50))
    expect(manager.main.get_by_role("listitem").first).to_contain_text("Recommended on ")
    hand.press(manager.page.get_by_role("link", name="Waits and refusals").first)
    manager.arrived("Waits and refusals")
    number = next(one for one in row["numbers"] if one["count"])
    word = next(one["label"] for one in found["services"]["parts"] if one["code"] == number["part"])
    hand.press(manager.main.get_by_role("link", name=f"{number['count']} of “{row['label']}”, {word}"))
    manager.arrived(f"{row['label']}: {word}")
    expect(manager.main.get_by_role("listitem")).to_have_count(min(number["count"], 50))
    hand.press(manager.page.get_by_role("link", name="Waits and refusals").first)
    manager.arrived("Waits and refusals")
    hand.press(manager.main.locator("summary").filter(has_text="How this is counted"))
    expect(manager.main).to_contain_text("Whoever still waits is not in it")
