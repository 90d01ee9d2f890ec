"""A manager looks how long things take, and opens what a number counts, as far as one record."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import FRONT_DOOR_MANAGER
from tests.e2e.screen import PHONE


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_a_manager_opens_the_records_that_a_number_counts(as_person, width: int, works: Any) -> None:
    manager = as_person(FRONT_DOOR_MANAGER, width=width)
    hand: Hand = works(manager)
    manager.open("/figures", "Time taken")
    hand.press(manager.main.get_by_role("link", name="Last 12 months"))
    expect(manager.main.get_by_role("link", name="Last 12 months")).to_have_attribute("aria-current", "page")
    expect(manager.main).to_contain_text("Counted at ")
    found = manager.caller.read("figures/flow/?period=year")
    row = next(one for one in found["rows"] if one["late"])
    line = manager.main.get_by_role("row").filter(has=manager.page.get_by_role("link", name=row["label"], exact=True))
    # Of the same line, as many may have been done in time, which comes before.
    hand.press(line.get_by_role("link", name=f"{row['late']} of “{row['label']}”").last)
    manager.arrived(f"{row['label']}: done late")
    expect(manager.main.get_by_role("listitem")).to_have_count(min(row["late"], 50))
    expect(manager.main.get_by_role("listitem").first).to_contain_text("done ")
    manager.check()
    back = manager.page.get_by_role("link", name="Time taken").first
    hand.press(back)
    manager.arrived("Time taken")
    hand.press(manager.main.locator("summary"))
    expect(manager.main).to_contain_text("are not counted")


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_a_manager_sees_where_one_thing_takes_long_and_opens_whom_it_is_about(
    as_person, width: int, works: Any
) -> None:
    manager = as_person(FRONT_DOOR_MANAGER, width=width)
    hand: Hand = works(manager)
    manager.open("/figures?period=year", "Time taken")
    row = max(manager.caller.read("figures/flow/?period=year")["rows"], key=lambda one: one["due"])
    hand.press(manager.main.get_by_role("link", name=row["label"], exact=True))
    manager.arrived(row["label"])
    hand.press(manager.main.get_by_role("link", name="Where the referral came from"))
    expect(manager.main.get_by_role("link", name="Where the referral came from")).to_have_attribute(
        "aria-current", "page"
    )
    manager.check()
    asked = f"period=year&kind={row['kind']}&is_urgent={row['is_urgent']}&by=source"
    found = manager.caller.read(f"figures/flow/cut/?{asked}")
    assert sum(one["due"] for one in found["rows"]) == row["due"]
    source = max(found["rows"], key=lambda one: one["in_time"])
    line = manager.main.get_by_role("row").filter(has_text=source["label"]).first
    hand.press(line.get_by_role("link", name=f"{source['in_time']} of “{source['label']}”").first)
    manager.arrived(f"{row['label']}, {source['label']}: done in time")
    expect(manager.main.get_by_role("listitem")).to_have_count(min(source["in_time"], 50))
    manager.check()
    hand.press(manager.page.get_by_role("link", name=row["label"]).first)
    manager.arrived(row["label"])
    hand.press(manager.main.locator("summary"))
    expect(manager.main).to_contain_text("a difference is where to look")
