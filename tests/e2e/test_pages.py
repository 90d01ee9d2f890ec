"""Every place of everybody's menu, and the first record in each, on a desk and on a telephone."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.people import (
    EARLY_HELP_MANAGER,
    FAMILY_WORKER,
    FRONT_DOOR_MANAGER,
    OFFICER,
    TEACHER,
    YOUTH_JUSTICE_OFFICER,
    Caller,
)
from tests.e2e.screen import PHONE, Screen

REFERENCE = re.compile(r"[A-Z]-[0-9A-Z]{3}-[0-9A-Z]{5}")
LISTS = ("referrals/?view=mine", "referrals/?view=queue", "cases/?view=lead")


def names_read_by(caller: Caller) -> set[str]:
    """The children on this person's lists, none of whom may be named in a title or an address."""
    places = {place["name"] for place in caller.read("session/")["navigation"]}
    lists = [path for path in LISTS if ("queue" in places or "queue" not in path)]
    rows = [row for path in lists for row in caller.read(path)["results"]]
    return {row["child_name"] for row in rows if row.get("child_name")}


def first_record(screen: Screen) -> None:
    """Open the first record of a list, if it has one."""
    link = screen.main.get_by_role("link", name=REFERENCE)
    if link.count() == 0:
        expect(screen.main.locator("p").first).to_be_visible()
        return
    link.first.click()
    screen.arrived(REFERENCE)


@pytest.mark.parametrize(
    ("name", "width"),
    [
        (TEACHER, PHONE),
        (OFFICER, 1280),
        (OFFICER, PHONE),
        (FRONT_DOOR_MANAGER, 1280),
        (EARLY_HELP_MANAGER, PHONE),
        (FAMILY_WORKER, 1280),
        (YOUTH_JUSTICE_OFFICER, PHONE),
    ],
)
def test_every_place_of_the_menu(as_person, name: str, width: int):
    screen = as_person(name, width=width)
    screen.names = names_read_by(screen.caller)
    screen.open("/", "Home")
    menu = screen.page.get_by_role("navigation", name="Menu")
    for place in screen.caller.read("session/")["navigation"]:
        fold = menu.get_by_role("button", name="Menu")
        if fold.is_visible():
            fold.click()
        elif not place["is_main"]:
            menu.locator("summary").click()
        menu.get_by_role("link", name=place["label"], exact=True).click()
        screen.arrived(place["label"])
        first_record(screen)
