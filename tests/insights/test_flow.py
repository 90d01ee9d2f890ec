"""How long things take in one agency: each number recounted by hand, and the length of the list that it opens."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.access.binding import acting
from backend.administration.commands.conflicts import declare_about
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.models import Deadline
from backend.insights.queries.flow import COUNTED, OUTCOMES
from tests.actors import actor, browser_of
from tests.api.counting import said, statements
from tests.edges import take
from tests.factories import manager, officer, referral_in, teacher
from tests.insights.times import at_most
from tests.promises.departing import LINK

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
STATEMENTS = 5


@pytest.fixture
def three_weeks_later() -> Iterator[None]:
    with clock.at(LATER):
        yield


def decided_after(hours: int, **answers: Any) -> UUID:
    """A referral of that Monday, in triage at once and signposted so many hours later."""
    with clock.at(MONDAY):
        referral = referral_in("triage", **answers)
    with clock.at(MONDAY + timedelta(hours=hours)):
        take("signpost", referral.id, officer())
    return referral.id


def figures(who: Any = None, period: str = "month") -> dict[str, dict[str, Any]]:
    answer = browser_of(who or manager()).get(f"figures/flow/?period={period}")
    assert answer.status_code == 200, answer.content
    return {row["id"]: row for row in answer.json()["rows"]}


def listed(row: dict[str, Any], outcome: str, who: Any = None) -> list[dict[str, Any]]:
    path = f"figures/flow/list/?period=month&kind={row['kind']}&is_urgent={row['is_urgent']}&outcome={outcome}"
    answer = browser_of(who or manager()).get(f"{path}&page_size=100")
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def by_hand(agency_id: UUID) -> dict[str, Counter[str]]:
    """What became of each clock, said by the clock itself."""
    words = {"met": "in_time", "met_late": "late", "breached": "not_done"}
    found: dict[str, Counter[str]] = {}
    for one in Deadline.objects.filter(owner_agency_id=agency_id, kind__in=COUNTED, due_at__lt=LATER.replace(hour=0)):
        outcome = "not_done" if one.state == "stopped" and one.is_breached else words.get(one.state)
        if outcome:
            name = f"{one.kind}-urgent" if one.is_urgent else one.kind
            found.setdefault(name, Counter())[outcome] += 1
    return found


@pytest.mark.usefixtures("three_weeks_later")
def test_each_number_is_recounted_by_hand_and_is_the_length_of_its_list() -> None:
    for hours in (1, 2, 3, 4, 30, 60):
        decided_after(hours)
    with clock.at(MONDAY):
        referral_in("triage")
        referral_in("entered_in_error")
        referral_in("information_requested")
    expected = by_hand(manager().agency_id)
    assert {"in_time", "late", "not_done"} <= set(expected["decide"])
    found = figures()
    assert {name: Counter({o: row[o] for o in OUTCOMES if row[o]}) for name, row in found.items()} == expected
    for row in found.values():
        assert row["due"] == sum(row[outcome] for outcome in OUTCOMES)
        for outcome in OUTCOMES:
            rows = listed(row, outcome)
            assert len(rows) == row[outcome], (row["label"], outcome)
            assert all((one["done_at"] is None) == (outcome == "not_done") for one in rows)
            for one in rows:
                assert browser_of(manager()).get(f"/api/v1{one['url']}/").status_code == 200


@pytest.mark.usefixtures("three_weeks_later")
def test_half_and_nine_in_ten_take_at_most_what_their_own_times_say_and_too_few_say_nothing() -> None:
    hours = [1, 2, 3, 4]
    for one in hours:
        decided_after(one)
    assert figures()["decide"]["median_seconds"] is None
    hours += [5, 6, 7, 8, 26, 50]
    for one in hours[4:]:
        decided_after(one)
    row = figures()["decide"]
    assert row["median_seconds"] == at_most(0.5, [one * 3600 for one in hours])
    assert row["ninetieth_seconds"] == at_most(0.9, [one * 3600 for one in hours])


@pytest.mark.usefixtures("three_weeks_later")
def test_the_time_on_hold_is_nobodys_and_is_not_counted() -> None:
    for _each in range(5):
        with clock.at(MONDAY):
            referral = referral_in("information_requested")
        with clock.at(MONDAY + timedelta(hours=30)):
            take("resume_triage", referral.id, officer())
        with clock.at(MONDAY + timedelta(hours=31)):
            take("signpost", referral.id, officer())
    row = figures()["decide"]
    assert (row["in_time"], row["late"]) == (5, 0)
    assert row["median_seconds"] == 3600


@pytest.mark.usefixtures("three_weeks_later")
def test_an_agency_reads_its_own_and_a_period_its_own_days() -> None:
    decided_after(1)
    assert figures()["decide"]["in_time"] == 1
    assert figures(actor("youth-justice", Role.MANAGER)) == {}
    with clock.at(LATER + timedelta(days=20)):
        assert figures() == {}
        assert figures(period="quarter")["decide"]["in_time"] == 1


@pytest.mark.usefixtures("three_weeks_later")
def test_a_child_who_may_not_be_seen_is_in_no_count_and_no_list() -> None:
    referral_id = decided_after(1)
    who = officer()
    row = figures(who)["decide"]
    with acting(who):
        declare_about(who, "referral", referral_id, uuid7(), LINK)
    assert "decide" not in figures(who)
    assert listed(row, "in_time", who) == []
    assert figures(manager())["decide"]["in_time"] == 1


def test_only_those_who_decide_and_who_manage_read_figures() -> None:
    assert browser_of(officer()).get("figures/flow/").status_code == 200
    for who in (teacher(), actor("city-early-help", Role.CASE_WORKER)):
        assert browser_of(who).get("figures/flow/").status_code == 403
        assert browser_of(who).get("figures/flow/list/?kind=decide&outcome=late").status_code == 403


@pytest.mark.parametrize("query", ["period=ever", "kind=decide", "kind=drift&outcome=late", "kind=decide&outcome=lost"])
def test_what_is_not_counted_cannot_be_asked_for(query: str) -> None:
    answer = browser_of(manager()).get(f"figures/flow/list/?{query}")
    assert answer.status_code == 400
    assert answer.json()["fields"]


@pytest.mark.usefixtures("three_weeks_later")
def test_figures_cost_the_same_however_much_they_count() -> None:
    decided_after(1)
    browser = browser_of(manager())
    paths = ("figures/flow/", "figures/flow/list/?kind=decide&outcome=in_time")
    few = [len(statements(lambda path=path: browser.get(path))) for path in paths]
    for _each in range(3):
        decided_after(1)
    for path, before in zip(paths, few, strict=True):
        found = statements(lambda path=path: browser.get(path))
        assert len(found) == before <= STATEMENTS, said(found)
