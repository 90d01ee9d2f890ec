"""Whoever referred a child hears and reads that the help has ended, and that it goes on when it is opened again."""

from datetime import timedelta
from typing import Any

import pytest

from backend.core import clock
from backend.deadlines.calendar import in_words
from backend.deadlines.queries import running
from backend.notifications.models import Outbox
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.cases.working import given_for
from tests.casework import allocated, case_of
from tests.edges import take
from tests.factories import manager, officer, referral_in, teacher

ENDED, GOES_ON = "case_closed_referrer", "case_restored_referrer"


def _tracker(referral: Referral) -> dict[str, Any]:
    """What stands at the top of the referral, as whoever sent it reads it."""
    found: dict[str, Any] = browser_of(teacher()).get(f"referrals/{referral.id}/").json()["tracker"]
    return found


def _reads(referral: Referral) -> str:
    return str(_tracker(referral)["sentence"])


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_referrer_hears_and_reads_that_it_closed_and_that_it_was_opened_again() -> None:
    referral = referral_in("accepted")
    opened = case_of(referral)
    assert "chooses who works with the family" in _reads(referral)
    case = allocated(opened, to=manager())
    lead = case.lead_agency.name
    assert _reads(referral).startswith(
        f"Help was agreed. {lead} leads the work with the child, and speaks with the family"
    )
    take("close", case.id, manager(), noun="case", **{**given_for("close"), "goes_on": "School, with a key adult."})
    assert _reads(referral) == f"Help was agreed and has come to its end. {lead} led the work with the child."
    told = Outbox.objects.using("owner").filter(root_id=case.id, message__in=(ENDED, GOES_ON)).order_by("id")
    assert [one.message for one in told] == [ENDED]

    take("reopen", case.id, manager(), noun="case")
    assert "chooses who works with the family" in _reads(referral)
    assert [one.message for one in told.all()] == [ENDED, GOES_ON]
    goes_on = told.get(message=GOES_ON)
    assert str(teacher().user_id) in str(goes_on.audience)
    assert goes_on.fields["agency"] == lead
    assert goes_on.path == f"/referrals/{referral.id}"


@pytest.mark.django_db
def test_the_referrer_reads_who_leads_how_to_reach_them_what_is_next_and_by_when() -> None:
    """Of the work itself nothing: the step, its day and the lead agency's number, also once the day is over."""
    referral = referral_in("accepted")
    case = allocated(case_of(referral), to=manager())
    due_at = running(case.id).get(kind="first_contact").due_at
    tracker = _tracker(referral)
    assert tracker["sentence"].endswith(f"speaks with the family for the first time by {in_words(due_at)}.")
    assert tracker["holder"]["id"] == str(case.lead_agency_id)
    assert tracker["holder"]["phone"] == case.lead_agency.phone
    with clock.at(due_at + timedelta(hours=1)):
        assert "should have spoken with the family" in _reads(referral)


@pytest.mark.django_db
def test_once_everybody_is_told_what_is_next_is_the_next_step_of_the_help() -> None:
    referral = referral_in("accepted")
    case = case_of(referral)
    told = {"who": "referrer", "was_told": True, "method": "phone", "told_at": clock.now().isoformat()}
    browser_of(officer()).post(f"referrals/{referral.id}/record-told/", {**told, "version": referral.version})
    tracker = _tracker(referral)
    assert tracker["next_step"] == "Chooses who works with the family"
    assert tracker["next_due_at"] == running(case.id).get(kind="allocate").due_at.isoformat()
