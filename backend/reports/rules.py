"""Which months a report may be about, and how one proves that it is still what it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import orjson

from backend.core import clock
from backend.deadlines.calendar import local

_QUARTER, _YEAR = 3, 12
# Years of the public purse begin in April, and so quarters fit into them.
_YEAR_BEGINS = 4
_QUARTERS, _YEARS = 8, 3


@dataclass(frozen=True, slots=True)
class Span:
    """Whole months that are over, from the first days of the first and of the last one."""

    first: date
    last: date

    @property
    def code(self) -> str:
        """Return what a form sends of it."""
        return f"{self.first:%Y-%m}_{self.last:%Y-%m}"

    @property
    def said(self) -> str:
        """Return it in words."""
        return (
            f"{self.first:%B}{'' if self.first.year == self.last.year else f' {self.first.year}'} to {self.last:%B %Y}"
        )

    @property
    def months(self) -> Sequence[str]:
        """Return its months, the first one first."""
        found = [self.first]
        while found[-1] < self.last:
            found.append(_later(found[-1], 1))
        return [month.strftime("%Y-%m") for month in found]


def spans() -> Mapping[str, Span]:
    """Return the quarters and years that a report may be about, by their codes; the latest quarter comes first."""
    today = local(clock.now()).date()
    quarter = date(today.year, (today.month - 1) // _QUARTER * _QUARTER + 1, 1)
    year = date(today.year - (today.month < _YEAR_BEGINS), _YEAR_BEGINS, 1)
    found = [
        *(_span(_later(quarter, -_QUARTER * back), _QUARTER) for back in range(1, _QUARTERS + 1)),
        *(_span(_later(year, -_YEAR * back), _YEAR) for back in range(1, _YEARS + 1)),
    ]
    return {span.code: span for span in found}


def proof_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of all that a report says, written as JSON with sorted keys and no white space."""
    return sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _span(first: date, months: int) -> Span:
    return Span(first, (_later(first, months) - timedelta(days=1)).replace(day=1))


def _later(month: date, months: int) -> date:
    years, number = divmod(month.month - 1 + months, 12)
    return date(month.year + years, number + 1, 1)
