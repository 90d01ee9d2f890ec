"""The identity bar: who a case is about and what to know first, and no number for who does not read the referral."""

from datetime import timedelta

import pytest

from backend.access.binding import acting
from backend.children.models import SafetyAlert
from backend.core import clock
from backend.deadlines.calendar import local
from tests.actors import browser_of
from tests.casework import allocated, case_of
from tests.edges import take
from tests.factories import FRONT_DOOR, LEADING, agency_id, manager, officer, referral_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    phone = {"number": "020 7946 0012", "whose": "Mum", "rule": "text_only"}
    referral = referral_in("triage", phones=[phone])
    referral = take("accept", referral.id, officer(), lead_agency=agency_id(FRONT_DOOR))
    return allocated(case_of(referral), to=manager())


def identity(who, case):
    return browser_of(who).get(f"cases/{case.id}/identity/")


def test_it_says_who_the_child_is_who_leads_and_what_to_know(case):
    said = identity(manager(), case).json()
    assert said["reference"] == case.reference
    assert said["child"]["name"]
    assert said["lead_practitioner"] == manager().name
    assert [(one["labels"], one["is_overdue"]) for one in said["alerts"]] == [(["Dogs"], False)]


def test_a_number_comes_with_its_rule_and_why_it_may_not_be_called(case):
    contacts = identity(manager(), case).json()["contacts"]
    number = next(one for one in contacts if one["number"] == "020 7946 0012")
    assert number["rule_label"] == "Text only"
    assert number["refusals"] == ["The rule is: Text only."]


def test_who_is_asked_to_lead_reads_the_handover_and_not_the_case(case):
    take("propose_transfer", case.id, manager(), noun="case", to_agency_id=agency_id(LEADING))
    assert identity(manager(LEADING), case).status_code == 404


def test_whoever_does_not_see_the_case_is_told_nothing(case):
    assert identity(manager("kite-street"), case).status_code == 404


def test_an_alert_that_should_have_been_looked_at_says_so(case):
    past = local(clock.now()).date() - timedelta(days=1)
    with acting(manager()):
        SafetyAlert.objects.update(review_on=past)
    (alert,) = identity(manager(), case).json()["alerts"]
    assert alert["is_overdue"]
