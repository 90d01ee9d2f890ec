"""A manager's home: what needs attention, who has how much, the list behind each number, and giving a case away."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import EARLY_HELP_MANAGER
from tests.e2e.screen import PHONE, Screen

HANDS = pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])


def home(as_person: Any, width: int) -> Screen:
    manager: Screen = as_person(EARLY_HELP_MANAGER, width=width)
    manager.names = {row["child_name"] for row in manager.caller.cases(view="lead") if row["child_name"]}
    manager.open("/", "Home")
    return manager


@HANDS
def test_what_needs_attention_comes_first_and_opens_the_list_it_counts(as_person, width: int, works: Any) -> None:
    manager = home(as_person, width)
    hand: Hand = works(manager)
    kinds = [one for one in manager.caller.read("exceptions/")["kinds"] if one["count"]]
    attention = manager.main.get_by_role("region", name="Needs attention")
    expect(attention.locator(".app-counts").get_by_role("link")).to_have_count(len(kinds))
    kind = min(kinds, key=lambda one: one["count"])
    hand.press(attention.get_by_role("link", name=re.compile(f"^{kind['count']} {kind['label']}")))
    manager.arrived(kind["label"])
    expect(manager.main.get_by_role("listitem")).to_have_count(kind["count"])


@HANDS
def test_each_persons_number_opens_their_cases_and_the_page_that_gives_them_to_others(
    as_person, width: int, works: Any
) -> None:
    manager = home(as_person, width)
    hand: Hand = works(manager)
    people = manager.caller.read("caseloads/")["people"]
    person = max(people, key=lambda one: (one["overdue"], one["cases"]))
    row = manager.main.get_by_role("row").filter(has_text=person["name"])
    hand.press(row.get_by_role("link", name=f"{person['cases']} open cases of {person['name']}"))
    manager.arrived("All that my agency leads")
    expect(manager.main.get_by_role("listitem")).to_have_count(person["cases"])
    expect(manager.main).to_contain_text(f"Shown here: Lead practitioner: {person['name']}.")
    hand.press(manager.main.locator("summary"))
    expect(manager.main.get_by_role("combobox", name="Lead practitioner")).to_have_value(person["id"])
    if person["overdue"]:
        hand.pick(manager.main.get_by_role("combobox", name="Overdue"), "Only where something is")
        hand.press(manager.main.get_by_role("button", name="Show cases"))
        expect(manager.main.get_by_role("listitem")).to_have_count(person["overdue"])
        manager.check()
    manager.open("/", "Home")
    hand.press(row.get_by_role("link", name=f"Reassign the work of {person['name']}"))
    manager.arrived("Give their work to others")


def test_a_case_that_waits_is_allocated_from_here(as_person) -> None:
    manager = home(as_person, 1280)
    hand = Keyboard(manager)
    waiting = manager.caller.read("caseloads/")["unallocated"]["cases"]
    first = manager.caller.read("cases/?view=lead&worker=nobody&page_size=5")["results"][0]
    assert waiting
    manager.check()
    hand.press(manager.main.get_by_role("link", name=f"Allocate {first['reference']}"))
    manager.arrived("Allocate a lead practitioner")
    manager.page.go_back()
    hand.press(manager.main.get_by_role("link", name=re.compile(f"^{waiting} open cases? waits? for a lead")))
    manager.arrived("All that my agency leads")
    expect(manager.main.get_by_role("listitem")).to_have_count(waiting)


@HANDS
def test_each_number_of_a_month_opens_what_it_counts(as_person, width: int, works: Any) -> None:
    manager = home(as_person, width)
    hand: Hand = works(manager)
    months = manager.caller.read("figures/trend/")["months"]
    trend = manager.main.get_by_role("region", name="The last twelve months")
    expect(trend).to_contain_text(f"{months[-1]['open']} cases were open")
    hand.press(trend.locator("summary"))
    manager.check()
    month, what, heading = next(
        (month, what, heading)
        for month in months
        for what, heading in (("closed", "Cases closed or handed over in"), ("opened", "Cases opened or taken over in"))
        if 0 < month[what] <= 50
    )
    words = {"closed": "closed or handed over", "opened": "opened or taken over"}[what]
    hand.press(trend.get_by_role("link", name=f"{month[what]} of {month['label']}: {words}"))
    manager.arrived(f"{heading} {month['label']}")
    expect(manager.main.get_by_role("listitem")).to_have_count(month[what])
