"""What visitors must know: added, looked at again and ended by who works on the case, with reason, within a year."""

from datetime import timedelta

import pytest

from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.cases.working import assessing, today
from tests.interventions.made import intervention_in, mentor

pytestmark = pytest.mark.django_db
EDGE = 25


@pytest.fixture
def case(world):
    return assessing(world)


def ahead(days):
    return (today() + timedelta(days=days)).isoformat()


def warn(who, case, **given):
    body = {"codes": ["dogs"], "note": "Ring first.", "disclosure": "not_to_family", "review_on": ahead(100), **given}
    return browser_of(who).post(f"cases/{case.id}/alerts/", body)


def review(who, case, alert, **given):
    body = {"alert": alert, "outcome": "stands", "reason": "Asked the neighbour.", **given}
    return browser_of(who).post(f"cases/{case.id}/alert-reviews/", body)


@pytest.fixture
def alert(world, case):
    answer = warn(world.worker, case)
    assert answer.status_code == 201, answer.content
    (made,) = answer.json()["alerts"]
    return made


def test_it_says_what_who_may_know_and_when_it_is_looked_at_again(world, case, alert):
    (seen,) = browser_of(world.manager).get(f"cases/{case.id}/identity/").json()["alerts"]
    assert seen == alert
    assert (seen["labels"], seen["review_on"], seen["is_overdue"]) == (["Dogs"], ahead(100), False)
    assert seen["disclosure_label"].startswith("Do not tell the family")


def test_one_that_still_holds_has_another_day_and_its_reason_in_the_chronology(world, case, alert):
    answer = review(world.worker, case, alert["id"], disclosure="family_knows", review_on=ahead(300))
    (seen,) = answer.json()["alerts"]
    assert (seen["review_on"], seen["disclosure_label"]) == (ahead(300), "The family knows that this is recorded")
    rows = browser_of(world.worker).get(f"cases/{case.id}/timeline/").json()["results"]
    assert "What was found: It still holds.\n\nAsked the neighbour." in {row["text"] for row in rows}


def test_one_that_has_changed_says_what_is_so_now(world, case, alert):
    given = {"outcome": "changed", "disclosure": "family_knows", "review_on": ahead(60)}
    assert review(world.worker, case, alert["id"], **given).status_code == 400
    answer = review(world.worker, case, alert["id"], **given, codes=["weapons"], note="Ask police first.")
    (seen,) = answer.json()["alerts"]
    assert (seen["labels"], seen["note"]) == (["Weapons may be in the home"], "Ask police first.")


def test_one_that_no_longer_holds_is_gone_and_cannot_be_looked_at_again(world, case, alert):
    assert review(world.worker, case, alert["id"], outcome="ended").json()["alerts"] == []
    again = review(world.worker, case, alert["id"], outcome="ended")
    assert again.status_code == 400
    assert "alert" in again.json()["fields"]


@pytest.mark.parametrize("days", [-1, 0, 366])
def test_it_is_looked_at_again_within_a_year(world, case, alert, days):
    assert warn(world.worker, case, review_on=ahead(days)).status_code == 400
    late = review(world.worker, case, alert["id"], disclosure="ask_first", review_on=ahead(days))
    assert late.status_code == 400


def test_one_that_holds_needs_a_day_and_an_end_needs_a_reason(world, case, alert):
    assert set(review(world.worker, case, alert["id"]).json()["fields"]) == {"disclosure", "review_on"}
    assert review(world.worker, case, alert["id"], outcome="ended", reason="").status_code == 400
    assert warn(world.worker, case, codes=["none_known"]).status_code == 400


def test_who_does_not_work_on_the_case_changes_nothing(world, case, alert):
    for who in (world.other_worker, world.stranger):
        assert warn(who, case).status_code in (403, 404)
        assert review(who, case, alert["id"], outcome="ended").status_code in (403, 404)
    assert len(browser_of(world.worker).get(f"cases/{case.id}/identity/").json()["alerts"]) == 1


def test_an_alert_of_another_child_is_not_to_be_had(world, case, alert):
    assert review(world.worker, assessing(world), alert["id"], outcome="ended").status_code == 400


def test_who_gives_a_service_reads_it_as_long_as_it_holds(world, case, alert):
    given = intervention_in("offered", case, world.worker)
    browser = browser_of(mentor())
    assert alert["id"] in {one["id"] for one in browser.get(f"interventions/{given.id}/").json()["safety"]}
    review(world.worker, case, alert["id"], outcome="ended")
    assert alert["id"] not in {one["id"] for one in browser.get(f"interventions/{given.id}/").json()["safety"]}


def test_warning_and_looking_again_cost_no_more_than_an_edge(world, case, alert):
    for act in (
        lambda: warn(world.worker, case),
        lambda: review(world.worker, case, alert["id"], outcome="ended"),
    ):
        found = statements(act)
        assert len(found) <= EDGE, said(found)
