"""Whichever write of whichever edge breaks, nothing of it is left, and the same request does it all a moment later."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from zlib import crc32

import pytest
from django.db import connection, transaction

from backend.access.binding import bind
from backend.audit.models import Event
from backend.core.ids import uuid7
from tests.api.costs.asking import asking
from tests.api.costs.rows import MORE, ROWS
from tests.faults.broken import Broken, seen_by
from tests.faults.victim import writes
from tests.world import World

pytestmark = pytest.mark.django_db

EVERY = {**ROWS, **MORE}
NEVER = 0


@contextmanager
def _watching(breaks_after: int) -> Iterator[list[str]]:
    """Count the writes; break once the one of that number is done."""
    done: list[str] = []

    def step(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        if writes(str(sql)):
            done.append(str(sql)[:60])
            if len(done) == breaks_after:
                raise Broken
        return answer

    with connection.execute_wrapper(step):
        yield done


@pytest.mark.deep
@pytest.mark.parametrize("name", EVERY)
def test_a_fault_after_any_write_of_any_edge_leaves_nothing_behind(world: World, name: str) -> None:
    _leaves_nothing_behind(world, name, lambda writes: range(1, writes + 1))


@pytest.mark.spread(4)
@pytest.mark.parametrize("name", EVERY)
def test_a_fault_in_an_edge_leaves_nothing_behind(world: World, name: str) -> None:
    """In every run a quarter of the edges: after the last write, and after one on the way, another for each edge."""
    _leaves_nothing_behind(world, name, lambda writes: {1 + crc32(name.encode()) % writes, writes})


def _leaves_nothing_behind(world: World, name: str, places: Callable[[int], Iterable[int]]) -> None:
    asked, who, began = asking(world, name), EVERY[name].who(world), uuid7()
    before, untaken = seen_by(who), transaction.savepoint()
    with _watching(NEVER) as done:
        assert asked.post().status_code == 200
    bind(who.membership_id)
    assert Event.objects.filter(pk__gt=began).exists()
    transaction.savepoint_rollback(untaken)
    assert len(done) > 1
    for breaks_after in places(len(done)):
        with _watching(breaks_after):
            # What it leaves is that somebody asked: the access log is written after it.
            assert asked.post().status_code == 500, breaks_after
    # Looking at every table takes long: what the faults left, one look shows.
    assert seen_by(who) == before
    assert asked.post().status_code == 200
