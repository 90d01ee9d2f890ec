"""Publishes whole months: the one thing of insights that writes, and it writes each month once (ADR 58)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection

from backend.agencies.models import Partnership
from backend.core import clock
from backend.deadlines.calendar import at_local, local
from backend.insights.codes import Recorded
from backend.insights.disclosure import Key, Marks, Published, publish
from backend.insights.models import PublishedMonth
from backend.insights.queries.published import (
    CLOSINGS,
    DIMENSIONS_OF,
    REFERRALS,
    SAYINGS,
    as_published,
    month_before,
    month_name,
    months_up_to,
)
from backend.insights.saying_codes import Said

# Exact counts by key, and how many of each key bear which mark.
Counts = tuple[Mapping[Key, int], Mapping[Key, Marks]]
Rows = Iterable[tuple[Any, ...]]
# After its end, a month waits so long for what is still to be decided of it; then it stays as it is.
SETTLES = timedelta(days=14)


def publish_months() -> int:
    """Publish, of every partnership, the months of the last twelve that are ready; return how many there were."""
    months = months_up_to(month_before(local(clock.now() - SETTLES).date()))
    partnerships = Partnership.objects.values_list("id", flat=True)
    return sum(_publish(one, counted, months) for one in partnerships for counted in _COUNTED)


def _publish(partnership_id: UUID, counted: str, months: Sequence[date]) -> int:
    """Publish what is missing of twelve months; their margins stay near across all of them, whenever each was made."""
    rows = PublishedMonth.objects.filter(partnership_id=partnership_id, counted=counted, month__in=months)
    stand = {row.month: row for row in rows}
    # A month that was left out when later ones were published is never put between them.
    missing = [month for month in months if month > max(stand, default=date.min)]
    if not missing:
        return 0
    counts, marks = _exact(partnership_id, counted, months)
    everything = publish(
        DIMENSIONS_OF[counted],
        counts,
        marks=marks,
        before=as_published(counted, stand.values()),
        times={month_name(month) for month in stand},
    )
    PublishedMonth.objects.bulk_create(
        PublishedMonth(
            partnership_id=partnership_id, counted=counted, month=month, cells=_cells(everything, month_name(month))
        )
        for month in missing
    )
    return len(missing)


def _cells(everything: Published, name: str) -> list[dict[str, object]]:
    of_month = everything.where(month=[name])
    return [
        {"key": key[1:], "number": number, "marks": of_month.marks.get(key, {})}
        for key, number in of_month.cells.items()
    ]


def _exact(partnership_id: UUID, counted: str, months: Sequence[date]) -> Counts:
    """Return the exact counts; they leave this module only published."""
    first, after = months[0], (months[-1] + timedelta(days=31)).replace(day=1)
    statement, read = _COUNTED[counted]
    with connection.cursor() as cursor:
        cursor.execute(statement, [partnership_id, at_local(first, time.min), at_local(after, time.min)])
        return read(cursor.fetchall())


def _marked(recorded: Callable[..., Recorded | Said], rows: Rows) -> Counts:
    """Return how many there are of each key, and how many of them name which factor or theme."""
    counts: Counter[Key] = Counter()
    marks: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    for month, *told, mark, number in rows:
        key = (month, *recorded(*told).codes)
        if mark:
            marks[key][mark] += number
        else:
            counts[key] += number
    return counts, marks


def _closings(rows: Rows) -> Counts:
    """Return how many there are of each key; a case bears no mark."""
    return {row[:-1]: row[-1] for row in rows}, {}


_COUNTED: Mapping[str, tuple[str, Callable[[Rows], Counts]]] = {
    REFERRALS: (
        """SELECT month, ward, theme, source, state, age, sex, ethnicity, needs, factor, number
             FROM app.referrals_counted(%s, %s, %s)""",
        partial(_marked, Recorded),
    ),
    CLOSINGS: ("SELECT month, theme, agency, reason, number FROM app.closings_counted(%s, %s, %s)", _closings),
    SAYINGS: (
        "SELECT month, ward, speaker, direction, theme, number FROM app.sayings_counted(%s, %s, %s)",
        partial(_marked, Said),
    ),
}
