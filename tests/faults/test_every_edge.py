"""Whichever write of whichever edge breaks, nothing of it is left, and the same request does it all a moment later."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

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


@pytest.mark.parametrize("name", EVERY)
def test_a_fault_after_any_write_of_any_edge_leaves_nothing_behind(world: World, name: str) -> None:
    asked, who, began = asking(world, name), EVERY[name].who(world), uuid7()
    before, breaks_after, status = seen_by(who), 0, 500
    while status == 500:
        breaks_after += 1
        untaken = transaction.savepoint()
        with _watching(breaks_after) as done:
            status = asked.post().status_code
        # What it leaves is that somebody asked: the access log is written after it.
        assert status == (500 if len(done) >= breaks_after else 200), done
    assert breaks_after > 1
    bind(who.membership_id)
    assert Event.objects.filter(pk__gt=began).exists()
    # Looking at every table takes long: what the faults left, one look shows once the edge itself is taken back.
    transaction.savepoint_rollback(untaken)
    assert seen_by(who) == before
