"""A referral that is offered: who reads it and who holds it, until it is taken, sent back or recalled."""

import pytest

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.audit.models import Event
from backend.core.errors import Conflict, Forbidden
from backend.deadlines.models import RUNNING, Deadline
from backend.referrals.models import Offer, Referral
from backend.sharing.models import Disclosure
from backend.workflow.models import Confirmation
from tests.actors import actor, browser_of
from tests.edges import take
from tests.factories import (
    FRONT_DOOR,
    LEADING,
    OFFERED,
    agency_id,
    manager,
    officer,
    open_confirmation,
    referral_in,
    teacher,
)

pytestmark = pytest.mark.django_db


def as_seen_by(who, referral):
    return browser_of(who).get(f"referrals/{referral.id}/")


def test_the_offered_agency_reads_it_and_finds_it_in_its_list():
    referral = referral_in(Referral.REDIRECTED)
    body = as_seen_by(officer(OFFERED), referral).json()
    assert body["audience"] == "text"
    assert body["child"]["name"]
    assert body["offer"]["due_at"]
    assert {option["name"] for option in body["options"]} == {
        "take",
        "return_to_sender",
        "step_up",
        "declare_conflict",
    }
    listed = browser_of(officer(OFFERED)).get("referrals/?view=redirected").json()["results"]
    assert [row["id"] for row in listed] == [str(referral.id)]
    assert as_seen_by(officer(LEADING), referral).status_code == 404


def test_offering_is_a_disclosure_with_its_basis():
    referral = referral_in(Referral.REDIRECTED)
    with acting(officer()):
        share = Disclosure.objects.filter(root_id=referral.id).latest("at")
    assert (str(share.to_agency_id), share.article6) == (agency_id(OFFERED), "public_task")


def test_whoever_takes_it_holds_it_and_the_former_holder_sees_the_status():
    referral = referral_in(Referral.REDIRECTED)
    taken = browser_of(officer(OFFERED)).post(f"referrals/{referral.id}/take/", {"version": referral.version})
    assert taken.status_code == 200, taken.json()
    body = taken.json()
    assert (body["state"], body["audience"], body["tracker"]["holder"]["id"]) == ("triage", "text", agency_id(OFFERED))
    former = as_seen_by(officer(), referral).json()
    assert (former["audience"], former["child"], former["statements"]) == ("status", None, [])
    # Who held it may challenge what is decided now, and nothing else.
    assert [option["name"] for option in former["options"]] == ["disagree", "declare_conflict"]
    assert as_seen_by(teacher(), referral).json()["tracker"]["holder"]["id"] == agency_id(OFFERED)


def test_whoever_sends_it_back_reads_the_status_from_then_on():
    referral = referral_in(Referral.REDIRECTED)
    sent_back = browser_of(officer(OFFERED)).post(
        f"referrals/{referral.id}/return-to-sender/",
        {"version": referral.version, "reason_code": "no_capacity", "reason": "Nobody is free before May."},
    )
    assert sent_back.status_code == 200, sent_back.json()
    body = sent_back.json()
    assert (body["state"], body["audience"], body["child"]) == ("triage", "status", None)
    assert "May" not in sent_back.content.decode()
    offer = Offer.objects.get(root_id=referral.id)
    assert (offer.state, offer.reason_code) == (Offer.RETURNED, "no_capacity")
    holder = browser_of(officer()).get(f"referrals/{referral.id}/timeline/").json()["results"][0]
    assert (holder["label"], holder["reason"]) == ("Sent it back", "Nobody is free before May.")


def test_a_recalled_offer_can_no_longer_be_taken():
    referral = referral_in(Referral.REDIRECTED)
    take("recall", referral.id, officer())
    with pytest.raises(Forbidden):
        take("take", referral.id, officer(OFFERED))


def test_an_agency_that_has_had_it_is_not_offered_it_again():
    referral = referral_in(Referral.REDIRECTED)
    take("return_to_sender", referral.id, officer(OFFERED))
    with pytest.raises(Conflict, match="has had this referral already"):
        take("redirect", referral.id, officer(), to_agency=agency_id(OFFERED))
    choices = choices_of(officer(), referral, "redirect", "to_agency")
    assert agency_id(OFFERED) not in choices
    assert agency_id(LEADING) in choices


def test_the_second_hop_and_the_way_back_to_the_front_door_need_a_manager():
    referral = take("take", referral_in(Referral.REDIRECTED).id, officer(OFFERED))
    with pytest.raises(Conflict, match="Only a manager"):
        take("redirect", referral.id, officer(OFFERED), to_agency=agency_id(LEADING))
    back = take("redirect", referral.id, manager(OFFERED), to_agency=agency_id(FRONT_DOOR))
    assert back.state == Referral.REDIRECTED
    assert str(take("take", referral.id, officer()).holder_id) == agency_id(FRONT_DOOR)


def test_an_agency_that_takes_none_is_not_offered_any():
    referral = referral_in(Referral.TRIAGE)
    with pytest.raises(Conflict, match="does not take referrals"):
        take("redirect", referral.id, officer(), to_agency=agency_id("larch-hill-academy"))


def test_an_offered_agency_may_step_up_and_the_holder_stays():
    referral = referral_in(Referral.REDIRECTED)
    stepped = take("step_up", referral.id, officer(OFFERED))
    assert (stepped.state, str(stepped.holder_id)) == ("stepped_up", agency_id(FRONT_DOOR))
    assert Offer.objects.get(root_id=referral.id).state == Offer.OVERTAKEN


def test_a_practitioner_of_the_offered_agency_sees_nothing():
    referral = referral_in(Referral.REDIRECTED)
    practitioner = actor(OFFERED, Role.CASE_WORKER)
    assert as_seen_by(practitioner, referral).status_code == 404


def choices_of(who, referral, edge, field):
    options = as_seen_by(who, referral).json()["options"]
    form = next(option["input"] for option in options if option["name"] == edge)
    return [choice["value"] for choice in next(one["choices"] for one in form if one["name"] == field)]


def test_a_question_to_a_second_person_ends_when_the_offer_comes_back():
    referral = referral_in(Referral.REDIRECTED)
    asked = take("mark_entered_in_error", referral.id, manager())
    waiting = open_confirmation(referral.id, manager())
    take("return_to_sender", referral.id, officer(OFFERED), reason_code="no_capacity", reason="Nobody is free.")
    with acting(manager()):
        assert Confirmation.objects.get(pk=waiting.id).state == Confirmation.WITHDRAWN
        assert Event.objects.filter(root_id=asked.id, verb="confirmation.withdraw").count() == 1
        assert not Deadline.objects.filter(RUNNING, root_id=asked.id, kind="confirmation").exists()
