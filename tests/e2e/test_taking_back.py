"""Taking a referral back: a draft given up, one its writer asks to withdraw, one struck out by two people."""

from playwright.sync_api import expect

from tests.e2e import acting
from tests.e2e.people import FRONT_DOOR_MANAGER, TEACHER
from tests.e2e.referral_form import Chosen, Written


def test_a_draft_is_given_up(as_person):
    teacher = as_person(TEACHER, width=390)
    draft = acting.begin(teacher.caller, {"danger_now": False})
    teacher.open(f"{draft.path}/draft", "Make a referral")
    acting.act(teacher, "Give up this draft", back_at=f"Referral {draft.reference}")
    expect(teacher.main.get_by_text("Withdrawn", exact=True).first).to_be_visible()
    teacher.was_calm()


def test_one_that_was_sent_is_asked_back_and_struck_out_by_two(as_person):
    teacher, manager = as_person(TEACHER), as_person(FRONT_DOOR_MANAGER)
    sent = acting.send(teacher.caller)
    teacher.open(sent.path, f"Referral {sent.reference}")
    reason = [Chosen("Why do you ask?", "It was sent by mistake")]
    acting.act(teacher, "Ask to withdraw it", reason, back_at=f"Referral {sent.reference}")

    manager.open(sent.path, f"Referral {sent.reference}")
    mistake = [Chosen("What was the mistake?", "It was entered twice"), Written("What happened?", "Sent twice today.")]
    acting.act(manager, "Mark as entered in error", mistake, back_at=f"Referral {sent.reference}")
    expect(manager.main.get_by_role("region", name="Waiting for a second person")).to_contain_text(FRONT_DOOR_MANAGER)
    expect(manager.main.get_by_text("Submitted", exact=True).first).to_be_visible()
    manager.was_calm()
