"""The referrer reads the outcome in words of its own; the reasons, which may tell what others said, do not leave.

Source: workflow.md, second promise ("an outcome with a reason, in a text of its own that carries no case content"), and
access.md, the table (REFERRER: status, holder, next step, outcome text; its submitter the referral's text).
"""

from typing import Any

import pytest

from backend.access.actors import Actor
from backend.referrals.models import Decision, Referral
from tests.actors import browser_of
from tests.edges import take
from tests.factories import manager, officer, referral_in, teacher

pytestmark = pytest.mark.django_db

DECIDED = (
    Referral.ACCEPTED,
    Referral.LINKED,
    Referral.SIGNPOSTED,
    Referral.DECLINED,
    Referral.STEPPED_UP,
    Referral.HANDED_OVER,
    Referral.REDIRECTED,
)


def read(who: Actor, referral: Referral) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The referral's page and what has happened, as somebody reads them."""
    browser = browser_of(who)
    happened = browser.get(f"referrals/{referral.id}/timeline/").json()["results"]
    return browser.get(f"referrals/{referral.id}/").json(), happened


@pytest.mark.parametrize("state", DECIDED)
def test_the_referrer_reads_the_outcome_and_none_of_the_reasons(state: str) -> None:
    referral = referral_in(state)
    said = Decision.objects.filter(root_id=referral.id).order_by("-at", "-id")[0]
    assert said.rationale
    page, happened = read(teacher(), referral)
    assert page["audience"] == "text"
    assert page["decisions"][0]["outcome_text"] == said.outcome_text
    assert [one["rationale"] for one in page["decisions"]] == [None] * len(page["decisions"])
    assert page["offer"] is None or page["offer"]["rationale"] is None
    assert said.rationale not in str(page) + str(happened)
    theirs = [one["reason"] for one in happened if one["agency"] != teacher().agency_name]
    assert not any(theirs), theirs


@pytest.mark.parametrize("state", DECIDED)
def test_whoever_decides_reads_why(state: str) -> None:
    referral = referral_in(state)
    said = Decision.objects.filter(root_id=referral.id).order_by("-at", "-id")[0]
    page, _happened = read(officer(), referral)
    assert page["decisions"][0]["rationale"] == said.rationale


def test_the_referrer_reads_the_reasons_of_their_own_agency() -> None:
    referral = referral_in(Referral.TRIAGE)
    take("ask_to_withdraw", referral.id, teacher(), reason_code="sent_by_mistake", reason="Meant for his cousin.")
    for who in (teacher(), manager()):
        _page, happened = read(who, referral)
        assert "Meant for his cousin." in [one["reason"] for one in happened]
