"""What whoever decides reads beside a referral: its hops, whom to ring, who is to be told, which clock is held."""

import pytest

from backend.core import clock
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.edges import take
from tests.factories import FRONT_DOOR, OFFERED, agency_id, officer, referral_in, teacher

pytestmark = pytest.mark.django_db


def page(who, referral):
    return browser_of(who).get(f"referrals/{referral.id}/").json()


def test_each_offer_is_a_hop_with_how_it_ended():
    referral = referral_in(Referral.REDIRECTED)
    take("return_to_sender", referral.id, officer(OFFERED), reason="She is nine.")
    (hop,) = page(officer(), referral)["hops"]
    assert (hop["to_agency"], hop["state_label"], hop["reason"]) == (
        "Youth Justice Service",
        "Sent back",
        "She is nine.",
    )
    assert hop["reason_label"]
    assert page(teacher(), referral)["hops"] == []


def test_whom_to_ring_names_each_agency_once_with_its_out_of_hours_number():
    referral = referral_in(Referral.INFORMATION_REQUESTED)
    concerned = page(officer(), referral)["agencies_concerned"]
    assert [one["why"] for one in concerned] == ["Referred", "Asked"]
    assert all(one["phone"] or one["out_of_hours_phone"] for one in concerned)
    assert agency_id(FRONT_DOOR) not in [one["id"] for one in concerned]
    assert page(teacher(), referral)["agencies_concerned"] == []


def test_who_is_still_to_be_told_stays_on_the_list_until_they_are():
    referral = referral_in(Referral.SIGNPOSTED)
    telling = page(officer(), referral)["telling"]
    assert [(one["who"], one["told"]) for one in telling] == [("referrer", None), ("child", None), ("parent", None)]
    told = {"who": "parent", "was_told": True, "method": "in_person", "told_at": clock.now().isoformat()}
    body = {**told, "version": referral.version}
    assert browser_of(officer()).post(f"referrals/{referral.id}/record-told/", body).status_code == 200
    told = {one["who"]: one["told"] for one in page(officer(), referral)["telling"]}
    assert told["parent"]["at"] is not None
    assert (told["child"], told["referrer"]) == (None, None)


def test_the_clock_to_decide_says_that_it_is_held_and_the_other_that_it_never_is():
    clocks = {one["kind"]: one for one in page(officer(), referral_in(Referral.INFORMATION_REQUESTED))["clocks"]}
    assert clocks["decide"]["note"].startswith("Held since")
    assert clocks["total_age"]["note"] == "Always runs, also while others are asked"


def test_only_what_is_the_one_way_on_is_the_button():
    def primary(state):
        return [option["name"] for option in page(officer(), referral_in(state))["options"] if option["primary"]]

    assert primary(Referral.SUBMITTED) == ["start_triage"]
    # Nothing that decides is ever suggested.
    assert primary(Referral.TRIAGE) == []
