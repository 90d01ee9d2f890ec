"""The lists: whose referrals, in which order, through which filters, in how many statements."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.agencies.roles import Role
from backend.core import clock
from backend.referrals.models import Referral
from tests.actors import actor, browser_of
from tests.edges import take
from tests.factories import OFFERED, manager, officer, referral_in, submitted, teacher

pytestmark = pytest.mark.django_db
# Session, who asks, the page, its relations (two), its clocks, the access row; and the savepoint the test adds.
MOST = 8
SAVEPOINT = 2


def ids(who, query: str) -> list[str]:
    answer = browser_of(who).get(f"referrals/?{query}")
    assert answer.status_code == 200, answer.json()
    return [row["id"] for row in answer.json()["results"]]


def statements(who, path: str) -> int:
    browser = browser_of(who)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries) - SAVEPOINT


@pytest.mark.parametrize("view", ["mine", "queue", "held", "drafts", "redirected"])
def test_a_list_takes_as_many_statements_for_fifty_rows_as_for_one(view):
    who = {"mine": teacher(), "drafts": teacher(), "redirected": officer(OFFERED)}.get(view, officer())
    state = {"drafts": Referral.DRAFT, "redirected": Referral.REDIRECTED}.get(view, Referral.SUBMITTED)
    referral_in(state)
    one = statements(who, f"referrals/?view={view}")
    for _ in range(4):
        referral_in(state)
    assert len(ids(who, f"view={view}")) == 5
    assert statements(who, f"referrals/?view={view}") == one <= MOST


def test_a_page_of_one_referral_takes_at_most_fifteen_statements_with_everything_on_it():
    referral = referral_in(Referral.ACCEPTED)
    assert statements(manager(), f"referrals/{referral.id}/") <= 15
    assert statements(officer(), f"referrals/{referral_in(Referral.INFORMATION_REQUESTED).id}/") <= 15
    assert statements(teacher(), f"referrals/{referral_in(Referral.DRAFT).id}/") <= 15


def test_the_queue_is_open_work_by_what_is_due_next():
    with clock.at(clock.now() - timedelta(days=7)):
        older = referral_in(Referral.TRIAGE)
    newer = submitted()
    ended = referral_in(Referral.DECLINED)
    queue = ids(officer(), "view=queue")
    assert queue == [str(older.id), str(newer.id)]
    assert set(ids(officer(), "view=held")) == {*queue, str(ended.id)}


def test_filters_narrow_and_unknown_ones_are_refused():
    triage, waiting = referral_in(Referral.TRIAGE), referral_in(Referral.INFORMATION_REQUESTED)
    assert ids(officer(), "view=queue&state=triage") == [str(triage.id)]
    both = ids(officer(), "view=queue&state=triage&state=information_requested")
    assert set(both) == {str(triage.id), str(waiting.id)}
    assert ids(officer(), "view=queue&urgent=true") == []
    assert len(ids(officer(), "view=queue&urgent=false")) == 2
    for query in (
        "state=nowhere",
        "view=all",
        "rag=blue",
        "urgent=perhaps",
        "colour=red",
        "page_size=1000",
        "cursor=x",
    ):
        refused = browser_of(officer()).get(f"referrals/?{query}")
        assert (refused.status_code, refused.json()["code"]) == (400, "invalid"), query


@pytest.mark.parametrize("later", [timedelta(), timedelta(hours=20), timedelta(days=3)])
def test_the_colour_filter_agrees_with_the_colour_of_each_row(later):
    for state in (Referral.SUBMITTED, Referral.TRIAGE, Referral.REDIRECTED, Referral.INFORMATION_REQUESTED):
        referral_in(state)
    with clock.at(clock.now() + later):
        rows = browser_of(officer()).get("referrals/?view=queue").json()["results"]
        assert len(rows) == 4
        for colour in ("red", "amber", "green"):
            assert set(ids(officer(), f"view=queue&rag={colour}")) == {
                row["id"] for row in rows if row["rag"] == colour
            }, colour


def test_pages_follow_one_another_without_gap_or_overlap():
    made = {str(submitted().id) for _ in range(5)}
    seen, cursor = [], ""
    while True:
        page = browser_of(officer()).get(f"referrals/?view=queue&page_size=2{cursor}").json()
        seen += [row["id"] for row in page["results"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert (len(seen), set(seen)) == (5, made)


def test_drafts_are_their_writers_alone():
    draft = referral_in(Referral.DRAFT)
    assert ids(teacher(), "view=drafts") == [str(draft.id)]
    assert ids(teacher(), "view=mine") == []
    for who in (manager("oakfield-school"), officer()):
        assert ids(who, "view=drafts") == []
        assert browser_of(who).get(f"referrals/{draft.id}/").status_code == 404


def test_a_colleague_of_the_referrer_reads_the_status_and_the_manager_the_text():
    made = submitted(actor("city-police", Role.PRACTITIONER), source="3A")
    colleague = browser_of(actor("city-police", Role.PRACTITIONER, nth=1)).get(f"referrals/{made.id}/").json()
    assert (colleague["audience"], colleague["child"], colleague["statements"]) == ("status", None, [])
    assert browser_of(manager("city-police")).get(f"referrals/{made.id}/").json()["audience"] == "text"


def test_rows_name_the_child_only_to_readers_of_the_text():
    take("take", referral_in(Referral.REDIRECTED).id, officer(OFFERED))
    held = browser_of(officer(OFFERED)).get("referrals/?view=held").json()["results"][0]
    assert held["child_name"]
    worker = actor(OFFERED, Role.CASE_WORKER)
    status = browser_of(worker).get("referrals/?view=held").json()["results"][0]
    assert (status["child_name"], status["child_age"], status["level_of_need"]) == (None, None, None)


def test_beginning_a_referral_twice_with_one_key_makes_one():
    me, key = browser_of(teacher()), str(uuid4())
    first = me.post("referrals/", {}, key=key)
    again = me.post("referrals/", {}, key=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    assert again["Idempotency-Replayed"] == "true"
    assert me.post("referrals/", {}, key=None).status_code == 400
    assert me.post("referrals/", {"state": "accepted"}).status_code == 400


def test_the_queue_is_counted_by_when_it_is_due_and_in_whose_hands():
    with clock.at(clock.now() - timedelta(days=7)):
        referral_in(Referral.TRIAGE)
    submitted()
    counted = browser_of(officer()).get("referrals/counts/").json()
    assert (counted["new"], counted["overdue"], counted["mine"], counted["nobodys"]) == (1, 1, 1, 1)
    assert counted["overdue"] + counted["today"] + counted["later"] == 2
    assert browser_of(officer(OFFERED)).get("referrals/counts/").json() == dict.fromkeys(counted, 0)
    assert statements(officer(), "referrals/counts/") <= MOST


@pytest.mark.parametrize("group", ["overdue", "today", "later"])
def test_each_group_of_the_queue_is_what_its_filter_gives_and_what_its_rows_say(group):
    with clock.at(clock.now() - timedelta(days=7)):
        referral_in(Referral.TRIAGE)
    submitted()
    submitted(actor("school-nursing", Role.PRACTITIONER))
    me = browser_of(officer())
    rows = me.get(f"referrals/?view=queue&due={group}").json()["results"]
    assert len(rows) == me.get("referrals/counts/").json()[group]
    assert {row["due_group"] for row in rows} <= {group}


def test_new_arrivals_come_first_when_asked_for_and_filters_tell_whose_it_is():
    with clock.at(clock.now() - timedelta(days=7)):
        older = referral_in(Referral.TRIAGE)
    newer = submitted()
    assert ids(officer(), "view=queue&sort=newest") == [str(newer.id), str(older.id)]
    assert ids(officer(), "view=queue&assigned=mine") == [str(older.id)]
    assert ids(officer(), "view=queue&assigned=nobodys") == [str(newer.id)]
    rows = browser_of(officer()).get("referrals/?view=queue").json()["results"]
    assert [row["officer"] for row in rows] == [officer().name, None]
    assert browser_of(officer()).get("referrals/?view=queue&assigned=hers").status_code == 400
