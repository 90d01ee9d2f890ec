"""A refusal is a page or a sentence: what is not there and what is not shared look the same."""

import pytest
from playwright.sync_api import expect

from backend.core.ids import uuid7
from tests.e2e import acting
from tests.e2e.hands import Mouse
from tests.e2e.people import FRONT_DOOR_MANAGER, OFFICER, TEACHER, YOUTH_WORKER

NOT_HERE = "We could not find that, or you do not have access to it."

NO = {
    "level_of_need": "universal",
    "reason_code": "already_helped",
    "rationale": "The youth project sees him twice a week.",
    "what_would_change": "If he stops going.",
    "outcome_text": "The youth project goes on seeing him.",
}


@pytest.fixture
def sent(as_person):
    return acting.send(as_person.caller(TEACHER))


def test_another_agencys_referral_looks_like_none(as_person, sent):
    stranger = as_person(YOUTH_WORKER)
    seen = []
    with stranger.refused(404):
        for path in (sent.path, f"/referrals/{uuid7()}", f"{sent.path}/do/accept"):
            stranger.page.goto(stranger.address + path)
            expect(stranger.main.get_by_text(NOT_HERE)).to_be_visible()
            stranger.check()
            seen.append(stranger.main.inner_text())
    assert seen[0] == seen[1]
    assert sent.reference not in "".join(seen)


def test_a_child_referred_already_leads_to_that_referral(as_person, sent):
    teacher = as_person(TEACHER)
    again = acting.begin(teacher.caller, acting.whole(sent.given))
    teacher.open(f"{again.path}/check", "Check your answers")
    with teacher.refused(409):
        teacher.main.get_by_role("button", name="Send the referral").click()
        expect(teacher.main.get_by_role("alert")).to_contain_text(sent.reference)
        teacher.check()
    teacher.follow(f"Open {sent.reference}", to=f"Referral {sent.reference}")


def test_an_address_with_nothing_behind_it(as_person):
    screen = as_person(OFFICER)
    screen.open("/nothing/here", "Page not found")
    screen.follow("Go to your home page", to="Home")


def test_a_question_withdrawn_meanwhile_is_not_confirmed(as_person):
    complex_needs = {"level_believed": "complex", "tried_before": "A mentor, and talks with the family."}
    sent = acting.send(as_person.caller(TEACHER), **complex_needs)
    officer, manager = as_person(OFFICER), as_person(FRONT_DOOR_MANAGER)
    acting.edge(officer.caller, sent, "start-triage")
    waiting = acting.edge(officer.caller, sent, "decline", **NO)["confirmation"]
    manager.open(f"/confirmations/{waiting['id']}", f"Decline, {sent.reference}")
    acting.choose(Mouse(manager), "Confirm")

    version = officer.caller.read(f"confirmations/{waiting['id']}/")["version"]
    officer.caller.write(f"confirmations/{waiting['id']}/withdraw/", {"version": version})
    with manager.refused(409):
        manager.main.get_by_role("button", name="Confirm", exact=True).click()
        expect(manager.main.get_by_role("alert")).to_contain_text("Somebody has answered this since you opened it")
        manager.check()
