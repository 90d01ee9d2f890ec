"""One child in two spellings: a school and the police write, an officer compares, two people join, and take apart."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import acting
from tests.e2e.acting import Sent
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import FRONT_DOOR_MANAGER, OFFICER, POLICE, TEACHER
from tests.e2e.referral_form import Answer, Written
from tests.e2e.screen import PHONE, Screen

PAGE = "Which child is this?"
JOIN, APART, ASIDE = "Same child: join the records", "Take the two records apart", "Not the same child"
# Each journey is about another child, of another street.
_CHILDREN = iter(
    (
        ("Marwickbourne", 2009, "B99 1AB"),
        ("Tolhurst", 2012, "B98 2BD"),
        ("Penhaligon", 2015, "B97 3DE"),
        ("Szymborska", 2010, "B96 4EF"),
        ("Quillfeather", 2013, "B95 5FG"),
    )
)
BORN = {"child_date_of_birth": "2012-03-27"}


@pytest.fixture
def twice(as_person) -> tuple[Sent, Sent, str]:
    """The school's referral, and the police's about the same child: another spelling, day and month exchanged."""
    family, year, postcode = next(_CHILDREN)
    spelt = f"{family[:3]}{family[4]}{family[3]}{family[5:]}"
    first, second = (
        acting.send(
            as_person.caller(who),
            child_given_name=given,
            child_family_name=name,
            child_date_of_birth=born,
            child_postcode=postcode,
        )
        for who, given, name, born in (
            (TEACHER, "Katharine", family, f"{year}-03-07"),
            (POLICE, "Catherine", spelt, f"{year}-07-03"),
        )
    )
    return first, second, family


def compare(screen: Screen, sent: Sent) -> None:
    """From the referral to the comparison."""
    screen.open(sent.path, f"Referral {sent.reference}")
    panel = screen.main.get_by_role("region", name="Is this a child we know?")
    expect(panel).to_contain_text("contact 2 in 12 months")
    screen.follow("Compare and decide which child this is", to=PAGE)


def card(screen: Screen, family: str) -> Locator:
    """The likely child of this family name."""
    return screen.main.get_by_role("article").filter(has_text=family)


def say(hand: Hand, link: Locator, title: str, reason: Answer) -> None:
    """Go to the page of one thing to say, give the reason, and say it."""
    hand.press(link)
    hand.screen.arrived(title)
    reason.give(hand)
    hand.press(hand.screen.main.get_by_role("button", name=title, exact=True))
    hand.screen.arrived(PAGE)


def agree(manager: Screen, sent: Sent, label: str) -> None:
    """As the second person, who compares before agreeing."""
    manager.open("/confirmations", "Second person needed")
    manager.follow(f"{label}, {sent.reference}", to=f"{label}, {sent.reference}")
    manager.follow(f"Read {sent.reference}", to=PAGE)
    manager.page.go_back()
    manager.arrived(f"{label}, {sent.reference}", by_address=True)
    acting.act(manager, "Confirm", back_at=f"{label}, {sent.reference}")


def test_two_people_join_two_spellings_and_take_them_apart(as_person, twice):
    _first, second, family = twice
    officer, manager = as_person(OFFICER), as_person(FRONT_DOOR_MANAGER)
    officer.names = manager.names = {family}
    hand = Mouse(officer)
    compare(officer, second)
    found = card(officer, family)
    expect(found).to_contain_text("Date of birth with day and month exchanged")
    expect(found.get_by_role("row", name="Family name")).to_contain_text("Almost")
    expect(found).to_contain_text("2 contacts in the last 12 months")
    expect(officer.main.get_by_role("radio")).to_have_count(0)

    hand.press(found.get_by_role("link", name=JOIN))
    officer.arrived(JOIN)
    expect(officer.main).to_contain_text("Nothing is copied, moved or deleted")
    expect(officer.main).to_contain_text("Front Door, Children’s Advice and Support")
    with officer.refused(400):
        hand.press(officer.main.get_by_role("button", name=JOIN, exact=True))
        expect(officer.main.get_by_role("alert")).to_contain_text("There is a problem")
    Written("Why are they the same child?", "Same house, and the school knows one only.").give(hand)
    hand.press(officer.main.get_by_role("button", name=JOIN, exact=True))
    officer.arrived(PAGE)
    expect(officer.main.get_by_role("status").first).to_contain_text("waits for a second person")
    agree(manager, second, "Join the two records")

    officer.open(f"{second.path}/child", PAGE)
    joined = officer.main.get_by_role("region", name="Joining to")
    expect(joined).to_contain_text("Joined")
    why = Written("Why are they two children?", "Two cousins; the school has seen both.")
    say(hand, joined.get_by_role("link", name=APART), APART, why)
    agree(manager, second, APART)
    officer.open(f"{second.path}/child", PAGE)
    expect(officer.main.get_by_role("region", name="Joining to")).to_contain_text("Taken apart again")
    expect(card(officer, family).get_by_role("link", name=JOIN)).to_be_visible()


@pytest.mark.parametrize(("by", "width"), [(Mouse, PHONE), (Keyboard, 1280)])
def test_not_the_same_child_is_remembered_and_taken_back(as_person, twice, by, width):
    _first, second, family = twice
    officer = as_person(OFFICER, width=width)
    officer.names = {family}
    hand = by(officer)
    compare(officer, second)
    why = Written("How do you know that they are two children?", "Two cousins, born in one year.")
    say(hand, card(officer, family).get_by_role("link", name=ASIDE), ASIDE, why)
    expect(officer.main).to_contain_text("No child you can see looks like the one in this referral.")
    aside = officer.main.get_by_role("region", name=ASIDE)
    expect(aside).to_contain_text("Two cousins, born in one year.")
    again = "May be the same child after all"
    say(hand, aside.get_by_role("link", name=again), again, Written("Why may they be the same child?", "One house."))
    expect(card(officer, family).get_by_role("link", name=JOIN)).to_be_visible()


def test_a_referrer_recognises_a_child_of_an_earlier_referral(as_person):
    teacher = as_person(TEACHER)
    family, _year, postcode = next(_CHILDREN)
    answers = {"child_postcode": postcode, "child_school": "Marwick School"}
    first = acting.send(teacher.caller, child_given_name="Katharine", child_family_name=family, **answers)
    teacher.names = {family}
    draft = acting.begin(teacher.caller, {"danger_now": False, "birth": "date_of_birth", **BORN})
    teacher.open(f"{draft.path}/draft/child/name", "What is the child’s name?")
    hand = Mouse(teacher)
    Written("Given name", "Catherine").give(hand)
    Written("Family name", family).give(hand)
    known = teacher.main.get_by_role("region", name="Is it one of these?")
    expect(known).to_contain_text(f"Katharine {family}")
    expect(known).to_contain_text(first.reference)
    teacher.check()
    hand.press(known.get_by_role("button", name="Use this record"))
    expect(teacher.main).to_contain_text("Filled in from the record:")
    expect(known).to_contain_text("You said: the same child.")
    # What was typed stays.
    expect(teacher.main.get_by_role("textbox", name="Given name")).to_have_value("Catherine")
    teacher.open(f"{draft.path}/draft/place/school", "Where does the child learn?")
    expect(teacher.main.get_by_role("textbox", name="School, nursery or college")).to_have_value("Marwick School")


def test_a_child_of_another_agency_is_not_hinted_at(as_person):
    family, _year, _postcode = next(_CHILDREN)
    acting.send(as_person.caller(TEACHER), child_given_name="Katharine", child_family_name=family)
    police = as_person(POLICE, width=PHONE)
    answers = {"danger_now": False, "birth": "date_of_birth", **BORN}
    draft = acting.begin(police.caller, answers | {"child_given_name": "Katharine", "child_family_name": family})
    police.open(f"{draft.path}/draft/child/name", "What is the child’s name?")
    assert police.caller.read(f"referrals/{draft.id}/known-children/")["results"] == []
    expect(police.main.get_by_role("region", name="Is it one of these?")).to_have_count(0)
