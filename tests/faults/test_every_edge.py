"""Whichever write of whichever edge breaks, nothing of it is left, and the same request does it all a moment later."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from tests.api.costs.asking import Asking, asking
from tests.api.costs.rows import MORE, ROWS
from tests.faults.broken import Broken, is_still, seen_by
from tests.faults.victim import writes
from tests.world import World

pytestmark = pytest.mark.django_db

EVERY = {**ROWS, **MORE}


@contextmanager
def _watching(breaks_after: int | None = None) -> Iterator[list[str]]:
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


def _how_many(asked: Asking) -> int:
    """Take the edge, count what it writes, and take it back."""
    with transaction.atomic(), _watching() as done:
        answer = asked.post()
        assert answer.status_code == 200, answer.content
        transaction.set_rollback(True)
    return len(done)


@pytest.mark.parametrize("name", EVERY)
def test_a_fault_after_any_write_of_any_edge_leaves_nothing_behind(world: World, name: str) -> None:
    asked, who = asking(world, name), EVERY[name].who(world)
    before = seen_by(who)
    writes = _how_many(asked)
    for number in range(1, writes + 1):
        with _watching(breaks_after=number) as done:
            status = asked.post().status_code
        # What it leaves is that somebody asked: the access log is written after it.
        assert (status, len(done) >= number) == (500, True), done
    # Looking at every table takes longest; what counting had left would still be there too.
    assert seen_by(who) == before
    assert asked.post().status_code == 200
    assert not is_still(before, who)
