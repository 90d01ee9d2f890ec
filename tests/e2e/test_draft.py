"""Nothing typed is ever lost: bad dates, two tabs, a lost session, a killed server; and danger stops the form."""

import os
import signal
import time
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from backend.core import clock
from backend.deadlines.calendar import local
from tests.e2e import acting
from tests.e2e.acting import Sent
from tests.e2e.hands import Mouse
from tests.e2e.people import FRONT_DOOR_MANAGER, TEACHER
from tests.e2e.referral_form import Chosen, Written
from tests.e2e.screen import Screen

SAFE = {"danger_now": False}
NAME = "What is the child’s name?"
NEEDS = "What needs to happen?"


def page_of(draft: Sent, part: str) -> str:
    """The address of one page of the form."""
    return f"{draft.path}/draft/{part}"


def field(screen: Screen, label: str):
    """A field to type into."""
    return screen.main.get_by_role("textbox", name=label, exact=True)


def saved(screen: Screen) -> None:
    """Wait until the page says that all is saved; typing starts to count a second and a half later."""
    expect(screen.main.get_by_role("status").last).to_have_text("Saving…")
    expect(screen.main.get_by_role("status").last).to_contain_text("Saved at", timeout=30_000)


@pytest.fixture
def teacher(as_person) -> Screen:
    return as_person(TEACHER)


def test_a_date_that_cannot_be_is_kept_and_named(teacher):
    draft = acting.begin(teacher.caller, SAFE)
    birth = "When was the child born?"
    teacher.open(page_of(draft, "child/birth"), birth)
    hand = Mouse(teacher)
    for answer in (
        Chosen("Do you know the date of birth?", "Yes"),
        Written("Day", "31"),
        Written("Month", "2"),
        Written("Year", "2015"),
    ):
        answer.give(hand)
    saved(teacher)
    teacher.open(page_of(draft, "child/birth"), birth)
    assert [field(teacher, part).input_value().lstrip("0") for part in ("Day", "Month", "Year")] == ["31", "2", "2015"]
    teacher.main.get_by_role("button", name="Continue").click()
    problem = teacher.main.get_by_role("alert")
    expect(problem).to_contain_text("There is a problem")
    expect(teacher.page).to_have_title("Error: When was the child born? – Alongside")
    teacher.check()
    problem.get_by_role("link").first.click()
    expect(field(teacher, "Day")).to_be_focused()


def test_two_tabs_keep_both_answers_and_ask_about_the_one_both_changed(teacher):
    draft = acting.begin(teacher.caller, SAFE)
    other = Screen(teacher.context, teacher.address)
    for screen in (teacher, other):
        screen.open(page_of(draft, "child/name"), NAME)
    field(teacher, "Given name").fill("Wren")
    saved(teacher)
    field(other, "Family name").fill("Tallis")
    saved(other)
    expect(other.main.get_by_role("region", name="Changed in two places")).to_have_count(0)

    field(other, "Given name").fill("Wrenna")
    conflict = other.main.get_by_role("region", name="Changed in two places")
    expect(conflict).to_contain_text("Wrenna")
    expect(conflict.get_by_text("Wren", exact=True)).to_be_visible()
    other.check()
    conflict.get_by_role("button", name="Keep what is here").click()
    expect(conflict).to_have_count(0)
    expect(other.main.get_by_role("status").last).to_contain_text("Saved at")

    teacher.open(page_of(draft, "child/name"), NAME)
    assert field(teacher, "Given name").input_value() == "Wrenna"
    assert field(teacher, "Family name").input_value() == "Tallis"
    other.was_calm()


