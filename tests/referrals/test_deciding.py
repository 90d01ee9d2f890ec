"""Deciding: who the child is, which case it becomes, who leads, what the referrer reads, and putting it right later."""

from datetime import timedelta

import pytest

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases.models import Case, Transfer
from backend.children.models import Child
from backend.core import clock
from backend.core.errors import Conflict
from backend.referrals.models import Referral
from tests.actors import actor, browser_of
from tests.casework import allocated, case_of
from tests.edges import take
from tests.factories import (
    FRONT_DOOR,
    LEADING,
    agency_id,
    disagreed,
    draft,
    manager,
    officer,
    referral_in,
    second_manager,
    submitted,
    teacher,
    with_two,
)
from tests.referrals.answers import born
from tests.referrals.deciding import NUMBER, in_triage, post

pytestmark = pytest.mark.django_db


def test_accepting_opens_a_case_led_by_the_holder():
    referral = referral_in(Referral.TRIAGE)
    body = post(officer(), referral, "accept", lead_agency=agency_id(FRONT_DOOR)).json()
    assert (body["state"], body["case"]["lead_agency"]) == ("accepted", "Front Door, Children’s Advice and Support")
    assert body["decision"]["kind"] == "accept"
    status = browser_of(teacher()).get(f"referrals/{referral.id}/").json()
    assert (status["audience"], status["decision"]["outcome_text"] != "") == ("text", True)


def test_another_lead_is_asked_in_the_same_transaction():
    referral = referral_in(Referral.TRIAGE)
    handover = {
        "what_matters": "She walks home alone.",
        "who_to_speak_to": "Ms Fairweather, 0121 496 0300",
        "article6": "public_task",
        "condition": "safeguarding_children",
        "power": "children_act_2004_s10",
    }
    missing = post(officer(), referral, "accept", lead_agency=agency_id(LEADING), **dict.fromkeys(handover, ""))
    assert (missing.status_code, missing.json()["code"]) == (409, "not_ready")
    accepted = post(officer(), referral, "accept", lead_agency=agency_id(LEADING), **handover)
    assert accepted.status_code == 200, accepted.json()
    with acting(manager(LEADING)):
        assert Transfer.objects.get().state == "proposed"
        assert str(Case.objects.get().lead_agency_id) == agency_id(FRONT_DOOR)
    assert accepted.json()["case"]["lead_agency"] == "Front Door, Children’s Advice and Support"


def test_the_lead_follows_the_case_and_so_does_who_reads_the_referral():
    handover = {"what_matters": "x", "who_to_speak_to": "y"}
    referral = referral_in(Referral.TRIAGE)
    assert post(officer(), referral, "accept", lead_agency=agency_id(LEADING), **handover).status_code == 200
    with acting(manager(LEADING)):
        transfer = Transfer.objects.get()
    assert browser_of(manager(LEADING)).get(f"referrals/{referral.id}/").status_code == 404
    take("accept", transfer.id, manager(LEADING), noun="transfer")
    body = browser_of(manager(LEADING)).get(f"referrals/{referral.id}/").json()
    assert (body["audience"], body["case"]["lead_agency"]) == ("text", "City Early Help")


def test_whoever_leads_or_works_the_case_records_who_was_told_and_its_manager_corrects():
    handover = {"what_matters": "x", "who_to_speak_to": "y"}
    referral = referral_in(Referral.TRIAGE)
    accepted = take("accept", referral.id, officer(), lead_agency=agency_id(LEADING), **handover)
    with acting(manager(LEADING)):
        transfer = Transfer.objects.get()
    take("accept", transfer.id, manager(LEADING), noun="transfer")
    worker = actor(LEADING, Role.CASE_WORKER)
    allocated(case_of(accepted, manager(LEADING)), to=worker, by=manager(LEADING))
    moment = clock.now().isoformat()
    told = post(worker, accepted, "record_told", who="parent", method="in_person", told_at=moment, was_told=True)
    assert told.status_code == 200, told.json()
    assert [one["who"] for one in told.json()["told"]] == ["parent"]
    decision = told.json()["decision"]["id"]
    accepted.version += 1
    assert post(worker, accepted, "correct", decision=decision).status_code == 403
    assert post(manager(LEADING), accepted, "correct", decision=decision).status_code == 200


def test_a_form_offers_only_the_bases_its_sender_may_use():
    referral = referral_in(Referral.TRIAGE)
    page = browser_of(officer()).get(f"referrals/{referral.id}/").json()
    redirect = next(option for option in page["options"] if option["name"] == "redirect")
    offered = {
        choice["value"] for field in redirect["input"] if field["name"] == "article6" for choice in field["choices"]
    }
    assert "public_task" in offered
    assert "law_enforcement" not in offered


def test_a_second_referral_about_the_child_joins_the_open_case():
    first = referral_in(Referral.TRIAGE, child_given_name="Ottoline", child_nhs_number=NUMBER)
    accepted = take("accept", first.id, officer(), lead_agency=agency_id(FRONT_DOOR))
    allocated(case_of(accepted), to=officer())
    second = in_triage(child_given_name="Ottoline", child_nhs_number=NUMBER)
    candidates = browser_of(officer()).get(f"referrals/{second.id}/likely-children/").json()["results"]
    assert candidates[0]["open_case"]["reference"] == case_of(accepted).reference
    assert candidates[0]["contacts_12_months"] == 1
    joined = post(officer(), second, "accept", lead_agency=agency_id(FRONT_DOOR), child_match=candidates[0]["id"])
    assert joined.status_code == 200, joined.json()
    assert joined.json()["case"]["reference"] == case_of(accepted).reference
    with acting(manager()):
        assert str(Child.objects.get(pk=second.child_id).canonical_id) == candidates[0]["id"]


