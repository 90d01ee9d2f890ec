"""An agency ends with a hand-over, and a lead practitioner says that a family is too close to them."""

import re

from playwright.sync_api import expect

from tests.e2e.hands import Hand, Keyboard
from tests.e2e.people import ADMINISTRATOR, EARLY_HELP_MANAGER, FAMILY_WORKER, FRONT_DOOR_MANAGER
from tests.e2e.screen import PHONE

AGENCY = "Lantern Mentoring"
DECLARE = "Declare a conflict of interest"


def does(hand: Hand, option: str, *, back: str) -> None:
    """Send the page of one option, and be back where it came from."""
    hand.press(hand.screen.main.get_by_role("button", name=option))
    hand.screen.arrived(back)


def test_an_agency_hands_over_what_it_has_and_ends(as_person) -> None:
    admin = as_person(ADMINISTRATOR)
    admin.open("/agencies", "Agencies")
    admin.follow(AGENCY, to=AGENCY)
    expect(admin.main).to_contain_text("Services in the directory")
    expect(admin.main.get_by_role("listitem").filter(has_text="End this agency")).to_contain_text("Not yet:")
    admin.follow("Hand over its work", to="Hand over its work")
    hand = Keyboard(admin)
    front_door = admin.caller.read("session/")["partnership"]["front_door"]["name"]
    hand.pick(admin.main.get_by_role("combobox", name=re.compile("Who keeps its entries")), front_door)
    # Whether a service is being given there depends on the day on which the city is made.
    sent_back = admin.main.get_by_role("group", name=re.compile("Send back what others wait for"))
    if sent_back.count():
        hand.choose(sent_back.get_by_role("radio", name="Yes"))
    hand.press(admin.main.get_by_role("button", name="Show what they will see"))
    expect(admin.main).to_contain_text("Has from then on")
    does(hand, "Hand over its work", back=AGENCY)
    expect(admin.main.get_by_role("status").first).to_contain_text("is done")
    admin.follow("End this agency", to="End this agency")
    does(hand, "End this agency", back=AGENCY)
    expect(admin.main).to_contain_text("Has ended")
    admin.open("/agencies?view=ended", "Agencies")
    expect(admin.main.get_by_role("link", name=AGENCY)).to_be_visible()


def test_agencies_on_a_telephone(as_person) -> None:
    manager = as_person(FRONT_DOOR_MANAGER, width=PHONE)
    manager.open("/agencies", "Agencies")
    own = manager.main.get_by_role("listitem").filter(has_text="Yours").get_by_role("link")
    name = own.inner_text()
    Keyboard(manager).press(own)
    manager.arrived(name)
    expect(manager.main).to_contain_text("Out of hours")


def test_a_lead_practitioner_declares_a_conflict_and_a_manager_confirms_it(as_person) -> None:
    worker = as_person(FAMILY_WORKER, width=PHONE)
    case = worker.caller.cases()[-1]
    worker.open(f"/cases/{case['id']}", re.compile(case["reference"]) if case["reference"] else re.compile("."))
    worker.follow(DECLARE, to=DECLARE)
    hand = Keyboard(worker)
    with worker.refused(400):
        hand.press(worker.main.get_by_role("button", name=DECLARE))
        expect(worker.main.get_by_role("alert")).to_contain_text("Choose one of the options.")
    worker.check()
    hand.choose(worker.main.get_by_role("radio", name="They are family of mine"))
    does(hand, DECLARE, back="Conflict of interest")
    expect(worker.main).to_contain_text("In force")
    with worker.refused(404):
        worker.page.goto(f"{worker.address}/cases/{case['id']}")
        expect(worker.main.get_by_text("We could not find that, or you do not have access to it.")).to_be_visible()

    manager = as_person(EARLY_HELP_MANAGER)
    manager.open("/conflicts?view=to_confirm", "Conflicts of interest")
    manager.follow(re.compile(case["reference"]), to="Conflict of interest")
    manager.follow("Confirm the conflict", to="Confirm the conflict")
    does(Keyboard(manager), "Confirm the conflict", back="Conflict of interest")
    expect(manager.main).to_contain_text("Confirmed by")


def test_somebody_declares_a_conflict_about_a_child_they_describe(as_person) -> None:
    worker = as_person(FAMILY_WORKER)
    worker.open("/conflicts", "Conflicts of interest")
    worker.follow("Declare a conflict", to=DECLARE)
    hand = Keyboard(worker)
    hand.choose(worker.main.get_by_role("radio", name="We are neighbours"))
    hand.write(worker.main.get_by_role("textbox", name="Child’s given name"), "Ottoline")
    hand.write(worker.main.get_by_role("textbox", name="Child’s family name"), "Made-Up")
    hand.press(worker.main.get_by_role("button", name="Declare it"))
    worker.arrived("Conflict of interest")
    expect(worker.main.get_by_role("status").first).to_contain_text("A manager will look at it")
    expect(worker.main).to_contain_text("Waiting for a manager")