@pytest.mark.parametrize("way", ["one click", "password"])
def test_a_lost_session_is_mended_in_place(teacher, way: str):
    draft = acting.begin(teacher.caller, SAFE)
    teacher.open(page_of(draft, "happening/needs_to_happen"), NEEDS)
    with teacher.refused(400, 401):
        # In another tab of the same browser the person signs out.
        teacher.context.clear_cookies()
        field(teacher, NEEDS).fill("A worker who visits, and breakfast at school.")
        again = teacher.page.get_by_role("dialog", name="Sign in again")
        expect(again).to_be_visible()
        assert teacher.barriers() == []
        if way == "one click":
            again.get_by_role("button", name=f"Go on as {TEACHER}").click()
        else:
            again.get_by_label("Email address").fill("joanna.fairweather@oakfield-school.example")
            again.get_by_label("Password").fill("not the right one")
            again.get_by_role("button", name="Sign in", exact=True).click()
            expect(again.get_by_role("alert")).to_contain_text("is not right")
            again.get_by_role("button", name=f"Go on as {TEACHER}").click()
        expect(again).to_have_count(0)
        expect(field(teacher, NEEDS)).to_have_value("A worker who visits, and breakfast at school.")
        expect(teacher.main.get_by_role("status").last).to_contain_text("Saved at")
    teacher.open(page_of(draft, "happening/needs_to_happen"), NEEDS)
    assert field(teacher, NEEDS).input_value() == "A worker who visits, and breakfast at school."


def test_a_killed_server_loses_nothing(teacher, product):
    draft = acting.begin(teacher.caller, SAFE)
    teacher.open(page_of(draft, "happening/needs_to_happen"), NEEDS)
    field(teacher, NEEDS).fill("Breakfast at school.")
    saved(teacher)
    web = product.supervisor.children[0]
    with teacher.cut_off():
        assert web.process
        os.killpg(web.process.pid, signal.SIGKILL)
        field(teacher, NEEDS).fill("Breakfast at school, and somebody who visits at home.")
        status = teacher.main.get_by_role("status").last
        expect(status).to_have_text("Not saved yet. We keep trying; you can go on typing.", timeout=30_000)
        teacher.check()
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and "Saved at" not in status.inner_text():
            product.supervisor.look_after()
            teacher.page.wait_for_timeout(250)
        expect(status).to_contain_text("Saved at")
    teacher.open(page_of(draft, "happening/needs_to_happen"), NEEDS)
    assert field(teacher, NEEDS).input_value() == "Breakfast at school, and somebody who visits at home."


@pytest.mark.parametrize("width", [1280, 390])
def test_danger_comes_before_the_form(as_person, width: int):
    screen = as_person(TEACHER, width=width)
    draft = acting.begin(screen.caller, {})
    screen.open(page_of(draft, "danger/now"), "Is the child in danger right now?")
    hand = Mouse(screen)
    Chosen("Is the child in danger right now?", "Yes").give(hand)
    screen.main.get_by_role("button", name="Continue").click()
    stop = screen.main.get_by_role("link", name="I have called")
    expect(stop).to_be_visible()
    expect(screen.main.get_by_role("heading", level=1)).to_be_focused()
    expect(screen.main.get_by_role("link", name="999", exact=True)).to_have_attribute("href", "tel:999")
    screen.check()
    stop.click()
    screen.arrived("Tell us about your call")
    called = local(clock.now() - timedelta(hours=1))
    for answer in (
        Written("Who did you call?", "Police, 999"),
        Written("Day", str(called.day)),
        Written("Month", str(called.month)),
        Written("Year", str(called.year)),
        Written("Time, like 14:30", f"{called:%H:%M}"),
    ):
        answer.give(hand)
    screen.main.get_by_role("button", name="Continue").click()
    screen.arrived("Make a referral")
    expect(screen.main.get_by_role("link", name="Who the child is")).to_be_visible()


def test_a_draft_is_its_writers_alone(as_person, teacher):
    draft = acting.begin(teacher.caller, SAFE)
    manager = as_person(FRONT_DOOR_MANAGER)
    with manager.refused(404):
        manager.page.goto(manager.address + page_of(draft, "child/name"))
        expect(manager.main.get_by_text("We could not find that, or you do not have access to it.")).to_be_visible()
        manager.check()
