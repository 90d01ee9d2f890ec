"""Whoever referred a child hears and reads that the help has ended, and that it goes on when it is opened again."""

import pytest

from backend.notifications.models import Outbox
from backend.referrals.models import Referral
from tests.actors import browser_of
from tests.cases.working import given_for
from tests.casework import allocated, case_of
from tests.edges import take
from tests.factories import manager, referral_in, teacher

ENDED, GOES_ON = "case_closed_referrer", "case_restored_referrer"


def _reads(referral: Referral) -> str:
    """What stands at the top of the referral, as whoever sent it reads it."""
    return str(browser_of(teacher()).get(f"referrals/{referral.id}/").json()["tracker"]["sentence"])


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_referrer_hears_and_reads_that_it_closed_and_that_it_was_opened_again() -> None:
    referral = referral_in("accepted")
    opened = case_of(referral)
    assert "chooses who works with the family" in _reads(referral)
    case = allocated(opened, to=manager())
    lead = case.lead_agency.name
    assert _reads(referral) == f"Help was agreed. {lead} leads the work with the child."
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
