"""What was published of the whole partnership: the months that there are, and reports made of their cells."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from backend.core import clock
from backend.deadlines.calendar import local
from backend.insights.codes import DIMENSIONS
from backend.insights.disclosure import Published
from backend.insights.models import PublishedMonth
from backend.insights.saying_codes import SAYING_DIMENSIONS

REFERRALS, CLOSINGS, SAYINGS = "referrals", "closings", "sayings"
# By what each thing that is counted may be asked for, the month first: one set of cells each.
DIMENSIONS_OF: Mapping[str, tuple[str, ...]] = {
    REFERRALS: DIMENSIONS,
    CLOSINGS: ("month", "theme", "agency", "reason"),
    SAYINGS: SAYING_DIMENSIONS,
}
MONTHS = 12
_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Months:
    """The last twelve months that were published, the first one first, and when the last of them was."""

    days: Sequence[date]
    published_at: datetime | None
    everything: Published

    @property
    def quarters(self) -> Sequence[Sequence[date]]:
        """Return the whole quarters among them, the last one first."""
        found = [self.days[place : place + _QUARTER] for place in range(len(self.days))]
        return [days for days in reversed(found) if len(days) == _QUARTER and days[0].month % _QUARTER == 1]


def published(counted: str) -> Months:
    """Return what may be read of one thing; whose it is, row security decides."""
    found = PublishedMonth.objects.filter(counted=counted).order_by("-month")
    rows = list(found.values_list("id", "month", "published_at")[:MONTHS])[::-1]
    everything = _cells_of(counted, tuple(row_id for row_id, _month, _at in rows))
    return Months([month for _id, month, _at in rows], rows[-1][2] if rows else None, everything)


def published_of(counted: str, names: Collection[str]) -> tuple[Published, list[str]]:
    """Return the cells of some months, and the names of those among them that have been published."""
    months = [date.fromisoformat(f"{name}-01") for name in names]
    rows = list(PublishedMonth.objects.filter(counted=counted, month__in=months).order_by("month"))
    return as_published(counted, rows), [month_name(row.month) for row in rows]


@lru_cache(maxsize=6)
def _cells_of(counted: str, ids: tuple[UUID, ...]) -> Published:
    """Return the cells of months that somebody may read; a month never changes, so they are read once a process."""
    return as_published(counted, PublishedMonth.objects.filter(pk__in=ids))


def as_published(counted: str, rows: Iterable[PublishedMonth]) -> Published:
    """Return the cells of several months together."""
    found = [((month_name(row.month), *cell["key"]), cell) for row in rows for cell in row.cells]
    return Published(
        DIMENSIONS_OF[counted],
        {key: cell["number"] for key, cell in found},
        marks={key: cell["marks"] for key, cell in found if cell["marks"]},
    )


def months_up_to(last: date) -> list[date]:
    """Return the first days of the twelve months that end with one, the first one first."""
    months = [last]
    for _each in range(MONTHS - 1):
        months.append(month_before(months[-1]))
    return months[::-1]


def month_before(day: date) -> date:
    """Return the first day of the month before that of a day."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_name(month: date) -> str:
    """Return a month as it is called in a cell."""
    return f"{month:%Y-%m}"


def last_months() -> Sequence[str]:
    """Return the names of the twelve whole months that ended last, the first one first."""
    return [month_name(month) for month in months_up_to(month_before(local(clock.now()).date()))]
