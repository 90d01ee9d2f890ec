"""A manager looks where work stands, and opens what is in a state, what left it, and what became of referrals."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import EARLY_HELP_MANAGER, FRONT_DOOR_MANAGER
from tests.e2e.screen import PHONE


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_a_manager_opens_what_stands_where_and_what_went_on(as_person, width: int, works: Any) -> None:
    manager = as_person(FRONT_DOOR_MANAGER, width=width)
    hand: Hand = works(manager)
    manager.open("/standing", "Where work stands")
    found = manager.caller.read("figures/standing/")
    rows = [(one["title"], row) for one in found["stays"] for row in one["rows"]]
    for figure, heading in (("now", "now"), ("left", "no longer")):
        title, row = max(rows, key=lambda one: one[1][figure])
        words = "in it now" if figure == "now" else "left it"
        hand.press(manager.main.get_by_role("link", name=f"{row[figure]} of “{row['label']}”, {words}"))
        manager.arrived(f"{title}, {heading}: {row['label']}")
        expect(manager.main.get_by_role("listitem")).to_have_count(min(row[figure], 50))
        expect(manager.main.get_by_role("listitem").first).to_contain_text("since" if figure == "now" else "until")
        hand.press(manager.page.get_by_role("link", name="Where work stands").first)
        manager.arrived("Where work stands")
    hand.press(manager.main.locator("summary").filter(has_text="How this is counted"))
    expect(manager.main).to_contain_text("a record that came back stays twice")
    manager.check()


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_what_became_of_referrals_leads_to_them_also_by_where_they_came_from(as_person, width: int, works: Any) -> None:
    manager = as_person(FRONT_DOOR_MANAGER, width=width)
    hand: Hand = works(manager)
    manager.open("/standing", "Where work stands")
    found = manager.caller.read("figures/standing/")
    received = next(one for one in found["figures"] if one["id"] == "received")
    row = max(received["rows"], key=lambda one: one["count"])
    section = manager.main.get_by_role("region", name=received["title"])
    expect(section).to_contain_text(received["finding"])
    hand.press(section.get_by_role("link", name=row["label"], exact=True).first)
    manager.arrived(f"{received['title']}: {row['label']}")
    expect(manager.main.get_by_role("listitem")).to_have_count(min(row["count"], 50))
    hand.press(manager.page.get_by_role("link", name="Where work stands").first)
    manager.arrived("Where work stands")
    source = found["sources"]["rows"][0]
    hand.press(manager.main.get_by_role("link", name=f"{source['of']} of “{source['label']}”, received"))
    manager.arrived(source["label"])
    expect(manager.main.get_by_role("listitem")).to_have_count(min(source["of"], 50))


def test_who_leads_cases_sees_how_long_they_stayed_in_each_state(as_person) -> None:
    manager = as_person(EARLY_HELP_MANAGER, width=1280)
    manager.open("/standing", "Where work stands")
    expect(manager.main.get_by_role("region", name="Cases: time in each state")).to_contain_text("Assessing")
