"""Publishes whole months: the one thing of insights that writes, and it writes each month once (ADR 58)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from uuid import UUID

from django.db import connection

from backend.agencies.models import Partnership
from backend.core import clock
from backend.deadlines.calendar import at_local, local
from backend.insights.codes import DIMENSIONS, Recorded
from backend.insights.disclosure import Key, Marks, Published, publish
from backend.insights.models import PublishedMonth
from backend.insights.queries.needs import REFERRALS, as_published, month_before, month_name, months_up_to

# After its end, a month waits so long for what is still to be decided of it; then it stays as it is.
SETTLES = timedelta(days=14)
_COUNTED = """SELECT month, ward, theme, source, state, age, sex, ethnicity, needs, factor, number
                FROM app.referrals_counted(%s, %s, %s)"""


def publish_months() -> int:
    """Publish, of every partnership, the months of the last twelve that are ready; return how many there were."""
    last = month_before(local(clock.now() - SETTLES).date())
    return sum(_publish(one, months_up_to(last)) for one in Partnership.objects.values_list("id", flat=True))


def _publish(partnership_id: UUID, months: Sequence[date]) -> int:
    """Publish what is missing of twelve months; their margins stay near across all of them, whenever each was made."""
    rows = PublishedMonth.objects.filter(partnership_id=partnership_id, counted=REFERRALS, month__in=months)
    stand = {row.month: row for row in rows}
    # A month that was left out when later ones were published is never put between them.
    missing = [month for month in months if month > max(stand, default=date.min)]
    if not missing:
        return 0
    counts, marks = _counted(partnership_id, months)
    times = {month_name(month) for month in stand}
    everything = publish(DIMENSIONS, counts, marks=marks, before=as_published(stand.values()), times=times)
    PublishedMonth.objects.bulk_create(
        PublishedMonth(
            partnership_id=partnership_id, counted=REFERRALS, month=month, cells=_cells(everything, month_name(month))
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


def _counted(partnership_id: UUID, months: Sequence[date]) -> tuple[Mapping[Key, int], Mapping[Key, Marks]]:
    """Return the exact counts, and how many in each name which factor; they leave this module only published."""
    first, after = months[0], (months[-1] + timedelta(days=31)).replace(day=1)
    counts: Counter[Key] = Counter()
    marks: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [partnership_id, at_local(first, time.min), at_local(after, time.min)])
        for month, *recorded, factor, number in cursor.fetchall():
            key = (month, *Recorded(*recorded).codes)
            if factor:
                marks[key][factor] += number
            else:
                counts[key] += number
    return counts, marks
