"""How the work of an agency has grown or shrunk, month by month, from the events that began and ended it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Exists, F, Model, OuterRef, Q, Value, When
from django.db.models import Case as Chosen
from django.db.models.functions import TruncDate

from backend.access.actors import Actor
from backend.cases.models import Case
from backend.deadlines.calendar import LONDON, at_local
from backend.insights.queries.figures import Figure
from backend.insights.queries.flow import Period, Records
from backend.insights.queries.published import last_months
from backend.insights.queries.whose import countable
from backend.referrals.models import Referral

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
    first, last = days_of(code)
    return at_local(first, time.min), at_local(last + timedelta(days=1), time.min)


def days_of(code: str) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    first = date.fromisoformat(f"{code}-01")
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def counted_now() -> Mapping[tuple[str, str], int]:
    """Return how often the agency that the actor manages began or ended something, by month and what, from events."""
    months = last_months()
    since, until = bounds_of(months[0])[0], bounds_of(months[-1])[1]
    with connection.cursor() as cursor:
        cursor.execute(_BY_MONTH, [since, until])
        return {(month, what): number for month, what, number in cursor.fetchall()}


def by_month(counted: Mapping[tuple[str, str], int]) -> Sequence[Month]:
    """Return the last twelve whole months, of numbers from the first month that there ever was."""
    months = last_months()
    before = [(what, number) for (month, what), number in counted.items() if month < months[0]]
    standing = sum({OPENED: number, CLOSED: -number}.get(what, 0) for what, number in before)
    found = []
    for code in months:
        moved = Counter({what: counted.get((code, what), 0) for what in (OPENED, CLOSED, RECEIVED)})
        standing += moved[OPENED] - moved[CLOSED]
        found.append(Month(code, {OPEN: standing, **moved}))
    return found


def _of_cases(actor: Actor, period: Period) -> Records:
    """Return what cases were after each act by which they became open and the agency's, or either no more.

    For the worker, who reads the history of cases that the agency leads no more: app.agency_moves, as rows.
    """
    since, until = period.bounds
    rows = Case.history.model.objects.filter(history_date__gte=since, history_date__lt=until)
    ours = Q(lead_agency_id=actor.agency_id) & ~Q(state=Case.CLOSED)
    before = Case.history.model.objects.filter(ours, id=OuterRef("id"), version=OuterRef("version") - 1)
    is_ours = Chosen(When(ours, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())
    stood = countable(actor, rows).annotate(was_ours=Exists(before), is_ours=is_ours)
    found: Records = stood.exclude(is_ours=F("was_ours"))
    return found


def _of_referrals(actor: Actor, period: Period) -> Records:
    since, until = period.bounds
    rows = Referral.history.model.objects.filter(
        holder_id=actor.agency_id,
        history_change_reason__in=("referral.submit", "referral.take"),
        history_date__gte=since,
        history_date__lt=until,
    )
    found: Records = countable(actor, rows)
    return found


def moved_on(_model: type[Model]) -> TruncDate:
    """Return the day on which something came or went."""
    return TruncDate("history_date", tzinfo=LONDON)


_ORDER = ("history_date", "history_id")
MOVES: Mapping[str, Figure] = {
    "cases": Figure(
        _of_cases,
        {OPENED: Q(is_ours=True), CLOSED: Q(is_ours=False)},
        _ORDER,
    ),
    "referrals": Figure(_of_referrals, {RECEIVED: Q()}, _ORDER),
}


def behind(month: str, what: str, *, most: int, after: tuple[datetime, UUID] | None = None) -> Sequence[Moved]:
    """Return the first of what one number counts, or of those after a place, the earliest first, in one statement."""
    since, until = bounds_of(month)
    at, key = after or (None, None)
    moves = _OPEN_THEN if what == OPEN else _IN_MONTH
    values: dict[str, Any] = {"since": since, "until": until, "what": what, "at": at, "key": key, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_PAGE.format(moves=moves), values)
        return [Moved(*row) for row in cursor.fetchall()]
