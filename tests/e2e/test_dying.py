"""A child has died: two managers record it, everybody else is asked to ring, and an error is taken back by two."""

import re
from datetime import date

from playwright.sync_api import expect

from tests.e2e import acting
from tests.e2e.acting import FAMILY
from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.people import FRONT_DOOR_MANAGER, SECOND_MANAGER, TEACHER
from tests.e2e.referral_form import Chosen, OnDay, Written
from tests.e2e.screen import PHONE

RECORD, TAKE_BACK = "Record that the child has died", "Record that the child is alive"


def test_a_death_is_recorded_by_two_people_and_an_error_is_taken_back(as_person) -> None:
    teacher, manager = as_person(TEACHER), as_person(FRONT_DOOR_MANAGER)
    second = as_person(SECOND_MANAGER, width=PHONE)
    sent = acting.send(teacher.caller)
    home = f"Referral {sent.reference}"
    for person in (teacher, manager, second):
        person.names = {sent.given, FAMILY}
    acting.edge(manager.caller, sent, "start-triage")
    manager.open(sent.path, home)
    hand = Keyboard(manager)
    said = (
        OnDay("On which day did the child die?", date.today()),
        Chosen("How do you know?", "The police told us"),
        Written("Who told you, and when?", "PC Ames, by telephone at 9am"),
    )
    acting.choose(hand, RECORD, said)
    acting.confirm(hand, RECORD, back_at=home)
    expect(manager.main.get_by_role("region", name="Waiting for a second person")).to_contain_text(FRONT_DOOR_MANAGER)

    second.open("/confirmations", "Second person needed")
    second.follow(re.compile(sent.reference), to=f"{RECORD}, {sent.reference}")
    expect(second.main).to_contain_text("PC Ames, by telephone at 9am")
    acting.act(second, "Confirm", back_at=f"{RECORD}, {sent.reference}")
    manager.open(sent.path, home)
    expect(manager.main).to_contain_text("They would like to speak to you themselves.")
    manager.check()
    with teacher.refused(404):
        teacher.page.goto(f"{teacher.address}{sent.path}")
        expect(teacher.main.get_by_text("We could not find that, or you do not have access to it.")).to_be_visible()

    mouse = Mouse(manager)
    acting.choose(mouse, TAKE_BACK, [Written("How did the mistake happen?", "Another boy of the same name.")])
    acting.confirm(mouse, TAKE_BACK, back_at=home)
    second.open("/confirmations", "Second person needed")
    second.follow(re.compile(sent.reference), to=f"{TAKE_BACK}, {sent.reference}")
    acting.act(second, "Confirm", back_at=f"{TAKE_BACK}, {sent.reference}")
    teacher.open(sent.path, home)
    expect(teacher.main).to_contain_text("is looking at it and will decide by")
