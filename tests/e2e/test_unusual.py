"""Somebody reads one child after the other without a task; their manager says what they know, and it is decided."""

import re
from typing import Any

from playwright.sync_api import expect

from backend.oversight.watching import JOB
from tests.e2e.ageing import minute_is_up
from tests.e2e.hands import Keyboard
from tests.e2e.people import GOVERNANCE
from tests.e2e.screen import PHONE, AsPerson, Screen

CURIOUS, MANAGER, LIST, PAGE = "Mohammed Zaman", "Denise Ottley", "Unusual reading", "Unusual reading"
LONGEST = 240


def _is_asked_about(product: Any, manager: Screen) -> None:
    """The worker reads on in the log each minute, up to what no transaction of the whole server is still writing."""
    waited = 0
    minute_is_up(product, JOB)
    while not any(one["person"] == CURIOUS for one in manager.caller.read("unusual/?view=waiting")["results"]):
        assert waited < LONGEST, "nobody is asked about"
        manager.page.wait_for_timeout(2_000)
        waited += 2


def test_unusual_reading_is_looked_at_by_a_manager_and_decided_by_governance(product: Any, as_person: AsPerson) -> None:
    manager = as_person(MANAGER, width=PHONE)
    _is_asked_about(product, manager)
    manager.open("/break-glass", "Emergency reading")
    manager.follow(LIST, to=LIST)
    manager.follow(re.compile(f"{CURIOUS}: Read without a task"), to=PAGE)
    expect(manager.main).to_contain_text("Opened the case")
    manager.follow("Say what you know about it", to="Say what you know about it")
    hand = Keyboard(manager)
    hand.write(manager.main.get_by_role("textbox"), "He helps nobody with these children.")
    hand.press(manager.main.get_by_role("button", name="Say what you know about it"))
    manager.arrived(PAGE)
    governance = as_person(GOVERNANCE)
    governance.open("/", "Home")
    expect(governance.main.get_by_role("region", name="Unusual reading")).to_contain_text(CURIOUS)
    expect(governance.main.get_by_role("region", name="Requests for a copy")).to_be_visible()
    governance.check()
    governance.open("/looks", "Who looked")
    governance.follow("what is unusual", to=LIST)
    governance.follow(re.compile(f"{CURIOUS}: Read without a task"), to=PAGE)
    expect(governance.main).to_contain_text("He helps nobody with these children.")
    governance.follow("Decide what it was", to="Decide what it was")
    hand = Keyboard(governance)
    hand.choose(governance.main.get_by_role("radio", name="Somebody has to talk to them"))
    hand.write(governance.main.get_by_role("textbox", name="Why?"), "His manager speaks to him on Monday.")
    hand.press(governance.main.get_by_role("button", name="Decide what it was"))
    governance.arrived(PAGE)
    expect(governance.main).to_contain_text("Somebody has to talk to them: His manager")
