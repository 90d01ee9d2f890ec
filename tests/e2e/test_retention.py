"""Records that are due: a manager proposes to delete them, two more people agree, and it is withdrawn in time."""

import re

from playwright.sync_api import expect

from tests.e2e.hands import Keyboard
from tests.e2e.people import FRONT_DOOR_MANAGER, GOVERNANCE, SECOND_MANAGER
from tests.e2e.screen import PHONE, AsPerson, Screen

PAGE, PROPOSE, AGREE, WITHDRAW = "Retention", "Propose to delete records", "Agree to delete them", "Withdraw it"
KEEP = "Keep a record"
LIST = re.compile(r"List to delete D-[0-9A-Z]{3}-[0-9A-Z]{5}")
CHECKED = "Each reference, and the family"


def _proposes(manager: Screen) -> str:
    """Refused while nothing is ticked; then the list is there. Returns its reference."""
    manager.open("/retention", PAGE)
    manager.check()
    manager.follow(PROPOSE, to=PROPOSE)
    hand = Keyboard(manager)
    button = manager.main.get_by_role("button", name=PROPOSE)
    with manager.refused(400):
        hand.press(button)
        expect(manager.main.get_by_role("alert")).to_contain_text("Choose")
    manager.check()
    hand.choose(manager.main.get_by_role("checkbox").first)
    hand.press(button)
    manager.arrived(LIST)
    manager.check()
    title = manager.main.get_by_role("heading", level=1).inner_text()
    return title.removeprefix("List to delete ")


def _governance_agrees(governance: Screen, reference: str) -> None:
    governance.open("/retention?view=orders", PAGE)
    governance.check()
    governance.follow(re.compile(reference), to=LIST)
    governance.follow(AGREE, to=AGREE)
    hand = Keyboard(governance)
    hand.write(governance.main.get_by_role("textbox", name="What did you check?"), CHECKED)
    hand.press(governance.main.get_by_role("button", name=AGREE))
    governance.arrived(LIST)
    expect(governance.main.get_by_role("region", name="Waiting for a second person")).to_contain_text(GOVERNANCE)
    governance.check()


def _second_confirms(second: Screen, reference: str) -> None:
    page = f"{AGREE}, {reference}"
    second.open("/confirmations", "Second person needed")
    second.follow(re.compile(reference), to=page)
    expect(second.main).to_contain_text(CHECKED)
    second.follow("Confirm", to="Confirm")
    Keyboard(second).press(second.main.get_by_role("button", name="Confirm"))
    second.arrived(page)


def test_a_list_is_proposed_agreed_by_two_more_and_withdrawn_in_time(as_person: AsPerson) -> None:
    manager, governance = as_person(FRONT_DOOR_MANAGER), as_person(GOVERNANCE, width=PHONE)
    reference = _proposes(manager)
    _governance_agrees(governance, reference)
    _second_confirms(as_person(SECOND_MANAGER, width=PHONE), reference)
    manager.open("/retention?view=orders", PAGE)
    manager.follow(re.compile(reference), to=LIST)
    expect(manager.main).to_contain_text("It can be withdrawn until")
    manager.follow(WITHDRAW, to=WITHDRAW)
    hand = Keyboard(manager)
    hand.write(manager.main.get_by_role("textbox", name="Why is it withdrawn?"), "Somebody asked about it")
    hand.press(manager.main.get_by_role("button", name=WITHDRAW))
    manager.arrived(LIST)
    expect(manager.main).to_contain_text("Somebody asked about it")
    manager.check()


def test_a_record_is_kept_and_whoever_reads_it_is_told(as_person: AsPerson) -> None:
    manager = as_person(FRONT_DOOR_MANAGER, width=PHONE)
    ended = manager.caller.read("retention/records/?page_size=100")["results"]
    held = [one for one in ended if one["reference"].startswith("R-")][-1]
    manager.open("/retention?view=held", PAGE)
    # Who is named on the seal of the child who died reads why it is kept; information governance is not.
    expect(manager.main).to_contain_text("The child has died")
    manager.check()
    manager.follow(KEEP, to=KEEP)
    hand = Keyboard(manager)
    hand.write(manager.main.get_by_role("textbox", name="Reference of a case or referral"), held["reference"])
    hand.choose(manager.main.get_by_role("radio", name="A court case or a claim needs it"))
    hand.press(manager.main.get_by_role("button", name=KEEP))
    manager.arrived(f"Hold on {held['reference']}")
    manager.check()
    manager.open(f"/referrals/{held['id']}", re.compile(held["reference"]))
    expect(manager.main).to_contain_text("This record is kept")
    manager.check()


def test_governance_sees_the_schedule_what_is_held_and_the_certificates(as_person: AsPerson) -> None:
    governance = as_person(GOVERNANCE)
    for view, words in (
        ("schedule", "It is not the law"),
        ("records", "Ended"),
        ("held", "An inquiry or review needs it"),
        ("certificates", "As it was written"),
    ):
        governance.open(f"/retention?view={view}", PAGE)
        expect(governance.main).to_contain_text(words)
        governance.check()
    one = governance.caller.read("certificates/")["results"][0]
    answer = governance.context.request.get(f"{governance.caller.address}/api/v1/certificates/{one['id']}/pdf/")
    assert answer.ok
    assert answer.body().startswith(b"%PDF")
