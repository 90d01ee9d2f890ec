"""A rule is changed, tried, agreed by a second person, flags the next referral, and is taken back; so is a text."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import acting
from tests.e2e.hands import Hand, Keyboard, Mouse
from tests.e2e.people import ADMINISTRATOR, FRONT_DOOR_MANAGER, OFFICER, TEACHER
from tests.e2e.referral_form import Written
from tests.e2e.screen import PHONE, Screen

LIST = "Rules and texts"
RULES = re.compile(r"^Rules that flag, version \d+$")
TEXT = re.compile(r"^Threshold text, version \d+$")
WHY = Written("What changes, and why?", "Our audit of last month asked for it.")


def press(hand: Hand, role: str, name: str | re.Pattern[str], *, to: str | re.Pattern[str]) -> None:
    hand.press(hand.screen.main.get_by_role(role, name=name).first)  # type: ignore[arg-type] # one of Playwright's roles
    hand.screen.arrived(to)


def begin(hand: Hand, kind: str, heading: re.Pattern[str]) -> None:
    """From the list to what is in force, and from there to a draft of it."""
    hand.screen.open("/configurations", LIST)
    section = hand.screen.main.get_by_role("region", name=kind)
    hand.press(section.get_by_role("link", name=re.compile("Read what is in force")))
    hand.screen.arrived(heading)
    acting.choose(hand, "Make a change")
    acting.confirm(hand, "Make a change", back_at=heading)
    expect(hand.screen.main).to_contain_text("Draft")


def add_rule(hand: Hand, label: str) -> None:
    """With a mistake on the way: what was typed stays, and each question says what is missing."""
    screen = hand.screen
    press(hand, "link", "Add a rule", to="Add a rule")
    hand.write(screen.main.get_by_label("What does the officer read?"), label)
    hand.choose(screen.main.get_by_label("Orange"))
    hand.choose(screen.main.get_by_label("A kind of agency sent it"))
    hand.choose(screen.main.get_by_role("group", name="Should the agency that receives it").get_by_label("No"))
    with screen.refused(400):
        hand.press(screen.main.get_by_role("button", name="Save to the draft"))
        expect(screen.main.get_by_role("alert")).to_contain_text("You chose this condition: say which.")
        screen.check()
    expect(screen.main.get_by_label("What does the officer read?")).to_have_value(label)
    hand.choose(screen.main.get_by_role("group", name="Which kinds of agency?").get_by_label("School", exact=True))
    press(hand, "button", "Save to the draft", to=RULES)


def try_and_ask(hand: Hand, heading: re.Pattern[str], *, is_tried: bool) -> None:
    if is_tried:
        acting.choose(hand, "Try it out")
        acting.confirm(hand, "Try it out", back_at=heading)
        expect(hand.screen.main.get_by_role("region", name="What it would have done")).to_be_visible()
    acting.choose(hand, "Publish this version", [WHY])
    acting.confirm(hand, "Publish this version", back_at=heading)
    expect(hand.screen.main).to_contain_text("Waiting for a second person")


def agree(manager: Screen, what: re.Pattern[str]) -> None:
    """The second person finds the question in the menu, reads the version, and agrees."""
    hand = Mouse(manager)
    manager.open("/confirmations", "Second person needed")
    hand.press(manager.main.get_by_role("link", name=re.compile("Publish this version")).first)
    manager.arrived(re.compile("Publish this version"))
    hand.press(manager.main.get_by_role("link", name=re.compile("^Read ")))
    manager.arrived(what)
    acting.choose(hand, "Confirm")
    hand.press(manager.main.get_by_role("button", name="Confirm", exact=True))
    manager.settled()
    expect(manager.main.get_by_role("status").first).to_contain_text("Done")


@pytest.mark.parametrize(("width", "with_keys"), [(1280, False), (PHONE, True)])
def test_a_rule_is_changed_tried_agreed_flags_the_next_referral_and_is_taken_back(
    as_person, width: int, with_keys: bool
):
    label = f"Sent by a school, seen at {width}"
    administrator = as_person(ADMINISTRATOR, width=width)
    hand = (Keyboard if with_keys else Mouse)(administrator)
    manager, officer, teacher = (as_person(name) for name in (FRONT_DOOR_MANAGER, OFFICER, TEACHER))
    number = in_force(administrator)
    begin(hand, "Rules that flag", RULES)
    add_rule(hand, label)
    expect(administrator.main.get_by_role("region", name=f"New: {label}")).to_be_visible()
    try_and_ask(hand, RULES, is_tried=True)
    assert flags(officer, acting.send(teacher.caller)) == []
    agree(manager, RULES)
    flagged = acting.send(teacher.caller)
    assert flags(officer, flagged) == [label]
    officer.open(flagged.path, re.compile("."))
    expect(officer.main).to_contain_text(label)

    administrator.open("/configurations", LIST)
    rules = administrator.main.get_by_role("region", name="Rules that flag")
    hand.press(rules.get_by_role("link", name=f"Version {number}", exact=True))
    administrator.arrived(RULES)
    acting.choose(hand, "Go back to this version")
    acting.confirm(hand, "Go back to this version", back_at=RULES)
    expect(administrator.main.get_by_role("region", name=f"Removed: {label}")).to_be_visible()
    try_and_ask(hand, RULES, is_tried=True)
    agree(manager, RULES)
    assert flags(officer, acting.send(teacher.caller)) == []
    assert flags(officer, flagged) == [label], "what was flagged before stays"
    for screen in (administrator, manager, officer):
        screen.was_calm()


def in_force(administrator: Screen) -> int:
    kinds = administrator.caller.read("configurations/kinds/")
    return int(next(kind["in_force"]["number"] for kind in kinds if kind["code"] == "flag_rules"))


def flags(officer: Screen, sent: acting.Sent) -> list[str]:
    return [one["label"] for one in officer.caller.read(f"referrals/{sent.id}/")["flags"]]


@pytest.mark.parametrize("width", [1280, PHONE])
def test_threshold_text_is_reworded_and_stands_beside_the_level_where_a_child_is_referred(as_person, width: int):
    words = f"The child is doing well with what every family gets ({width})."
    administrator, manager = as_person(ADMINISTRATOR, width=width), as_person(FRONT_DOOR_MANAGER, width=width)
    teacher = as_person(TEACHER, width=width)
    hand = Mouse(administrator)
    begin(hand, "Threshold text", TEXT)
    press(hand, "link", re.compile("Change universal$", re.IGNORECASE), to=re.compile("Change “Universal”"))
    hand.write(administrator.main.get_by_label("What does this level mean here?"), words)
    press(hand, "button", "Save to the draft", to=TEXT)
    expect(administrator.main.get_by_role("region", name="Changed: Universal")).to_contain_text("Before:")
    try_and_ask(hand, TEXT, is_tried=False)
    agree(manager, TEXT)
    draft = acting.begin(teacher.caller, {})
    teacher.open(f"/referrals/{draft.id}/draft/need/level", "What level of need do you believe this is?")
    expect(teacher.main).to_contain_text(words)
    expect(teacher.main.get_by_role("radio", checked=True)).to_have_count(0)
    for screen in (administrator, manager, teacher):
        screen.was_calm()
