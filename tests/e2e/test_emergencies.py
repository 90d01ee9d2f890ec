"""Somebody reads another agency's case in an emergency; information governance decides, and sees who looked."""

import re
from datetime import date

from playwright.sync_api import expect

from tests.e2e.hands import Keyboard
from tests.e2e.people import EARLY_HELP_MANAGER, FAMILY_WORKER, GOVERNANCE, YOUTH_JUSTICE_OFFICER
from tests.e2e.screen import PHONE, AsPerson, Screen

OPEN, PAGE, LIST = "Read a child’s records in an emergency", "Emergency reading", "Emergency reading"
WHY = "He did not come home, and his mother thinks that he is with the man from the station."


def _given(officer: Screen, child: dict[str, str]) -> None:
    """What the form asks, by the keyboard."""
    hand = Keyboard(officer)
    given, _, family = child["name"].partition(" ")
    hand.write(officer.main.get_by_role("textbox", name="Child’s first name"), given)
    hand.write(officer.main.get_by_role("textbox", name="Child’s family name"), family)
    born = date.fromisoformat(child["date_of_birth"])
    for part, value in (("Day", born.day), ("Month", born.month), ("Year", born.year)):
        hand.write(officer.main.get_by_role("textbox", name=part), str(value))
    hand.choose(officer.main.get_by_role("radio", name="A child is missing"))
    hand.write(officer.main.get_by_role("textbox", name=re.compile("Why it cannot wait")), WHY)
    hand.press(officer.main.get_by_role("button", name="Open the records for four hours"))


def _opens(officer: Screen, child: dict[str, str]) -> None:
    """Refused while nothing is said, then let in."""
    officer.open("/break-glass", LIST)
    officer.follow(OPEN, to=OPEN)
    with officer.refused(400):
        Keyboard(officer).press(officer.main.get_by_role("button", name="Open the records for four hours"))
        expect(officer.main.get_by_role("alert")).to_contain_text("Enter")
    officer.check()
    _given(officer, child)
    officer.arrived(PAGE)
    expect(officer.main.get_by_role("status").first).to_contain_text("for four hours")


def _reads_and_closes(officer: Screen, case: dict[str, str]) -> None:
    """Reads the case under a banner that no paper takes along, and closes it before its time."""
    officer.follow(case["reference"], to=re.compile(case["reference"]))
    banner = officer.main.get_by_role("region", name="Emergency reading")
    expect(banner).to_contain_text("You read this in an emergency")
    # Whoever sees that they are too close can say so, and do nothing else.
    expect(officer.main.get_by_role("navigation", name="What you can do").get_by_role("link")).to_have_count(1)
    officer.page.emulate_media(media="print")
    expect(banner).to_be_hidden()
    officer.page.emulate_media(media="screen")
    Keyboard(officer).press(banner.get_by_role("link"))
    officer.arrived(LIST)
    officer.main.get_by_role("link", name=re.compile(case["reference"])).first.click()
    officer.arrived(PAGE)
    officer.follow("Close it now", to="Close it now")
    Keyboard(officer).press(officer.main.get_by_role("button", name="Close it now"))
    officer.arrived(PAGE)
    expect(officer.main).to_contain_text("closed by you")


def _decides(governance: Screen, case: dict[str, str]) -> None:
    """Sees what was read, and says that it was justified."""
    governance.open("/break-glass?view=to_decide", LIST)
    governance.follow(re.compile(f"{YOUTH_JUSTICE_OFFICER}: .*{case['reference']}"), to=PAGE)
    expect(governance.main).to_contain_text("Opened the case")
    governance.follow("Decide whether it was justified", to="Decide whether it was justified")
    hand = Keyboard(governance)
    hand.choose(governance.main.get_by_role("radio", name="It was justified"))
    hand.write(governance.main.get_by_role("textbox", name="Why?"), "He was found by what she read.")
    hand.press(governance.main.get_by_role("button", name="Decide whether it was justified"))
    governance.arrived(PAGE)
    expect(governance.main).to_contain_text("Justified: He was found")


def test_an_officer_reads_in_an_emergency_and_it_is_looked_at(as_person: AsPerson) -> None:
    worker = as_person(FAMILY_WORKER)
    case = worker.caller.cases()[0]
    child = worker.caller.read(f"cases/{case['id']}/identity/")["child"]
    officer = as_person(YOUTH_JUSTICE_OFFICER, width=PHONE)
    _opens(officer, child)
    _reads_and_closes(officer, case)
    _decides(as_person(GOVERNANCE), case)
    manager = as_person(EARLY_HELP_MANAGER, width=PHONE)
    manager.open(f"/cases/{case['id']}", re.compile(case["reference"]))
    manager.follow("Who looked at this case", to="Who looked at this case")
    expect(manager.main).to_contain_text("Opened records in an emergency")


def test_information_governance_finds_who_looked_at_a_child_and_what_a_person_looked_at(
    as_person: AsPerson,
) -> None:
    case = as_person.caller(FAMILY_WORKER).cases()[1]
    governance = as_person(GOVERNANCE, width=PHONE)
    governance.open("/looks", "Who looked")
    hand = Keyboard(governance)
    hand.write(governance.main.get_by_role("textbox", name="Reference of a record"), case["reference"])
    hand.press(governance.main.get_by_role("button", name="Find"))
    found = governance.main.get_by_role("status").get_by_role("link").first
    expect(found).to_be_visible()
    governance.check()
    found.click()
    governance.arrived("Who looked at this child")
    expect(governance.main).to_contain_text("Read the plan")
    governance.main.get_by_role("link", name=FAMILY_WORKER).first.click()
    governance.arrived("What this person looked at")
    hand.pick(governance.main.get_by_role("combobox", name="Answered or refused"), "Only what was refused")
    expect(governance.main).to_contain_text("Nobody looked")
    governance.check()
