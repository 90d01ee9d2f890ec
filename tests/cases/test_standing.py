"""As of any day: what stood then in words, what has changed since, and nothing that the reader may not see today."""

from datetime import timedelta

import pytest

from backend.access.binding import acting
from backend.cases.models import Case
from backend.core import clock
from tests.actors import browser_of
from tests.api.counting import said, statements
from tests.cases.working import assessing, today, work
from tests.casework import UNCLE, relationship_of
from tests.edges import take

pytestmark = pytest.mark.django_db
DETAIL = 15


@pytest.fixture
def case(world):
    """A case that was allocated ten days ago, and agreed to today."""
    return assessing(world)


def read(who, case, **days):
    asked = "&".join(f"{name}={day}" for name, day in days.items())
    return browser_of(who).get(f"cases/{case.id}/standing/?{asked}")


def values(answer, part="lines"):
    return {one["label"]: one for one in answer.json()[part]}


def test_today_it_stands_as_its_page_says(world, case):
    lines = values(read(world.worker, case))
    assert lines["Where it stands"]["value"] == Case.LABELS["assessing"]
    assert lines["Lead practitioner"]["value"] == world.worker.name


def test_before_it_was_opened_there_was_no_case(world, case):
    answer = read(world.worker, case, on=(today() - timedelta(days=400)).isoformat())
    assert answer.json()["lines"] == []


def test_two_days_are_compared_in_words(world, case):
    before = (today() - timedelta(days=1)).isoformat()
    changes = values(read(world.worker, case, since=before), "changes")
    assert changes["Where it stands"] == {
        "section": "The case",
        "label": "Where it stands",
        "before": "",
        "after": Case.LABELS["assessing"],
    }
    assert all("_" not in label for label in changes)


def test_what_did_not_change_is_not_told(world, case):
    same = today().isoformat()
    assert read(world.worker, case, on=same, since=same).json()["changes"] == []


def test_what_was_said_before_stands_on_its_day(world, case, monkeypatch):
    later = clock.now() + timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    ahead = (later + timedelta(days=3)).date().isoformat()
    work(world, "pause", case, look_again_on=ahead)
    then = (later - timedelta(days=1)).date().isoformat()
    changes = values(read(world.worker, case, since=then), "changes")
    assert (changes["Where it stands"]["before"], changes["Where it stands"]["after"]) == (
        Case.LABELS["assessing"],
        Case.LABELS["paused"],
    )
    assert values(read(world.worker, case, on=then))["Where it stands"]["value"] == Case.LABELS["assessing"]


def test_who_was_around_the_child_stands_on_its_day_with_how_they_could_be_reached(world, case, monkeypatch):
    """A number is never there without the rule of that day."""
    then = today()
    uncle = relationship_of(case, world.worker)
    later = clock.now() + timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    change = {"why": "known_now", "reason": "She is afraid when he rings.", "contact_rule": "do_not_contact"}
    take("change", uncle.id, world.worker, noun="relationship", **{**UNCLE, **change})
    before = values(read(world.worker, case, on=then.isoformat()))["Femi Example"]
    assert before["section"] == "People around the child"
    assert "Any time, in any way" in before["value"]
    [changed] = [
        one
        for one in read(world.worker, case, since=then.isoformat()).json()["changes"]
        if one["label"] == "Femi Example"
    ]
    assert "Any time, in any way" in changed["before"]
    assert "Do not contact at home" in changed["after"]
    monkeypatch.setattr(clock, "now", lambda: later + timedelta(minutes=1))
    end = {"ended_on": today().isoformat(), "reason_code": "moved_away", "reason": ""}
    take("end", uncle.id, world.worker, noun="relationship", **end)
    after = values(read(world.worker, case))["Femi Example"]["value"]
    assert "no longer around the child" in after
    assert UNCLE["number"] not in after


def test_somebody_who_was_taken_back_was_never_there(world, case):
    nobody = relationship_of(case, world.worker, name="Nobody Example")
    take("undo", nobody.id, world.worker, noun="relationship")
    assert "Nobody Example" not in values(read(world.worker, case))


@pytest.mark.parametrize("days", [{"on": "soon"}, {"on": "2999-01-01"}, {"on": "2026-01-01", "since": "2026-02-01"}])
def test_a_day_that_makes_no_sense_is_refused(world, case, days):
    assert read(world.worker, case, **days).status_code == 400


def test_who_does_not_read_the_case_today_reads_nothing_of_its_past(world, case):
    assert read(world.stranger, case).status_code == 404
    work(world, "reallocate", case, lead_practitioner_id=str(world.other_worker.user_id))
    with acting(world.other_worker):
        assert Case.objects.filter(pk=case.id).exists()
    assert read(world.teacher, case).status_code == 404


def test_comparing_costs_no_more_than_one_record(world, case):
    since = (today() - timedelta(days=1)).isoformat()
    browser = browser_of(world.worker)
    found = statements(lambda: browser.get(f"cases/{case.id}/standing/?since={since}"))
    assert len(found) <= DETAIL, said(found)