def test_nobody_is_matched_by_an_id_that_was_not_offered():
    stranger = {"child_family_name": "Vyas", "child_address": "2 Mill Yard", "child_postcode": "B98 1ZZ"}
    other = referral_in(Referral.TRIAGE, child_date_of_birth=born(9), child_known_as=None, **stranger)
    referral = referral_in(Referral.TRIAGE)
    refused = post(officer(), referral, "accept", lead_agency=agency_id(FRONT_DOOR), child_match=str(other.child_id))
    assert refused.status_code == 409
    assert "not among those who may be the same" in refused.json()["reasons"][0]


def test_linking_needs_open_work_and_says_so_before_any_form_is_filled():
    referral = referral_in(Referral.TRIAGE)
    page = browser_of(officer()).get(f"referrals/{referral.id}/").json()
    link = next(option for option in page["options"] if option["name"] == "link")
    assert link["obstacles"] == ["There is no open referral or case for this child to link to."]


def test_what_was_linked_to_a_referral_follows_it_into_its_case():
    linked = referral_in(Referral.LINKED)
    first = take("start_triage", linked.linked_to_id, officer())
    accepted = take("accept", first.id, officer(), lead_agency=agency_id(FRONT_DOOR))
    body = browser_of(manager()).get(f"referrals/{linked.id}/").json()
    assert body["case"]["reference"] == case_of(accepted).reference


def test_the_same_child_sent_twice_by_one_agency_is_answered_with_the_first():
    first = submitted(child_given_name="Wilhelmina")
    head = manager("oakfield-school")
    second = draft(head, child_given_name="Wilhelmina", child_nhs_number=None, child_upn=None)
    refused = browser_of(head).post(f"referrals/{second.id}/submit/", {"version": second.version})
    assert (refused.status_code, refused.json()["code"]) == (409, "already_open")
    assert refused.json()["existing"] == {
        "id": str(first.id), "reference": first.reference, "url": f"/referrals/{first.id}"
    }  # fmt: skip


def test_an_unfinished_form_is_not_sent_and_says_what_is_missing():
    referral = draft(level_believed=None)
    refused = browser_of(teacher()).post(f"referrals/{referral.id}/submit/", {"version": referral.version})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_ready")
    page = browser_of(teacher()).get(f"referrals/{referral.id}/").json()
    assert page["audience"] == "draft"
    submit = next(option for option in page["options"] if option["name"] == "submit")
    assert submit["obstacles"] == refused.json()["reasons"]


def test_reopening_ends_after_thirty_days_unless_a_disagreement_was_upheld():
    referral = referral_in(Referral.DECLINED)
    with clock.at(clock.now() + timedelta(days=31)):
        with pytest.raises(Conflict, match="more than 30 days ago"):
            take("reopen", referral.id, manager(), reason_code="new_information")
        take("uphold", disagreed(referral).id, manager(), noun="disagreement")
        assert take("reopen", referral.id, manager(), reason_code="disagreement_upheld").state == Referral.TRIAGE


def test_what_would_change_a_decision_is_part_of_what_the_referrer_reads():
    referral = referral_in(Referral.DECLINED)
    page = browser_of(teacher()).get(f"referrals/{referral.id}/").json()
    assert "What would change this decision: Made-up words" in page["decision"]["outcome_text"]


def test_a_corrected_decision_keeps_both():
    referral = referral_in(Referral.DECLINED)
    page = browser_of(manager()).get(f"referrals/{referral.id}/").json()
    wrong = page["decision"]
    corrected = post(manager(), referral, "correct", decision=wrong["id"], outcome_text="We wrote the wrong school.")
    assert corrected.status_code == 200, corrected.json()
    body = corrected.json()
    assert (body["state"], body["decision"]["corrects"]) == ("declined", wrong["id"])
    assert [one["id"] for one in body["decisions"]] == [body["decision"]["id"], wrong["id"]]


def test_a_wrong_match_is_undone_by_two_managers():
    submitted(actor("larch-hill-academy", Role.PRACTITIONER), child_given_name="Zebedee")
    referral = referral_in(Referral.TRIAGE, child_given_name="Zebedee")
    candidate = browser_of(manager()).get(f"referrals/{referral.id}/likely-children/").json()["results"][0]
    moved = with_two(
        take, "rematch", referral.id, manager(), confirmed_by=second_manager(), child_match=candidate["id"]
    )
    with acting(manager()):
        assert str(Child.objects.get(pk=moved.child_id).canonical_id) == candidate["id"]
    back = with_two(take, "rematch", referral.id, manager(), confirmed_by=second_manager(), child_match="new")
    with acting(manager()):
        assert Child.objects.get(pk=back.child_id).canonical_id is None


def test_asking_to_withdraw_changes_no_state_and_the_holder_hears_of_it():
    referral = referral_in(Referral.TRIAGE)
    body = post(teacher(), referral, "ask_to_withdraw", reason_code="help_found").json()
    assert body["state"] == "triage"
    assert "ask_to_withdraw" in [option["name"] for option in body["options"]]


def test_only_who_may_open_the_case_is_led_to_it():
    referral = referral_in(Referral.ACCEPTED)

    def case_read_by(who):
        return browser_of(who).get(f"referrals/{referral.id}/").json()["case"]

    assert case_read_by(teacher())["reference"]
    assert case_read_by(teacher())["id"] is None
    assert case_read_by(manager())["id"] == str(referral.case_id)
