"""The whole form: only what applies, a no that stops, lists in two tabs, brothers and sisters, and amending it all."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import acting
from tests.e2e.hands import EitherHand, Hand, Mouse
from tests.e2e.people import OFFICER, TEACHER
from tests.e2e.referral_form import SAFE as REFERRAL_SAFE
from tests.e2e.referral_form import Chosen, fill_in
from tests.e2e.screen import Screen
from tests.e2e.test_draft import SAFE, page_of, saved

PHONES = "Which numbers reach the child and family?"


@pytest.fixture
def teacher(as_person) -> Screen:
    return as_person(TEACHER)


def item(screen: Screen, number: int, legend: str = PHONES) -> Locator:
    """One thing of a list of the form."""
    return screen.main.get_by_role("group", name=f"{legend}, number {number}", exact=True)


def write(screen: Screen, number: int, label: str, text: str) -> None:
    item(screen, number).get_by_role("textbox", name=label, exact=True).fill(text)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_no_of_the_family_stops_the_form_and_shows_the_ways_on(as_person, width: int):
    screen = as_person(TEACHER, width=width)
    draft = acting.begin(screen.caller, SAFE)
    question = "Has the family agreed to be helped?"
    screen.open(page_of(draft, "agreement/agreement"), question)
    hand = Mouse(screen)
    Chosen(question, "No, they said no to the help").give(hand)
    screen.main.get_by_role("button", name="Continue").click()
    screen.arrived("The family said no: stop here first")
    expect(screen.main).to_contain_text("Early help is theirs to refuse")
    expect(screen.main.get_by_role("link", name="Save and come back later")).to_be_visible()
    screen.main.get_by_role("link", name="Go on", exact=True).click()
    what = "The family said no. What do you want to do?"
    screen.arrived(what)
    Chosen(what, "Talk with the family again first").give(hand)
    screen.main.get_by_role("button", name="Continue").click()
    expect(screen.main.get_by_role("alert")).to_contain_text("This cannot be sent yet: the family said no")
    screen.check()
    Chosen(what, "Send this without agreement").give(hand)
    why = "Why can this not wait for their agreement?"
    hand.write(screen.main.get_by_role("textbox", name=why, exact=True), "He is out at night with men he calls bosses.")
    screen.main.get_by_role("button", name="Continue").click()
    screen.arrived("Make a referral")
    screen.was_calm()


def test_two_tabs_add_to_one_list_and_both_are_kept(teacher):
    draft = acting.begin(teacher.caller, SAFE)
    other = Screen(teacher.context, teacher.address)
    for screen in (teacher, other):
        screen.open(page_of(draft, "reaching/phones"), PHONES)
    write(teacher, 1, "Whose number is it?", "Mum")
    saved(teacher)
    write(other, 1, "Whose number is it?", "Grandad")
    write(other, 1, "Phone number", "07700 900456")
    expect(item(other, 2)).to_be_visible(timeout=30_000)
    expect(other.main.get_by_role("region", name="Changed in two places")).to_have_count(0)
    expect(other.main.get_by_role("status").last).to_contain_text("Saved at", timeout=30_000)
    teacher.open(page_of(draft, "reaching/phones"), PHONES)
    whose = [item(teacher, number).get_by_label("Whose number is it?").input_value() for number in (1, 2)]
    assert sorted(whose) == ["Grandad", "Mum"]

    # Both change the same part of the same thing: the person chooses.
    other.open(page_of(draft, "reaching/phones"), PHONES)
    write(teacher, 1, "Whose number is it?", "Grandpa")
    saved(teacher)
    write(other, 1, "Whose number is it?", "Gramps")
    conflict = other.main.get_by_role("region", name="Changed in two places")
    expect(conflict).to_contain_text("Grandpa", timeout=30_000)
    expect(conflict).to_contain_text("Gramps")
    other.check()
    conflict.get_by_role("button", name="Take the other").click()
    expect(item(other, 1).get_by_label("Whose number is it?")).to_have_value("Grandpa")
    other.was_calm()


def test_an_unfinished_thing_of_a_list_is_kept_as_it_is_and_named(teacher):
    draft = acting.begin(teacher.caller, SAFE)
    people = "Who is in the child’s family and network?"
    teacher.open(page_of(draft, "family/people"), people)
    first = item(teacher, 1, people)
    first.get_by_label("Date of birth").or_(first.get_by_role("textbox", name="Day")).last.fill("31")
    saved(teacher)
    teacher.open(page_of(draft, "family/people"), people)
    assert item(teacher, 1, people).get_by_role("textbox", name="Day").input_value() == "31"
    teacher.main.get_by_role("button", name="Continue").click()
    problem = teacher.main.get_by_role("alert")
    expect(problem).to_contain_text("Say who they are to the child.")
    expect(problem).to_contain_text("Enter a real date")
    teacher.check()


def test_brothers_and_sisters_are_referred_together_each_on_its_own(teacher):
    first = acting.begin(teacher.caller, acting.whole("Maple"))
    teacher.open(f"{first.path}/draft", "Make a referral")
    teacher.main.get_by_role("button", name="Refer a brother or sister too").click()
    expect(teacher.main.get_by_role("link", name=f"Referral {first.reference}")).to_be_visible()
    teacher.check()
    # Whether a child is in danger is asked for each child, and first.
    fill_in(Mouse(teacher), REFERRAL_SAFE)
    teacher.follow("Who the child is", to="What is the child’s name?")
    assert teacher.main.get_by_role("textbox", name="Family name", exact=True).input_value() == acting.FAMILY
    assert teacher.main.get_by_role("textbox", name="Given name", exact=True).input_value() == ""
    teacher.open(f"{first.path}/check", "Check your answers")
    teacher.main.get_by_role("button", name="Send").click()
    teacher.arrived("Referral sent")
    expect(teacher.main.get_by_role("heading", name="Brothers and sisters")).to_be_visible()
    teacher.was_calm()


@pytest.mark.parametrize(("width", "hands"), [(390, Mouse), (1280, EitherHand)])
def test_any_answer_is_amended_after_sending_and_both_are_shown(as_person, width: int, hands: type[Hand]):
    teacher = as_person(TEACHER, width=width)
    sent = acting.send(teacher.caller)
    teacher.open(sent.path, f"Referral {sent.reference}")
    hand = hands(teacher)
    hand.press(teacher.main.get_by_role("link", name="Amend what was written"))
    teacher.arrived("Amend what was written")
    hand.press(teacher.main.locator("summary", has_text="Who the child is"))
    hand.press(teacher.main.get_by_role("button", name="Change Family name"))
    hand.write(teacher.main.get_by_role("textbox", name="Family name", exact=True), "Hartnell")
    hand.press(teacher.main.locator("summary", has_text="Where the child lives and learns"))
    hand.press(teacher.main.get_by_role("button", name="Change NHS number"))
    number = teacher.main.get_by_role("textbox", name="NHS number (optional)", exact=True)
    hand.write(number, "999 000 0019")
    hand.choose(teacher.main.get_by_role("radio", name="I made a mistake"))
    send = teacher.main.get_by_role("button", name="Amend what was written")
    with teacher.refused(400):
        hand.press(send)
        expect(teacher.main.get_by_role("alert")).to_contain_text("one of its digits is wrong")
        teacher.check()
    hand.write(number, "999 000 0018")
    hand.press(send)
    teacher.arrived(f"Referral {sent.reference}")
    amended = teacher.main.get_by_role("region", name="Amended after sending")
    expect(amended).to_contain_text("It said: Hartnoll")
    expect(amended).to_contain_text("It says: Hartnell")
    expect(amended).to_contain_text("I made a mistake")
    teacher.was_calm()


def test_the_officer_sees_rules_and_warnings_before_anybody_calls_or_visits(as_person):
    teacher, officer = as_person(TEACHER), as_person(OFFICER, width=390)
    phones = [{"whose": "Mum", "number": "07700 900456", "rule": "via_school"}]
    sent = acting.send(
        teacher.caller, phones=phones, staff_safety=["dogs"], not_for_family="Her uncle reads her messages."
    )
    officer.open(sent.path, f"Referral {sent.reference}")
    expect(officer.main.get_by_role("region", name="Before you visit")).to_contain_text("Dogs")
    numbers = officer.main.get_by_role("region", name="Phone numbers")
    expect(numbers).to_contain_text("Only through the school")
    expect(numbers).to_contain_text("Do not call now")
    expect(numbers.get_by_role("link")).to_have_count(0)
    officer.main.get_by_text("What the family must not see", exact=True).click()
    expect(officer.main.get_by_text("Not for the family", exact=True)).to_be_visible()
    officer.check()
