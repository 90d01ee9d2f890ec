"""A manager looks what came of the agency's work, and opens what a number counts, as far as one record."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import ANALYST, EARLY_HELP_MANAGER
from tests.e2e.screen import PHONE


@pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])
def test_a_manager_opens_the_cases_that_an_outcome_counts(as_person, width: int, works: Any) -> None:
    manager = as_person(EARLY_HELP_MANAGER, width=width)
    hand: Hand = works(manager)
    manager.open("/outcomes", "Outcomes")
    expect(manager.main.get_by_role("link", name="Last 12 months")).to_have_attribute("aria-current", "page")
    found = {one["id"]: one for one in manager.caller.read("figures/outcomes/")["figures"]}
    reasons = found["reasons"]
    expect(manager.main.get_by_role("heading", name=reasons["title"])).to_be_visible()
    expect(manager.main).to_contain_text(reasons["finding"])
    row = max(reasons["rows"], key=lambda one: one["count"])
    figure = manager.main.get_by_role("figure").filter(has_text=reasons["finding"])
    hand.press(figure.locator("summary"))
    line = figure.get_by_role("row").filter(has_text=row["label"])
    expect(line).to_contain_text("Too few" if row["low"] is None else f"{row['low']}% and {row['high']}%")
    manager.check()
    hand.press(manager.main.get_by_role("button", name="Show all sections"))
    expect(manager.main.get_by_role("button", name=found["sustained"]["title"])).to_have_attribute(
        "aria-expanded", "true"
    )
    manager.check()
    bar = figure.get_by_role("listitem").filter(has_text=row["label"])
    share = f"of {row['of']}" if row["percent"] is None else f"({row['percent']}%)"
    expect(bar).to_contain_text(f"{row['count']} {share}")
    hand.press(bar.get_by_role("link"))
    manager.arrived(f"{reasons['title']}: {row['label']}")
    expect(manager.main.get_by_role("listitem")).to_have_count(min(row["count"], 50))
    expect(manager.main.get_by_role("listitem").first).to_contain_text("Closed on ")
    manager.check()
    hand.press(manager.page.get_by_role("link", name="Outcomes").first)
    manager.arrived("Outcomes")
    hand.press(manager.main.locator("summary").filter(has_text="How this is counted"))
    expect(manager.main).to_contain_text("are not counted")
    sees_what_works(manager, hand)


def sees_what_works(manager: Any, hand: Hand) -> None:
    """The same by service, with words of caution before any number, as far as one service that was given."""
    hand.press(manager.main.get_by_role("link", name="What works"))
    manager.arrived("What works")
    expect(manager.main).to_contain_text("is where to look, not proof")
    given = next(one for one in manager.caller.read("figures/works/")["figures"] if one["id"] == "given")
    figure = manager.main.get_by_role("figure").filter(has_text=given["finding"])
    hand.press(figure.locator("summary"))
    manager.check()
    row = given["rows"][0]
    hand.press(figure.get_by_role("link", name=f"{row['of']} of “{row['label']}”, times given"))
    manager.arrived(f"{row['label']}: Times given")
    expect(manager.main.get_by_role("listitem")).to_have_count(min(row["of"], 50))
    expect(manager.main.get_by_role("listitem").first).to_contain_text("The service ended on ")
    manager.check()


def test_an_analyst_reads_the_partnership_through_a_board_and_meets_no_child(as_person) -> None:
    analyst = as_person(ANALYST, width=1280)
    analyst.open("/published", "Outcomes in the partnership")
    found = analyst.caller.read("figures/published/")
    told = f"About {found['total']} cases closed" if found["total"] else "Too few cases closed in these months"
    expect(analyst.main).to_contain_text(told)
    for table in (one for one in found["tables"] if one["rows"]):
        figure = analyst.main.get_by_role("figure").filter(has_text=table["finding"])
        Keyboard(analyst).press(figure.locator("summary"))
        expect(figure.get_by_role("row")).to_have_count(13 if table["id"] == "month" else 1 + len(table["rows"]))
    analyst.check()
    themes = analyst.main.get_by_role("navigation", name="Which board’s theme")
    Keyboard(analyst).press(themes.get_by_role("link", name=found["themes"][0]["label"]))
    expect(themes.get_by_role("link", name=found["themes"][0]["label"])).to_have_attribute("aria-current", "page")
    Keyboard(analyst).press(analyst.main.locator("summary").filter(has_text="Why numbers are only about right"))
    expect(analyst.main).to_contain_text("may be off by some")
    ways = 1 + len(found["themes"]) + analyst.main.get_by_role("link", name="Make a report").count()
    assert analyst.main.get_by_role("link").count() == ways, "no number opens a list"
    analyst.check()
