"""Who answers for how long records are kept: each route and role, through the API, and what it costs."""

from typing import Any

import pytest

from backend.agencies.roles import Role
from backend.referrals.models import Referral
from tests.actors import actor, browser_of
from tests.edges import take
from tests.factories import OFFERED, every_role_in, officer, referral_in, teacher
from tests.retention.conftest import People

pytestmark = pytest.mark.django_db
LISTS = ("retention/due/", "retention/records/", "retention/schedule/", "holds/", "disposals/", "certificates/")
ANSWERS = (Role.MANAGER, Role.INFORMATION_GOVERNANCE)


@pytest.mark.parametrize("path", [*LISTS, "holds/new/", "disposals/new/"])
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_managers_and_information_governance_look_and_nobody_else(path: str) -> None:
    for role, who in every_role_in("front-door").items():
        wanted = 200 if role in ANSWERS else 403
        assert browser_of(who).get(path).status_code == wanted, (path, role)


def place(who: Any, reference: str, **given: Any) -> Any:
    return browser_of(who).post("holds/", {"reference": reference, "reason_code": "court", "reason": "", **given})


def test_a_hold_is_placed_shown_on_the_record_and_told_to_nobody_else(people: People) -> None:
    referral = referral_in(Referral.DECLINED)
    answer = place(people.manager, referral.reference.lower())
    assert answer.status_code == 201, answer.content
    hold = answer.json()
    assert (hold["reference"], hold["state_label"]) == (referral.reference, "Held")
    assert [one["name"] for one in hold["options"]] == ["release"]
    kept = browser_of(teacher()).get(f"retention/kept/{referral.id}/")
    assert [one["reason"] for one in kept.json()["kept"]] == ["A court case or a claim needs it"]
    assert browser_of(people.stranger).get(f"retention/kept/{referral.id}/").status_code == 404
    assert browser_of(people.stranger).get(f"holds/{hold['id']}/").status_code == 404
    assert browser_of(people.governs).get(f"holds/{hold['id']}/").status_code == 200
    assert [one["id"] for one in browser_of(people.governs).get("holds/").json()["results"]] == [hold["id"]]


def test_whoever_passed_a_referral_on_opens_its_page_and_is_told_of_no_hold(people: People) -> None:
    referral = referral_in(Referral.REDIRECTED)
    taken = take("take", referral.id, actor(OFFERED, Role.TRIAGE_OFFICER))
    taker = actor(OFFERED, Role.MANAGER)
    assert place(taker, taken.reference).status_code == 201
    assert browser_of(taker).get(f"retention/kept/{referral.id}/").json()["kept"] != []
    answer = browser_of(officer()).get(f"retention/kept/{referral.id}/")
    assert (answer.status_code, answer.json()["kept"]) == (200, [])


def test_what_is_not_yours_and_what_is_not_there_are_refused_in_the_same_words(people: People) -> None:
    referral = referral_in(Referral.DECLINED)
    elsewhere = place(people.stranger, referral.reference)
    nowhere = place(people.stranger, "R-777-7777N")
    assert elsewhere.status_code == 400
    assert elsewhere.json()["reasons"][0].startswith("There is no record with this reference that you can keep.")
    assert nowhere.status_code == 400
    again = place(people.manager, referral.reference)
    assert again.status_code == 201
    assert place(people.manager, referral.reference).json()["reasons"] == ["It is kept for this reason already."]


@pytest.mark.parametrize("reason", ["died", "nothing"])
def test_nobody_places_by_hand_what_a_death_places(people: People, reason: str) -> None:
    answer = place(people.manager, referral_in(Referral.DECLINED).reference, reason_code=reason)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["reason_code"])
