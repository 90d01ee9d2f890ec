"""The worker counts, in the transaction of a test; and what it keeps beside what is counted live."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.insights.checking import differences
from backend.insights.queries import kept, trend
from backend.insights.queries.flow import PERIODS
from backend.insights.queries.kept import PAGES, Page
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
        found = kept.read(page, who, PERIODS[period])
    return {**found.numbers, **{code: _by_group(groups) for code, groups in found.groups.items()}}


def recounted(who: Actor, page: Page, period: str = "year") -> Mapping[str, Any]:
    """What the records say to the same person, counted now."""
    with acting(who):
        found = {code: figure.counted(who, PERIODS[period]) for code, figure in page.figures.items()}
        groups = {code: figure.split(who, PERIODS[period]) for code, figure in page.split.items()}
    return {**found, **{code: _by_group(rows) for code, rows in groups.items()}}


def _by_group(rows: Any) -> Mapping[str, Any]:
    return {row["group"]: dict(row) for row in rows}


def wrong_months(people: Iterable[Actor]) -> list[str]:
    """Say whose months are kept otherwise than their events say."""
    found = []
    for who in people:
        with acting(who):
            told = kept.by_month(), trend.by_month(trend.counted_now())
        if told[0] != told[1]:
            found.append(f"months of {who.agency_name}: {told[0]} but {told[1]}")
    return found


def wrong_numbers(people: Iterable[Actor], periods: Iterable[str] = tuple(PERIODS)) -> list[str]:
    """Say of each page and period of somebody's where what is kept is not what the records say."""
    return [
        f"{page.name} of the last {period} for {who.name}: {read(who, page, period)} but {recounted(who, page, period)}"
        for who in people
        for page in PAGES
        for period in periods
        if read(who, page, period) != recounted(who, page, period)
    ]


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
