"""The worker counts, in the transaction of a test; and what it keeps beside what is counted live."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.insights.checking import differences
from backend.insights.queries import kept, trend
from backend.insights.queries.cuts import CUTS
from backend.insights.queries.flow import NOW, PERIODS, URGENT
from backend.insights.queries.kept import PAGES, PAGES_OF_NOW, Page, Read
from backend.insights.refreshing import refresh
from tests.promises.two_logins import as_worker


def refreshed() -> int:
    """Let the worker count whoever changed."""
    with as_worker():
        return refresh()


def unlike() -> list[str]:
    """What the product's own comparison finds."""
    with as_worker():
        return differences()


def read(who: Actor, page: Page, period: str = "year") -> Mapping[str, Any]:
    """What a page of somebody's says, from what is kept."""
    with acting(who):
        found = kept.read(page, who, NOW if page in PAGES_OF_NOW else PERIODS[period])
    return _told(found)


def recounted(who: Actor, page: Page, period: str = "year") -> Mapping[str, Any]:
    """What the records say to the same person, counted now."""
    with acting(who):
        found = kept.counted(page, who, PERIODS[period])
    return _told(found)


def _told(found: Read) -> Mapping[str, Any]:
    groups = {code: {row["group"]: dict(row) for row in rows} for code, rows in found.groups.items()}
    return {**found.numbers, **groups}


def wrong_months(people: Iterable[Actor]) -> list[str]:
    """Say whose months are kept otherwise than their events say."""
    found = []
    for who in people:
        with acting(who):
            told = kept.by_month(), trend.by_month(trend.counted_now())
        if told[0] != told[1]:
            found.append(f"months of {who.agency_name}: {told[0]} but {told[1]}")
    return found


def wrong_numbers(
    people: Iterable[Actor], periods: Iterable[str] = tuple(PERIODS), *, in_every_way: bool = False
) -> list[str]:
    """Say of each page and period of somebody's where what is kept is not what the records say.

    Told apart in every way, or each kind of clock, and each comparison, in one way of several.
    """
    found = []
    for who in people:
        for period in periods:
            for page in (*PAGES, *PAGES_OF_NOW, *_compared(in_every_way), *_cuts(who, period, in_every_way)):
                told, stands = read(who, page, period), recounted(who, page, period)
                if told != stands:
                    found.append(f"{page.name} of the last {period} for {who.name}: {told} but {stands}")
    return found


def _compared(in_every_way: bool) -> Iterator[Page]:
    yield from kept.FAIRNESS.values() if in_every_way else (kept.FAIRNESS["send"], kept.FAIRNESS["age"])


def _cuts(who: Actor, period: str, in_every_way: bool) -> Iterator[Page]:
    """The tables of each kind of clock that there is."""
    ways = list(CUTS)
    for place, clock in enumerate(sorted(read(who, kept.FLOW, period)[kept.CLOCKS])):
        kind, is_urgent = clock.removesuffix(URGENT), clock.endswith(URGENT)
        for by in ways if in_every_way else [ways[place % len(ways)]]:
            yield kept.cut_page(kind=kind, is_urgent=is_urgent, by=by)


@contextmanager
def rows_written() -> Iterator[dict[str, int]]:
    """Count the rows that are added, changed or removed inside, by table."""
    before, found = _written(), dict[str, int]()
    yield found
    found.update({table: number - before.get(table, 0) for table, number in _written().items()})


def _written() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return dict(cursor.fetchall())
