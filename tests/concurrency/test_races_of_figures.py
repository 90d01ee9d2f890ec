"""The worker counts while people write and while another worker counts: no change is lost, and none counts twice."""

import threading
import time
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections

from backend.core import clock
from backend.insights.checking import differences
from backend.insights.models import Share
from backend.insights.queries.kept import shape
from backend.insights.refreshing import refresh
from tests import databases
from tests.cases.conftest import World
from tests.concurrency.racing import at_once, counted
from tests.insights.test_outcomes import LATER, closed

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
# By hand, because whoever acts by an edge commits: a clock that ends, and with it what its agency did in time.
_END = (
    "UPDATE deadlines_deadline SET met_at = due_at, stopped_at = NULL WHERE child_id = %s AND kind = 'sustained_check'"
)
_OPEN_AGAIN = "UPDATE deadlines_deadline SET met_at = NULL WHERE child_id = %s AND kind = 'sustained_check'"


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    with clock.at(LATER):
        yield World()


def left() -> int:
    return counted("SELECT count(*) FROM insights_changed")


def by_owner() -> int:
    return refresh(using="owner")


def test_what_is_written_while_the_worker_counts_is_counted_by_the_next_refresh(world: World) -> None:
    case = closed(world)
    by_owner()
    with psycopg.connect(databases.server().url(database=connections["default"].settings_dict["NAME"])) as writer:
        writer.execute(_END, [case.child_id])
        # It waits for nobody, and nobody for it: neither the first change, counted now, nor the one that goes on.
        counted_of(case.child_id, "part_in_time", 0)
        assert by_owner() == 0
        writer.commit()
        assert left() == 1
        writer.execute(_OPEN_AGAIN, [case.child_id])
        assert by_owner() == 1
        counted_of(case.child_id, "part_in_time", 1)
        writer.commit()
    assert left() == 1
    assert by_owner() == 1
    counted_of(case.child_id, "part_in_time", 0)
    assert differences(using="owner") == []


def counted_of(child_id: object, part: str, number: int) -> None:
    lines = [line for row in Share.objects.using("owner").filter(child_id=child_id) for line in row.numbers]
    found = [line[3].get(part, 0) for line in lines if line[:2] == ["flow.clocks", "sustained_check"]]
    assert sum(found) == number


def test_two_workers_at_once_count_everybody_once(world: World) -> None:
    for _each in range(3):
        closed(world)
    numbers = at_once([by_owner, by_owner, by_owner])
    assert sum(numbers) == counted("SELECT count(DISTINCT child_id) FROM insights_share")
    assert left() == 0
    assert differences(using="owner") == []


def test_who_waited_for_another_worker_that_counted_everybody_does_not_begin_anew(world: World) -> None:
    closed(world)
    with psycopg.connect(databases.server().url(database=connections["default"].settings_dict["NAME"])) as first:
        first.execute("SELECT pg_advisory_xact_lock(hashtext('insights.refresh'))")
        numbers: list[int] = []
        second = threading.Thread(target=lambda: numbers.append(second_worker()))
        second.start()
        wait_until_one_waits()
        first.execute("DELETE FROM insights_changed")
        first.execute("INSERT INTO insights_counted (id, as_of, shape) VALUES (1, now(), %s)", [shape()])
        first.commit()
        second.join()
    assert numbers == [0]


def second_worker() -> int:
    try:
        return by_owner()
    finally:
        connections.close_all()


def wait_until_one_waits() -> None:
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    ends = time.monotonic() + 30
    while not counted(waiting):
        assert time.monotonic() < ends, "nobody waits"
        time.sleep(0.02)
