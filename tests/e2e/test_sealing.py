"""A case is sealed by two managers, a referral by an officer and a manager: who is not named finds it no more."""

import re

from playwright.sync_api import expect

from tests.e2e import acting
from tests.e2e.acting import FAMILY, confirm
from tests.e2e.hands import Hand, Keyboard
from tests.e2e.one_case import FRONT_DOOR
from tests.e2e.people import FRONT_DOOR_MANAGER, OFFICER, SECOND_MANAGER, SECOND_OFFICER, TEACHER
from tests.e2e.referral_form import Written
from tests.e2e.screen import PHONE, Screen
from tests.e2e.test_two_cases import HELPED

PAGE, REFERRAL_PAGE, SEAL, SEAL_REFERRAL, NAME, OFF, LIFT = (
    "Who may see this case",
    "Who may see this referral",
    "Seal this case",
    "Seal this referral",
    "Name somebody",
    "Take somebody off",
    "Lift the seal",
)
WHY = "Her father looks for her, and a friend of his works in the building."


def asked(hand: Hand, path: str, option: str, question: str, *people: str, page: str = PAGE) -> None:
    """One of those who may asks for it on the page that says who may see the record."""
    screen = hand.screen
    screen.open(path, page)
    screen.check()
    hand.press(screen.main.get_by_role("link", name=option, exact=True))
    screen.arrived(option)
    for name in people:
        hand.choose(screen.main.get_by_role("checkbox", name=name))
    Written(question, WHY).give(hand)
    screen.check()
    confirm(hand, option, back_at=page)


def agreed(second: Screen, reference: str, option: str, names: str = "") -> None:
    """The other one reads what they agree to, and agrees."""
    page = f"{option}, {reference}"
    second.open("/confirmations", "Second person needed")
    second.follow(re.compile(reference), to=page)
    for words in (WHY, names):
        expect(second.main).to_contain_text(words)
    acting.act(second, "Confirm", back_at=page)


def somebody_is_named_and_taken_off(hand: Hand, second: Screen, path: str, reference: str) -> None:
    """To name takes two, to take off takes one."""
    named = hand.screen.main.get_by_role("table", name="Who is named")
    asked(hand, path, NAME, "Why must they see it?", OFFICER)
    agreed(second, reference, NAME, OFFICER)
    hand.screen.open(path, PAGE)
    expect(named).to_contain_text(OFFICER)
    asked(hand, path, OFF, "Why?", OFFICER)
    expect(named).not_to_contain_text(OFFICER)


def test_a_case_is_sealed_and_whoever_is_not_named_finds_it_no_more(as_person) -> None:
    teacher, first = as_person(TEACHER), as_person(FRONT_DOOR_MANAGER)
    second = as_person(SECOND_MANAGER, width=PHONE)
    sent = acting.send(teacher.caller)
    for person in (teacher, first, second):
        person.names = {sent.given, FAMILY}
    acting.edge(first.caller, sent, "start-triage")
    lead = next(one["id"] for one in first.caller.read("agencies/")["results"] if one["name"] == FRONT_DOOR)
    case = acting.edge(first.caller, sent, "accept", **HELPED, lead_agency=lead)["case"]
    path, reference, hand = f"/cases/{case['id']}/seal", case["reference"], Keyboard(first)
    teacher.open(sent.path, f"Referral {sent.reference}")

    first.open(f"/cases/{case['id']}", f"Case {reference}")
    hand.press(first.main.get_by_role("link", name=PAGE, exact=True))
    first.arrived(PAGE)
    for words in ("This case is not sealed", "Who is not named finds it no more", "everybody at Oakfield School"):
        expect(first.main).to_contain_text(words)
    asked(hand, path, SEAL, "Why?", SECOND_OFFICER)
    expect(first.main.get_by_role("region", name="Waiting for a second person")).to_contain_text(FRONT_DOOR_MANAGER)
    agreed(second, reference, SEAL)

    for manager in (first, second):
        manager.open(path, PAGE)
        expect(manager.main).to_contain_text("Only those who are named find this case.")
        for words in (FRONT_DOOR_MANAGER, SECOND_MANAGER, SECOND_OFFICER, WHY):
            expect(manager.main.get_by_role("table", name="Who is named")).to_contain_text(words)
        manager.check()
    with teacher.refused(404):
        teacher.page.goto(f"{teacher.address}{sent.path}")
        expect(teacher.main.get_by_text("We could not find that, or you do not have access to it.")).to_be_visible()

    somebody_is_named_and_taken_off(hand, second, path, reference)
    asked(hand, path, LIFT, "Why is it not needed any more?")
    agreed(second, reference, LIFT)
    first.open(path, PAGE)
    expect(first.main).to_contain_text("This case is not sealed")
    teacher.open(sent.path, f"Referral {sent.reference}")


def test_a_referral_is_sealed_by_an_officer_and_a_manager(as_person) -> None:
    teacher, officer, other = as_person(TEACHER), as_person(OFFICER, width=PHONE), as_person(SECOND_OFFICER)
    agrees = as_person(FRONT_DOOR_MANAGER)
    sent = acting.send(teacher.caller)
    for person in (teacher, officer, other, agrees):
        person.names = {sent.given, FAMILY}
    acting.edge(officer.caller, sent, "start-triage")
    other.open(sent.path, f"Referral {sent.reference}")
    path, hand = f"{sent.path}/seal", Keyboard(officer)

    officer.open(sent.path, f"Referral {sent.reference}")
    hand.press(officer.main.get_by_role("link", name=REFERRAL_PAGE, exact=True))
    officer.arrived(REFERRAL_PAGE)
    for words in ("This referral is not sealed", SECOND_OFFICER, "everybody at Oakfield School"):
        expect(officer.main).to_contain_text(words)
    asked(hand, path, SEAL_REFERRAL, "Why?", FRONT_DOOR_MANAGER, SECOND_MANAGER, page=REFERRAL_PAGE)
    agreed(agrees, sent.reference, SEAL_REFERRAL, SECOND_MANAGER)

    for person in (officer, agrees):
        person.open(path, REFERRAL_PAGE)
        for words in (OFFICER, FRONT_DOOR_MANAGER, SECOND_MANAGER, WHY):
            expect(person.main.get_by_role("table", name="Who is named")).to_contain_text(words)
        person.check()
    for person in (teacher, other):
        with person.refused(404):
            person.page.goto(f"{person.address}{sent.path}")
            expect(person.main.get_by_text("We could not find that, or you do not have access to it.")).to_be_visible()
    asked(hand, path, LIFT, "Why is it not needed any more?", page=REFERRAL_PAGE)
    agreed(agrees, sent.reference, LIFT)
    other.open(sent.path, f"Referral {sent.reference}")
