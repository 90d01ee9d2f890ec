"""A case at a glance: only what the reader may see by itself, and what is late said to be."""

import pytest

from backend.access.binding import acting
from backend.cases.commands import planning
from backend.cases.serializers.plan_inputs import GoalInput
from backend.core.ids import uuid7
from backend.workflow.views import validated
from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.cases.full import full_case
from tests.casework import allocated, case_of
from tests.edges import take
from tests.factories import FRONT_DOOR, agency_id, manager, officer, referral_in

pytestmark = pytest.mark.django_db
GOAL = "Walk to school without being afraid."


@pytest.fixture
def referral():
    return take("accept", referral_in("triage").id, officer(), lead_agency=agency_id(FRONT_DOOR))


@pytest.fixture
def case(referral):
    return allocated(case_of(referral), to=manager())


def overview(who, case):
    return browser_of(who).get(f"cases/{case.id}/overview/")


def test_it_names_who_leads_and_who_referred(case, referral):
    involved = overview(manager(), case).json()["involved"]
    assert involved[0]["what"] == "Leads the case"
    assert {"agency": referral.referrer_agency.name, "url": f"/referrals/{referral.id}"}.items() <= involved[1].items()


def test_it_says_what_comes_next_in_the_order_of_days(case):
    dates = overview(manager(), case).json()["dates"]
    assert [one["on"] for one in dates] == sorted(one["on"] for one in dates)
    assert case.next_action in {one["label"] for one in dates}


def test_a_goal_of_the_family_stands_there(case):
    given = validated(GoalInput, {"words": GOAL, "whose": "child"})
    with acting(manager()):
        planning.add_goal(manager(), case.id, given, goal_id=uuid7())
    told = overview(manager(), case).json()
    assert told["goals"] == [GOAL]
    assert told["found_out"] is None


def test_a_stranger_is_told_nothing(case):
    assert overview(manager("kite-street"), case).status_code == 404


# What the page of a case asks for, as frontend/src/pages/cases/case.tsx does.
PARTS = ("?forms=no", "overview/", "identity/", "notes/?page_size=10", "sharing/?page_size=10")


def test_the_page_of_a_full_case_weighs_sixty_thousand_bytes_and_fifteen_statements_a_part_at_the_most():
    case, worker = full_case()
    browser = browser_of(worker)
    weight = {}
    for part in PARTS:
        found = statements(lambda part=part: weight.update({part: len(browser.get(f"cases/{case.id}/{part}").content)}))
        assert len(found) <= 15, said(found)
    assert sum(weight.values()) <= 60_000, weight


def test_the_page_of_a_case_names_what_can_be_done_and_leaves_the_forms_to_their_own_pages(case):
    whole, named = (browser_of(manager()).get(f"cases/{case.id}/{asked}").json() for asked in ("", "?forms=no"))
    assert any(option["input"] for option in whole["options"])
    assert not any(option["input"] for option in named["options"])
    assert [{**option, "input": []} for option in whole["options"]] == named["options"]
