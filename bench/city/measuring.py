"""How long each work takes in cities of several sizes, how many statements it makes, and how much the database reads.

Through the product's own addresses, as the web role, row security and all, in the process that measures. The cities
take turns at each work, so that what else the machine does falls on all of them. Times depend on the machine and on who
else uses it; pages of the database that were touched do not, and say whether a work grows with the city.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import quantiles

from django.db import connections
from django.test.utils import CaptureQueriesContext

from backend.access.actors import Actor
from backend.access.binding import acting
from bench.city.making import connected_to
from bench.city.works import WORKS, NoAnswer, Work

# The first ones do not count: they fill caches.
_BEFORE = 2
# So many seconds at most for one work in one city: what is slow is done fewer times.
_PATIENCE = 45
_TOUCHED = "SELECT blks_hit + blks_read FROM pg_stat_database WHERE datname = current_database()"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one work costs in one city: milliseconds, statements, pages of the database that one request touches."""

    times: int
    p50: float
    p95: float
    statements: int
    pages: int
    slowest: float
    plan: str


def costs(
    cities: Sequence[str], *, only: str, times: int, explain: bool
) -> Iterator[tuple[Work, Sequence[Cost | None]]]:
    """Yield what each work whose name has this word costs in each of some cities."""
    for work in (one for one in WORKS if only.casefold() in one.name.casefold()):
        found: list[Cost | None] = []
        for city in cities:
            with connected_to(city):
                try:
                    found.append(_cost(work, times, explain=explain))
                except NoAnswer:
                    found.append(None)
        yield work, found


def _cost(work: Work, times: int, *, explain: bool) -> Cost:
    act = work.prepare(_BEFORE + times + 1)
    began = time.perf_counter()
    for nth in range(_BEFORE):
        act(nth)
    times = max(2, min(times, int(_PATIENCE * _BEFORE / (time.perf_counter() - began))))
    touched, took = _touched(), []
    for nth in range(_BEFORE, _BEFORE + times):
        began = time.perf_counter()
        act(nth)
        took.append((time.perf_counter() - began) * 1000)
    pages = (_touched() - touched) // times
    captured = _captured(lambda: act(_BEFORE + times))
    slowest = max(captured, key=lambda one: float(one["time"]))
    plan = _plan(work.who(), slowest["sql"]) if explain else ""
    cuts = quantiles(took, n=20, method="inclusive")
    return Cost(times, cuts[9], cuts[18], len(captured), pages, float(slowest["time"]) * 1000, plan)


def _captured(act: Callable[[], None]) -> list[dict[str, str]]:
    web, owner = (CaptureQueriesContext(connections[alias]) for alias in ("default", "owner"))
    with web, owner:
        act()
    return list(chain(web.captured_queries, owner.captured_queries))


def _touched() -> int:
    """Return how many pages this database has looked at, also those that are not told yet."""
    for alias in ("default", "owner"):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT pg_stat_force_next_flush()")
    with connections["owner"].cursor() as cursor:
        cursor.execute(_TOUCHED)
        return int(cursor.fetchone()[0])


def _plan(who: Actor, statement: str) -> str:
    """Return how the database answers somebody's statement, with what it read."""
    if not statement.startswith(("SELECT", "WITH")):
        return statement
    with acting(who), connections["default"].cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement}")
        return "\n".join(line for (line,) in cursor.fetchall())
