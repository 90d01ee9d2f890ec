"""A child whose case is closed is referred again: what comes along, who may begin it, what the officer is told."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.core import clock
from backend.core.ids import uuid7
from backend.referrals.commands.drafting import create_draft
from backend.referrals.models import Referral
from backend.referrals.queries.siblings import cases_before
from tests.actors import actor, browser_of
from tests.api.counting import statements
from tests.casework import allocated, case_of, open_transfer_of
from tests.edges import take
from tests.factories import FRONT_DOOR, agency_id, manager, officer, referral_in, teacher
from tests.referrals.deciding import known_as_one

pytestmark = pytest.mark.django_db
SECRET = "1 Hidden Lane"
CLOSING = {"risk_remains": False, "reason_code": "outcomes_met", "goes_on": "His school."}


@pytest.fixture
def first() -> Referral:
    """A referral that was helped: its case is the front door's."""
    return take("accept", referral_in(Referral.TRIAGE).id, officer(), lead_agency=agency_id(FRONT_DOOR))


@pytest.fixture
def case(first: Referral) -> Case:
    """The same case, closed."""
    return take("close", allocated(case_of(first), to=manager()).id, manager(), noun="case", **CLOSING)


def begin(who, case_id):
    return browser_of(who).post("referrals/", {"again_after": str(case_id)})


def draft_of(who, referral_id):
    return browser_of(who).get(f"referrals/{referral_id}/draft/").json()


def begun(case: Case) -> Referral:
    """A referral about the same child, as the lead's manager begins it."""
    made = begin(manager(), case.id)
    assert made.status_code == 201, made.json()
    with acting(manager()):
        return Referral.objects.get(pk=made.json()["id"])


# --- What comes along ------------------------------------------------------------------------------------------------


def test_who_the_child_is_comes_along_with_where_it_is_from_and_what_was_said_does_not(first, case):
    referral = begun(case)
    page = draft_of(manager(), referral.id)
    answers = {name: answer["value"] for name, answer in page["answers"].items()}
    assert answers["child_family_name"] == first.child.family_name
    assert answers["child_given_name"] == first.child.given_name
    assert answers["child_date_of_birth"] == first.child.date_of_birth.isoformat()
    said = ("danger_now", "worried_about", "working_well", "factors_current", "level_believed", "informed", "agreement")
    assert not answers.keys() & {*said, "child_heard", "share_article6", "source", "staff_safety"}
    assert page["again"]["reference"] == case.reference
    assert page["again"]["closing_reason_label"] == "The child’s needs are met"
    [source] = page["again"]["taken_over_from"]
    assert source.startswith(f"{first.referrer_agency.name}, ")


def test_what_is_typed_instead_is_ones_own(case):
    referral = begun(case)
    for name, answer in draft_of(manager(), referral.id)["answers"].items():
        change = {"answers": {name: {"value": "x", "base_rev": answer["rev"]}}}
        browser_of(manager()).patch(f"referrals/{referral.id}/draft/", change)
    assert draft_of(manager(), referral.id)["again"]["taken_over_from"] == []


def test_a_protected_address_does_not_come_along():
    hidden = {"address_protected": True, "child_address": SECRET, "child_postcode": "B98 7QT"}
    first = take("accept", referral_in(Referral.TRIAGE, **hidden).id, officer(), lead_agency=agency_id(FRONT_DOOR))
    case = take("close", allocated(case_of(first), to=manager()).id, manager(), noun="case", **CLOSING)
    page = draft_of(manager(), begun(case).id)
    assert page["answers"]["address_protected"]["value"] is True
    assert SECRET not in str(page)
    assert "B98 7QT" not in str(page)


# --- Who may ---------------------------------------------------------------------------------------------------------


def test_nobody_else_learns_that_there_was_a_case(case):
    for who in (teacher(), actor("school-nursing", Role.PRACTITIONER), manager("kite-street")):
        assert begin(who, case.id).json() == begin(who, uuid7()).json()
        assert begin(who, case.id).status_code == 404


def test_an_open_case_is_gone_on_with(first):
    answer = begin(manager(), case_of(first).id)
    assert answer.status_code == 409
    assert answer.json()["reasons"] == ["This case is open: record there what has changed."]


def test_one_referral_is_begun_at_a_time(case):
    body = {"again_after": str(case.id), "sibling_of": str(uuid7())}
    assert browser_of(manager()).post("referrals/", body).status_code == 400
    assert begin(manager(), "x").status_code == 400


def test_nobody_names_a_case_in_the_database_that_they_do_not_see(case):
    with acting(teacher()), pytest.raises(DatabaseError, match="earlier case"), transaction.atomic():
        create_draft(teacher(), earlier_case_id=case.id)


