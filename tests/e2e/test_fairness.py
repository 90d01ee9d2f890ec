"""A manager compares groups of children, reads what can be said and what cannot, and opens what a number counts."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import FRONT_DOOR_MANAGER
from tests.e2e.screen import PHONE


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_a_manager_compares_groups_and_opens_one(as_person, width: int, works: Any) -> None:
    manager = as_person(FRONT_DOOR_MANAGER, width=width)
    hand: Hand = works(manager)
    manager.open("/fairness", "Fairness")
    expect(manager.main).to_contain_text("A difference is where to look, not a cause.")
    groups = manager.main.get_by_role("navigation", name="Which groups")
    expect(groups.get_by_role("link", name="Ethnic group")).to_have_attribute("aria-current", "page")
    hand.press(groups.get_by_role("link", name="Sex"))
    expect(groups.get_by_role("link", name="Sex")).to_have_attribute("aria-current", "page")
    manager.check()
    found = manager.caller.read("figures/fairness/?by=sex")
    figure = next(one for one in found["figures"] if any(row["count"] for row in one["rows"]))
    row = next(row for row in figure["rows"] if row["count"])
    section = manager.main.get_by_role("region", name=figure["title"])
    expect(section).to_contain_text(figure["finding"])
    expect(section).to_contain_text(f"{row['count']} of {row['of']} ({row['percent']}%)")
    hand.press(section.get_by_role("link", name=row["label"], exact=True).first)
    manager.arrived(f"{figure['title']}: {row['label']}")
    expect(manager.main.get_by_role("listitem")).to_have_count(min(row["count"], 50))
    hand.press(manager.page.get_by_role("link", name="Fairness").first)
    manager.arrived("Fairness")
    expect(groups.get_by_role("link", name="Sex")).to_have_attribute("aria-current", "page")
    hand.press(groups.get_by_role("link", name="Ward"))
    expect(manager.main).to_contain_text("Too few to say")
    hand.press(manager.main.locator("summary").filter(has_text="How this is counted"))
    expect(manager.main).to_contain_text("one in twenty stands out by chance")
    manager.check()
