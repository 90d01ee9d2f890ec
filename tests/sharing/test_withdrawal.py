"""A consent that is taken back closes what it opened, in one transaction; other shares stay."""

from typing import Any
from uuid import UUID

import pytest

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.referrals.models import Referral
from backend.sharing.models import Disclosure, Withdrawal
from tests.actors import actor, browser_of
from tests.edges import take
from tests.factories import agency_id, officer, questions, referral_in, teacher

pytestmark = pytest.mark.django_db

CONSENT = {"article6": "consent", "condition": "explicit_consent", "power": "children_act_2004_s10"}


def _share(referral: Referral, slug: str) -> UUID:
    with acting(officer()):
        found: UUID = Disclosure.objects.get(root_id=referral.id, to_agency__slug=slug).id
    return found


def _withdraw(who: Any, referral: Referral, share: UUID, **more: Any) -> Any:
    with acting(officer()):
        version = Referral.objects.values_list("version", flat=True).get(pk=referral.id)
    body = {"version": version, "disclosure": str(share), "said_by": "Her mother", "reason": "She changed her mind."}
    return browser_of(who).post(f"referrals/{referral.id}/withdraw-sharing/", {**body, **more})


def _offered(**basis: str) -> Referral:
    held = referral_in(Referral.TRIAGE)
    offered: Referral = take("redirect", held.id, officer(), to_agency=agency_id("youth-justice"), **basis)
    return offered


def test_an_offer_made_on_consent_ends_and_its_agency_reads_no_more() -> None:
    referral = _offered(**CONSENT)
    other = browser_of(officer("youth-justice"))
    assert other.get(f"referrals/{referral.id}/").json()["child"]
    answer = _withdraw(officer(), referral, _share(referral, "youth-justice"))
    assert answer.status_code == 200, answer.content
    assert answer.json()["state"] == "triage"
    assert other.get(f"referrals/{referral.id}/").json()["child"] is None, "what is left is the status"
    [row] = [
        row
        for row in browser_of(officer()).get(f"referrals/{referral.id}/sharing/").json()["results"]
        if row["withdrawn_at"]
    ]
    assert (row["to_agency"], row["withdrawn_by"]) == ("Youth Justice Service", "Her mother")


def test_a_question_asked_on_consent_ends_and_is_read_no_more() -> None:
    held = referral_in(Referral.TRIAGE)
    take("request_information", held.id, officer(), **questions("school-nursing"), **CONSENT)
    nurse = browser_of(actor("school-nursing", Role.PRACTITIONER))
    [row] = nurse.get("information-requests/").json()["results"]
    answer = _withdraw(officer(), held, _share(held, "school-nursing"))
    assert answer.status_code == 200, answer.content
    assert nurse.get(f"information-requests/{row['id']}/").status_code == 404
    assert nurse.get("information-requests/").json()["results"] == []


def test_what_was_shared_on_another_basis_cannot_be_taken_back() -> None:
    referral = _offered()
    answer = _withdraw(officer(), referral, _share(referral, "youth-justice"))
    assert answer.status_code == 409
    assert "not shared on consent" in answer.json()["reasons"][0]
    with acting(officer()):
        assert Referral.objects.get(pk=referral.id).state == "redirected"
        assert not Withdrawal.objects.exists()


def test_a_consent_is_taken_back_once_and_only_by_who_holds_the_referral() -> None:
    referral = _offered(**CONSENT)
    share = _share(referral, "youth-justice")
    assert _withdraw(teacher(), referral, share).status_code == 403
    assert _withdraw(officer("youth-justice"), referral, share).status_code == 403
    assert _withdraw(officer("willow-families"), referral, share).status_code == 404
    assert _withdraw(officer(), referral, UUID(int=9)).status_code == 404
    assert _withdraw(officer(), referral, share, version=0).status_code == 409
    assert _withdraw(officer(), referral, share).status_code == 200
    assert _withdraw(officer(), referral, share).status_code == 409


def test_where_it_is_recorded_is_said_to_who_may() -> None:
    referral = referral_in(Referral.TRIAGE)
    path = f"referrals/{referral.id}/"
    assert browser_of(officer()).get(path).json()["withdraw_sharing_url"] == f"/api/v1/{path}withdraw-sharing/"
    assert browser_of(teacher()).get(path).json()["withdraw_sharing_url"] == ""
