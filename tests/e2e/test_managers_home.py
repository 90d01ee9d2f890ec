"""A manager's home: what needs attention, who has how much, the list behind each number, and giving a case away."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import EARLY_HELP_MANAGER, FRONT_DOOR_MANAGER, SECOND_MANAGER
from tests.e2e.screen import PHONE, Screen

HANDS = pytest.mark.parametrize(("width", "works"), [(1280, Keyboard), (PHONE, Mouse)])


def home(as_person: Any, width: int) -> Screen:
    manager: Screen = as_person(EARLY_HELP_MANAGER, width=width)
    manager.names = {row["child_name"] for row in manager.caller.cases(view="lead") if row["child_name"]}
    manager.open("/", "Home")
    expect(manager.main.get_by_role("link", name="Make a referral")).to_be_visible()
    return manager


def cards(screen: Screen) -> Locator:
    """The records of a list; the lists one keeps stand below it."""
    return screen.main.locator(".app-card")


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
    expect(cards(manager)).to_have_count(kind["count"])


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
    expect(cards(manager)).to_have_count(person["cases"])
    expect(manager.main).to_contain_text(f"Shown here: Lead practitioner: {person['name']}.")
    hand.press(manager.main.locator("summary"))
    expect(manager.main.get_by_role("combobox", name="Lead practitioner")).to_have_value(person["id"])
    if person["overdue"]:
        hand.pick(manager.main.get_by_role("combobox", name="Overdue"), "Only where something is")
        hand.press(manager.main.get_by_role("button", name="Show cases"))
        expect(cards(manager)).to_have_count(person["overdue"])
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
    expect(cards(manager)).to_have_count(waiting)


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
    expect(cards(manager)).to_have_count(month[what])


@HANDS
def test_a_list_is_kept_under_a_name_renamed_removed_and_put_back(as_person, width: int, works: Any) -> None:
    manager: Screen = as_person(EARLY_HELP_MANAGER, width=width)
    hand: Hand = works(manager)
    first, second = f"Nobody yet {width}", f"Waits for somebody {width}"
    manager.open("/cases?view=lead&worker=nobody", "All that my agency leads")
    hand.press(manager.main.get_by_role("button", name="Keep this list under a name"))
    with manager.refused(400):
        hand.press(manager.main.get_by_role("button", name="Keep this list"))
        expect(manager.main.get_by_role("alert")).to_contain_text("What do you call this list?")
    manager.check()
    hand.write(manager.main.get_by_label("What do you call this list?"), first)
    hand.choose(manager.main.get_by_label("Show it to the other managers of my agency"))
    hand.press(manager.main.get_by_role("button", name="Keep this list"))
    expect(manager.main.get_by_text(f"“{first}” is kept.")).to_be_visible()
    expect(manager.main.get_by_role("link", name=first)).to_be_visible()
    manager.check()

    manager.open("/", "Home")
    kept = manager.main.get_by_role("region", name="Lists you keep")
    card = kept.get_by_role("listitem").filter(has_text=first)
    expect(card).to_contain_text("Cases, shown to the other managers")
    hand.press(card.locator("summary"))
    hand.write(card.get_by_label("What do you call this list?"), second)
    hand.press(card.get_by_role("button", name="Save"))
    renamed = kept.get_by_role("listitem").filter(has_text=second)
    hand.press(renamed.locator("summary"))
    manager.check()
    hand.press(renamed.get_by_role("button", name=f"Remove this list “{second}”"))
    expect(kept.get_by_role("status")).to_contain_text(f"“{second}” is removed.")
    expect(kept.get_by_role("link", name=second)).to_have_count(0)
    hand.press(kept.get_by_role("button", name="Put it back"))
    hand.press(kept.get_by_role("link", name=second))
    manager.arrived("All that my agency leads")
    expect(manager.main).to_contain_text("Shown here: Lead practitioner: Nobody yet.")


def test_another_manager_opens_what_is_shown_and_changes_nothing(as_person) -> None:
    owner: Screen = as_person(FRONT_DOOR_MANAGER)
    shown = {"name": "For all of us", "address": "/attention?kind=breached", "is_shared": True}
    owner.caller.write("saved-lists/", shown)
    colleague: Screen = as_person(SECOND_MANAGER)
    colleague.open("/", "Home")
    card = colleague.main.get_by_role("region", name="Lists you keep").get_by_role("listitem")
    card = card.filter(has_text="For all of us")
    expect(card).to_contain_text(f"Needs attention, shown by {FRONT_DOOR_MANAGER}")
    expect(card.locator("summary")).to_have_count(0)
    colleague.follow("For all of us", to="Missed clocks")
