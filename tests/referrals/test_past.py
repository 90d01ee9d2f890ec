"""What whoever decides about a child reads of its past: a summary, for as long as they decide and five working days."""

from datetime import timedelta

import pytest

from backend.access.binding import acting
from backend.access.models import Involvement
from backend.access.relations import Relation
from backend.agencies.roles import Role
from backend.cases.models import Case
from backend.children.commands import separate_child
from backend.core import clock
from backend.referrals.models import Referral, Statement
from tests.actors import actor, browser_of
from tests.edges import take
from tests.factories import (
    LEADING,
    OFFERED,
    agency_id,
    manager,
    officer,
    referral_in,
    second_manager,
    submitted,
    teacher,
    with_two,
)
from tests.referrals.deciding import known_as_one

pytestmark = pytest.mark.django_db
NURSE = "school-nursing"


def past(who, referral):
    return browser_of(who).get(f"referrals/{referral.id}/past/")


@pytest.fixture
def three():
    """Two earlier referrals of two agencies, one of them with a case led elsewhere, and one to decide now."""
    first = referral_in(Referral.TRIAGE)
    handover = {"what_matters": "x", "who_to_speak_to": "y"}
    first = take("accept", first.id, officer(), lead_agency=agency_id(LEADING), **handover)
    second = submitted(actor(NURSE, Role.PRACTITIONER))
    now = submitted(actor("larch-hill-academy", Role.PRACTITIONER))
    known_as_one(first, second, now)
    return first, second, now


def test_contacts_are_counted_together_from_every_agency(three):
    first, second, now = three
    body = past(officer(), now).json()
    assert body["sentence"] == "3 contacts in 12 months from 3 agencies."
    assert {one["reference"] for one in body["referrals"]} == {first.reference, second.reference}
    assert [one["lead_agency"] for one in body["cases"]] == ["Front Door, Children’s Advice and Support"]
    assert body["cases"][0]["is_open"]


def test_nothing_that_anybody_wrote_is_in_it(three):
    _first, _second, now = three
    text = past(officer(), now).content.decode()
    with acting(officer()):
        written = list(Statement.objects.filter(root_id=three[0].id).values_list("text", flat=True))
    assert written
    assert not any(words in text for words in written)


def test_a_first_contact_says_so():
    body = past(officer(), referral_in(Referral.TRIAGE)).json()
    assert body["sentence"].startswith("This is the first contact")
    assert (body["referrals"], body["cases"]) == ([], [])


@pytest.mark.parametrize("who", [teacher, lambda: officer(OFFERED), lambda: actor(NURSE, Role.PRACTITIONER)])
def test_nobody_but_who_decides_reads_it(three, who):
    assert past(who(), three[2]).status_code in (403, 404)


def test_the_case_itself_stays_closed_to_them(three):
    case_id = three[0].case_id
    with acting(officer(LEADING)):
        assert not Case.objects.filter(pk=case_id).exists()
    assert browser_of(officer()).get(f"cases/{case_id}/").status_code == 404
    assert browser_of(manager(OFFERED)).get(f"cases/{case_id}/").status_code == 404


def test_it_ends_five_working_days_after_the_decision_and_begins_again_with_a_reopening(three):
    now = take("start_triage", three[2].id, officer())
    # The third contact takes two.
    now = with_two(take, "signpost", now.id, officer(), confirmed_by=manager())
    assert len(past(officer(), now).json()["referrals"]) == 2
    with clock.at(clock.now() + timedelta(days=8)):
        assert past(officer(), now).json()["referrals"] == []
        take("reopen", now.id, manager(), reason_code="new_information")
        assert len(past(officer(), now).json()["referrals"]) == 2


def test_it_follows_the_referral_to_whoever_takes_it(three):
    now = take("start_triage", three[2].id, officer())
    take("redirect", now.id, officer(), to_agency=agency_id(OFFERED))
    assert past(officer(OFFERED), now).status_code == 403
    take("take", now.id, officer(OFFERED))
    assert len(past(officer(OFFERED), now).json()["referrals"]) == 2
    assert past(officer(), now).status_code in (403, 404)


def test_two_children_after_all_have_two_pasts(three):
    first, second, now = three
    with acting(officer()):
        separate_child(officer(), now.child_id, reason="They are cousins.")
    assert past(officer(), now).json()["referrals"] == []
    assert [one["reference"] for one in past(officer(), second).json()["referrals"]] == [first.reference]


def test_what_was_entered_in_error_is_no_past(three):
    _first, second, now = three
    with_two(take, "mark_entered_in_error", second.id, manager(), confirmed_by=second_manager())
    body = past(officer(), now).json()
    assert (len(body["referrals"]), body["sentence"]) == (1, "2 contacts in 12 months from 2 agencies.")


def test_the_rows_are_what_the_tables_say(three):
    first, second, now = three
    holder = officer().agency_id
    live = Involvement.objects.filter(relation=Relation.TRIAGING, agency_id=holder).values_list("source_id", "root_id")
    expected = {(one.id, other.id) for one in three for other in three if one.id != other.id}
    expected |= {(one.id, first.case_id) for one in (first, second, now)}
    assert set(live) == expected
