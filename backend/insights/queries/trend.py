"""How the work of an agency has grown or shrunk, month by month, from the events that began and ended it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from backend.deadlines.calendar import at_local
from backend.insights.queries.published import last_months

OPEN, OPENED, CLOSED, RECEIVED = "open", "opened", "closed", "received"
COUNTED = (OPEN, OPENED, CLOSED, RECEIVED)
_BY_MONTH = """SELECT to_char(at AT TIME ZONE 'Europe/London', 'YYYY-MM'), what, count(*)
                 FROM app.agency_moves(%s, %s) GROUP BY 1, 2"""
_IN_MONTH = "SELECT * FROM app.agency_moves(%(since)s, %(until)s) WHERE what = %(what)s AND at >= %(since)s"
# Of each case what came last: whatever began and had not ended.
_OPEN_THEN = """SELECT * FROM (SELECT DISTINCT ON (root_id) * FROM app.agency_moves(%(until)s, %(until)s)
                 ORDER BY root_id, version DESC) AS last WHERE what = 'opened'"""
_PAGE = """SELECT event_id, root_id, child_id, at, verb FROM ({moves}) AS moved
            WHERE %(at)s::timestamptz IS NULL OR (at, event_id) > (%(at)s, %(key)s)
            ORDER BY at, event_id LIMIT %(most)s"""


@dataclass(frozen=True, slots=True)
class Month:
    """One month, with how much was open when it ended and what came and went in it."""

    code: str
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Moved:
    """One case or referral that a number counts, and the event by which it came or went."""

    event_id: UUID
    root_id: UUID
    child_id: UUID
    at: datetime
    verb: str


def bounds_of(code: str) -> tuple[datetime, datetime]:
    """Return the first instant of a month in England, and the first that is not in it any more."""
    first = date.fromisoformat(f"{code}-01")
    following = (first + timedelta(days=31)).replace(day=1)
    return at_local(first, time.min), at_local(following, time.min)


def trend() -> Sequence[Month]:
    """Return the last twelve whole months of the agency that the actor manages, in one statement."""
    months = last_months()
    since, until = bounds_of(months[0])[0], bounds_of(months[-1])[1]
    with connection.cursor() as cursor:
        cursor.execute(_BY_MONTH, [since, until])
        counted = {(month, what): number for month, what, number in cursor.fetchall()}
    before = [(what, number) for (month, what), number in counted.items() if month < months[0]]
    standing = sum(number if what == OPENED else -number for what, number in before)
    found = []
    for code in months:
        moved = Counter({what: counted.get((code, what), 0) for what in (OPENED, CLOSED, RECEIVED)})
        standing += moved[OPENED] - moved[CLOSED]
        found.append(Month(code, {OPEN: standing, **moved}))
    return found


def behind(month: str, what: str, *, most: int, after: tuple[datetime, UUID] | None = None) -> Sequence[Moved]:
    """Return the first of what one number counts, or of those after a place, the earliest first, in one statement."""
    since, until = bounds_of(month)
    at, key = after or (None, None)
    moves = _OPEN_THEN if what == OPEN else _IN_MONTH
    values: dict[str, Any] = {"since": since, "until": until, "what": what, "at": at, "key": key, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_PAGE.format(moves=moves), values)
        return [Moved(*row) for row in cursor.fetchall()]