def test_the_page_of_the_closed_case_leads_there(case, first):
    def way(of: UUID) -> object:
        return browser_of(manager()).get(f"cases/{of}/overview/").json()["refer_again"]

    assert way(case.id)["url"] == f"/referrals/new?again={case.id}"
    assert way(case_of(referral_accepted()).id) is None


def test_the_page_of_the_people_around_the_child_leads_there_too(case):
    def way(who, of: UUID) -> object:
        return browser_of(who).get(f"cases/{of}/people/").json()["refer_again_url"]

    assert way(manager(), case.id) == f"/referrals/new?again={case.id}"
    assert way(manager(), case_of(referral_accepted()).id) is None


def referral_accepted() -> Referral:
    return take("accept", referral_in(Referral.TRIAGE).id, officer(), lead_agency=agency_id(FRONT_DOOR))


# --- What the officer is told ----------------------------------------------------------------------------------------


def again_in_triage(case: Case) -> Referral:
    """Another referral of a school, which follows the case: begun by who saw it, and sent."""
    referral = referral_in(Referral.TRIAGE)
    with acting(manager()):
        Referral.objects.filter(pk=referral.id).update(earlier_case_id=case.id)
    return referral


def past(referral):
    return browser_of(officer()).get(f"referrals/{referral.id}/past/").json()


def test_the_officer_reads_that_the_child_was_helped_before_it_is_known_as_one(case):
    follows = past(again_in_triage(case))["follows"]
    assert follows["reference"] == case.reference
    assert follows["is_within_12_months"]
    assert follows["closing_reason_label"] == "The child’s needs are met"


def test_once_it_is_the_same_child_its_past_says_how_the_help_ended(first, case):
    now = again_in_triage(case)
    known_as_one(first, now)
    page = past(now)
    [row] = page["cases"]
    assert (row["is_followed"], row["is_within_12_months"]) == (True, True)
    assert row["closing_reason_label"] == "The child’s needs are met"
    assert page["is_re_referral"]


def test_what_is_longer_ago_than_twelve_months_is_no_re_referral(first, case):
    with clock.at(clock.now() + timedelta(days=400)):
        now = again_in_triage(case)
        known_as_one(first, now)
        page = past(now)
    assert not page["is_re_referral"]
    assert not page["cases"][0]["is_within_12_months"]
    assert not page["follows"]["is_within_12_months"]


def test_the_holder_is_told_no_more_a_week_after_the_decision(case):
    now = again_in_triage(case)
    take("decline", now.id, officer())
    with clock.at(clock.now() + timedelta(days=14)):
        assert past(now)["follows"] is None


# --- What the page of the sent referral says -------------------------------------------------------------------------


def before(who, referral):
    return browser_of(who).get(f"referrals/{referral.id}/").json()["helped_before"]


def test_the_page_of_the_sent_referral_names_the_case_and_leads_there_for_who_opens_it(case):
    now = again_in_triage(case)
    named = before(manager(), now)
    assert (named["reference"], named["case_id"]) == (case.reference, str(case.id))
    assert named["is_within_12_months"]
    assert named["closing_reason_label"] == "The child’s needs are met"
    assert before(manager(), referral_in(Referral.TRIAGE)) is None


def test_another_agency_that_helps_now_is_not_told_of_a_case_that_it_may_not_see(case):
    now = again_in_triage(case)
    handover = {"what_matters": "Her way home.", "who_to_speak_to": "Ms A. Teacher"}
    take("accept", now.id, officer(), lead_agency=agency_id("city-early-help"), **handover)
    lead = manager("city-early-help")
    with acting(manager()):
        accepted = Referral.objects.get(pk=now.id)
    take("accept", open_transfer_of(case_of(accepted), lead).id, lead, noun="transfer")
    page = browser_of(lead).get(f"referrals/{now.id}/").json()
    assert (page["audience"], page["helped_before"]) == ("text", None)
    assert case.reference not in str(page)


def test_the_page_reads_the_earlier_case_in_one_statement(case):
    browser = browser_of(manager())

    def cost(referral: Referral) -> int:
        browser.get(f"referrals/{referral.id}/")
        return len(statements(lambda: browser.get(f"referrals/{referral.id}/")))

    plain, again = cost(referral_in(Referral.TRIAGE)), cost(again_in_triage(case))
    assert again <= plain + 1
    assert again <= 15


# --- What the next assessment begins with ----------------------------------------------------------------------------


def test_the_case_that_a_referral_follows_is_found_by_who_sees_the_referral(case):
    now = again_in_triage(case)
    take("accept", now.id, officer(), lead_agency=agency_id(FRONT_DOOR))
    with acting(manager()):
        again = Referral.objects.get(pk=now.id).case_id
        assert [*cases_before(manager(), again).values_list("earlier_case_id", flat=True)] == [case.id]
        assert not cases_before(manager(), case.id).exists()
    stranger = manager("kite-street")
    with acting(stranger):
        assert not cases_before(stranger, again).exists()
