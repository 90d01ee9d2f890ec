"""A refusal is a page or a sentence: what is not there and what is not shared look the same."""

import pytest
from playwright.sync_api import expect

from backend.core.ids import uuid7
from tests.e2e import acting
from tests.e2e.hands import Mouse
from tests.e2e.people import FRONT_DOOR_MANAGER, OFFICER, TEACHER, YOUTH_WORKER

NOT_HERE = "We could not find that, or you do not have access to it."


@pytest.fixture
def sent(as_person):
    return acting.send(as_person(TEACHER).caller)


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


def test_an_address_with_nothing_behind_it(as_person):
    screen = as_person(OFFICER)
    screen.open("/nothing/here", "Page not found")
    screen.follow("Go to your home page", to="Home")


def test_a_question_withdrawn_meanwhile_is_not_confirmed(as_person, sent):
    officer, manager = as_person(OFFICER), as_person(FRONT_DOOR_MANAGER)
    acting.edge(officer.caller, sent, "start-triage")
    reason = {"reason_code": _a_code(officer, "error_reasons"), "reason": "Sent twice by mistake."}
    waiting = acting.edge(officer.caller, sent, "mark-entered-in-error", **reason)["confirmation"]
    heading = f"Mark as entered in error, {sent.reference}"
    manager.open(f"/confirmations/{waiting['id']}", heading)
    acting.choose(Mouse(manager), "Confirm")

    officer.caller.write(f"confirmations/{waiting['id']}/withdraw/", {"version": waiting["version"]})
    with manager.refused(409):
        manager.main.get_by_role("button", name="Confirm", exact=True).click()
        expect(manager.main.get_by_role("alert")).to_contain_text("withdrawn", ignore_case=True)
        manager.check()


def _a_code(screen, vocabulary: str) -> str:
    return screen.caller.read("vocabularies/")[vocabulary][0]["code"]
