"""The chronology: two kinds of entries in one order, page by page, at the same cost however long it has become."""

from datetime import timedelta

import pytest

from backend.access.binding import acting
from backend.audit.commands import who
from backend.audit.models import Event
from backend.core import clock
from backend.core.ids import uuid7
from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.cases.working import assessing, today, visited
from tests.spread import PART_AND_WHOLE

pytestmark = pytest.mark.django_db
MANY, FEWER = 5_000, 500
PAGE = 50


@pytest.fixture
def case(world):
    return assessing(world)


def read(who_reads, case, **query):
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return browser_of(who_reads).get(f"cases/{case.id}/timeline/?{asked}")


def weighed(who_writes, case, **given):
    body = {
        "kind": "moved_home",
        "happened_on": "2021-03-27",
        "text": "They left at night.",
        "analysis": "She lost school and friends in a day.",
        **given,
    }
    return browser_of(who_writes).post(f"cases/{case.id}/significant-events/", body)


def pages(who_reads, case, **query):
    rows, cursor = [], ""
    while cursor is not None:
        answer = read(who_reads, case, cursor=cursor, **query).json()
        rows, cursor = rows + answer["results"], answer["next"]
    return rows


def test_what_happened_by_itself_and_what_was_written_stand_in_one_order(world, case):
    visited(world, case, happened_at=clock.now() - timedelta(days=400), text="We met at the library.")
    rows = read(world.worker, case).json()["results"]
    assert [row["at"] for row in rows] == sorted((row["at"] for row in rows), reverse=True)
    assert {row["kind"] for row in rows} == {"automatic", "notes"}
    assert rows[-1]["text"] == "We met at the library."
    assert rows[-1]["written_at"]
    assert "Wrote a note" not in {row["label"] for row in rows}


def test_a_significant_event_stands_on_its_day_with_what_it_means(world, case):
    answer = weighed(world.worker, case)
    assert answer.status_code == 201, answer.content
    (row,) = read(world.worker, case, kind="significant").json()["results"]
    assert (row["kind"], row["label"]) == ("significant", "Moved home or lost a home")
    assert row["at"].startswith("2021-03-27")
    assert row["analysis"] == "She lost school and friends in a day."
    assert pages(world.worker, case)[-1]["id"] == row["id"]


@pytest.mark.parametrize("missing", ["text", "analysis", "kind", "happened_on"])
def test_an_event_without_its_meaning_or_its_day_is_not_taken(world, case, missing):
    answer = weighed(world.worker, case, **{missing: ""})
    assert answer.status_code == 400
    assert missing in answer.json()["fields"]


def test_nobody_weighs_what_has_not_happened(world, case):
    answer = weighed(world.worker, case, happened_on=(today() + timedelta(days=1)).isoformat())
    assert answer.status_code == 400


def test_who_only_reads_the_case_weighs_nothing(world, case):
    assert weighed(world.other_worker, case).status_code in (403, 404)
    assert weighed(world.stranger, case).status_code == 404


def test_the_same_key_writes_it_once(world, case):
    browser = browser_of(world.worker)
    body = {"kind": "other", "happened_on": "2020-01-01", "text": "A.", "analysis": "B."}
    answers = [browser.send("POST", f"cases/{case.id}/significant-events/", body, key="one-key-only") for _ in "ab"]
    assert [one.status_code for one in answers] == [201, 201]
    assert len(read(world.worker, case, kind="significant").json()["results"]) == 1


def test_a_kind_shows_its_own_entries_only(world, case):
    weighed(world.worker, case)
    whole = pages(world.worker, case)
    for kind in ("automatic", "notes", "significant"):
        shown = {row["kind"] for row in pages(world.worker, case, kind=kind)}
        assert shown == ({"notes", "significant"} if kind == "notes" else {kind})
    assert len(whole) == len(pages(world.worker, case, kind="automatic")) + len(pages(world.worker, case, kind="notes"))


@pytest.mark.parametrize("query", [{"kind": "secret"}, {"cursor": "x"}, {"cursor": "MjAyNg=="}, {"page_size": 101}])
def test_what_no_page_of_ours_asks_for_is_refused(world, case, query):
    assert read(world.worker, case, **query).status_code == 400


def test_pages_neither_leave_out_nor_repeat_what_happened_at_one_instant(world, case):
    _happened(world, case, [clock.now()] * 23)
    ids = [row["id"] for row in pages(world.worker, case, page_size=5)]
    assert len(ids) == len(set(ids)) == len(read(world.worker, case, page_size=100).json()["results"])


@PART_AND_WHOLE
def test_five_thousand_entries_cost_what_fifty_cost(world, case, whole):
    """Five hundred in every run: what a page costs must not depend on how many there are."""
    moment, many = clock.now(), MANY if whole else FEWER
    before = statements(lambda: read(world.worker, case))
    _happened(world, case, [moment - timedelta(hours=number) for number in range(many)])
    first = statements(lambda: read(world.worker, case))
    assert len(first) == len(before), said(first)
    assert len(first) <= 15
    middle = read(world.worker, case, cursor=read(world.worker, case).json()["next"])
    sizes = [len(read(world.worker, case).content), len(middle.content)]
    assert max(sizes) <= 60_000
    assert len(middle.json()["results"]) == PAGE
    assert len(pages(world.worker, case, page_size=100)) >= many


def _happened(world, case, moments):
    same = {"root_id": case.id, "child_id": case.child_id, "verb": "case.plan_next", **who(world.worker)}
    with acting(world.worker):
        Event.objects.bulk_create(Event(id=uuid7(), at=at, **same) for at in moments)
