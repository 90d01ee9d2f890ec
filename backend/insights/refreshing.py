"""Keeps figures counted: counts those again of whom something changed, and moves the sums by the difference (ADR 61).

What a refresh costs grows with what changed. Nothing is lost: a change leaves a row in its own transaction; a row is
taken in the transaction that counts, and read before anything is counted, so that whatever is written meanwhile, to the
same child as well, leaves another row that the next refresh takes. Whoever is killed leaves everything as it was. One
refresh counts at a time, others wait for it: two would move the same sums from the same shares.
"""

import time
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from math import inf
from typing import Any
from uuid import UUID

import structlog
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections, transaction
from psycopg.types.json import Jsonb

from backend.access.binding import acting_as_system
from backend.access.models import SameChild
from backend.core import clock
from backend.insights.models import Cell, Share
from backend.insights.queries.adding import added
from backend.insights.queries.kept import KEPT, shape
from backend.insights.queries.ways import ways_counted
from backend.insights.queries.whose import counter_for

JOB = "insights.refresh"
# Children that are counted in one transaction.
_AT_ONCE = 1_000
# So long at most, and one transaction longer, the job keeps other jobs waiting; the rest is left to the next minute.
_A_WHILE = 20.0
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('insights.refresh'))"
_EVERYBODY = """WITH everybody AS (
    SELECT id FROM children_child UNION SELECT root_id FROM deadlines_deadline WHERE child_id IS NULL)
  INSERT INTO insights_changed (child_id, made_in) SELECT id, 0 FROM everybody ON CONFLICT DO NOTHING"""
# Whose records an agency ceased to see, or to give, because its time was over: no write says so.
_RUN_OUT = """WITH over AS (
    SELECT DISTINCT i.child_id FROM insights_counted c
      JOIN access_involvement i ON i.ends_at > c.as_of AND i.ends_at <= %s WHERE i.child_id IS NOT NULL)
  INSERT INTO insights_changed (child_id, made_in) SELECT child_id, 0 FROM over ON CONFLICT DO NOTHING"""
_MOVE = """INSERT INTO insights_cell (agency_id, figure, span, first_day, "group", part, number)
  SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::date[], %s::text[], %s::text[], %s::bigint[])
  ON CONFLICT (agency_id, figure, span, first_day, "group", part)
  DO UPDATE SET number = insights_cell.number + excluded.number"""
_KEEP = """INSERT INTO insights_share (child_id, agency_id, numbers)
  SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::jsonb[])"""
_TAKEN = """DELETE FROM insights_changed WHERE child_id IN (
    SELECT DISTINCT child_id FROM insights_changed WHERE failed_at IS NULL OR failed_at <= %s LIMIT %s)
  RETURNING child_id, attempts"""
# Beside the rows of transactions, whose numbers are above nought, and of marking everybody, which is nought.
_ASIDE = """INSERT INTO insights_changed (child_id, made_in, attempts, failed_at, error)
  SELECT child_id, -1, attempts, %s, error
    FROM unnest(%s::uuid[], %s::integer[], %s::text[]) AS aside (child_id, attempts, error)"""
# Whoever could not be counted is tried again so much later, or when something of theirs changes.
_TRIED_AGAIN_AFTER = timedelta(hours=1)
# Where counting fails for more at once, it is not they who cannot be counted.
_MOST_ASIDE = 20
_FORGET = """DELETE FROM insights_share s USING unnest(%s::uuid[], %s::uuid[]) AS gone (child_id, agency_id)
  WHERE (s.child_id, s.agency_id) = (gone.child_id, gone.agency_id)"""
_COUNTED = """INSERT INTO insights_counted (id, as_of, shape) VALUES (1, %s, %s)
  ON CONFLICT (id) DO UPDATE SET as_of = excluded.as_of, shape = excluded.shape"""
# What one child adds in one agency: figure, group, day, and its numbers.
Line = tuple[str, str, str, Mapping[str, int]]
Shares = Mapping[tuple[UUID, UUID], Sequence[Line]]
log = structlog.get_logger(__name__)
Say = Callable[[int, int], None]


def refresh(*, using: str = DEFAULT_DB_ALIAS, say: Say = lambda _done, _left: None, within: float = inf) -> int:
    """Count again whoever changed, in some seconds if that is said; return how many were counted."""
    _mark_what_no_write_has_marked(using)
    ends, counted, left = time.monotonic() + within, 0, 1
    while left and time.monotonic() < ends:
        taken, left = _take(using)
        counted += taken
        say(counted, left)
    return counted


def refresh_for_a_while() -> int:
    """Count whoever changed, as the job that runs every minute."""
    return refresh(within=_A_WHILE)


def rebuild(*, using: str = DEFAULT_DB_ALIAS, say: Say = lambda _done, _left: None) -> int:
    """Forget all sums and count everybody, after rows came in without triggers; pages count live meanwhile."""
    with transaction_of(using), connections[using].cursor() as cursor:
        cursor.execute(_LOCK)
        for statement in ("DELETE FROM insights_cell", "DELETE FROM insights_share", _EVERYBODY):
            cursor.execute(statement)
        cursor.execute(_COUNTED, [None, shape()])
    return refresh(using=using, say=say)


@contextmanager
def transaction_of(using: str) -> Iterator[None]:
    """Open a transaction: of the worker's, bound to the job, or of the owner's, whom row security does not hold."""
    opened: AbstractContextManager[Any] = transaction.atomic(using=using)
    with acting_as_system(job=JOB) if using == DEFAULT_DB_ALIAS else opened:
        yield


def _mark_what_no_write_has_marked(using: str) -> None:
    """Mark everybody when the product counts something else than it did; else whoever's time to see ran out."""
    with transaction_of(using), connections[using].cursor() as cursor:
        if _counts_something_else(cursor):
            cursor.execute(_LOCK)
            # Another worker may have begun while this one waited, and even have ended.
            if _counts_something_else(cursor):
                cursor.execute(_EVERYBODY)
                cursor.execute(_COUNTED, [None, shape()])
        else:
            cursor.execute(_RUN_OUT, [clock.now()])


def _counts_something_else(cursor: Any) -> bool:
    """Whether what was counted is not what this version of the product counts."""
    cursor.execute("SELECT 1 FROM insights_counted WHERE shape = %s", [shape()])
    return cursor.fetchone() is None


def _take(using: str) -> tuple[int, int]:
    """Count some of those that changed; return how many, and how many rows of changes are left.

    Where none is, everything is counted up to now: said here, so that nobody says it while somebody else begins anew.
    """
    with transaction_of(using), connections[using].cursor() as cursor:
        cursor.execute(_LOCK)
        began = clock.now()
        cursor.execute(_TAKEN, [began - _TRIED_AGAIN_AFTER, _AT_ONCE])
        attempts: dict[UUID, int] = {}
        for child, tried in cursor.fetchall():
            attempts[child] = max(tried, attempts.get(child, 0))
        errors: dict[UUID, str] = {}
        if attempts:
            _count(using, sorted(attempts), errors)
        _set_aside(cursor, {child: (attempts[child] + 1, error) for child, error in errors.items()})
        counted = len(attempts) - len(errors)
        if len(attempts) < _AT_ONCE:
            cursor.execute(_COUNTED, [began, shape()])
            return counted, 0
        cursor.execute("SELECT count(*) FROM insights_changed")
        return counted, cursor.fetchone()[0]


def _count(using: str, children: Sequence[UUID], errors: dict[UUID, str]) -> None:
    """Count children anew; where it fails, one half and then the other, so that only whoever it fails for is left."""
    try:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            every = _joined(using, set(children))
            _move(cursor, _kept(using, every), shares_of(every, using=using))
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        if len(errors) == _MOST_ASIDE:
            raise
        if len(children) == 1:
            errors[children[0]] = type(error).__name__
            return
        half = len(children) // 2
        for some in (children[:half], children[half:]):
            _count(using, some, errors)


def _set_aside(cursor: Any, failed: Mapping[UUID, tuple[int, str]]) -> None:
    """Keep whoever could not be counted for another try; what they added before stays in the sums."""
    if not failed:
        return
    errors = sorted({error for _attempts, error in failed.values()})
    # No more of it: what an error says may hold what was written about a child.
    log.error("some children could not be counted and are set aside", number=len(failed), errors=errors)
    columns = zip(*((child, *tried) for child, tried in failed.items()), strict=True)
    cursor.execute(_ASIDE, [clock.now(), *(list(column) for column in columns)])


def _joined(using: str, children: set[UUID]) -> tuple[UUID, ...]:
    """Return these records of children and those of the same children."""
    stand = SameChild.objects.using(using).filter(record_id__in=children).values("stands_for_id")
    others = SameChild.objects.using(using).filter(stands_for_id__in=stand).values_list("record_id", flat=True)
    return tuple(sorted(children | set(others)))


def _kept(using: str, children: Sequence[UUID]) -> Shares:
    rows = Share.objects.using(using).filter(child_id__in=children)
    return {(row.child_id, row.agency_id): [tuple(line) for line in row.numbers] for row in rows}


def shares_of(children: tuple[UUID, ...], *, using: str = DEFAULT_DB_ALIAS) -> Shares:
    """Count what some children add to the figures of each agency that has to do with them."""
    found: dict[tuple[UUID, UUID], dict[tuple[str, str, str], Tally[str]]] = defaultdict(lambda: defaultdict(Tally))
    for agency_id, ways in ways_counted(children, using=using):
        counter = counter_for(agency_id, children)
        for kept in KEPT.values():
            for one in added(kept, counter, ways, using=using):
                found[one.child_id, agency_id][one.figure, one.group, one.day.isoformat()].update(one.numbers)
    return {key: [(*line, dict(numbers)) for line, numbers in lines.items()] for key, lines in found.items()}


def _move(cursor: Any, before: Shares, after: Shares) -> None:
    """Put new shares in the place of old ones, and move the sums by what is different."""
    changed = [key for key in {*before, *after} if sorted(before.get(key, ())) != sorted(after.get(key, ()))]
    moved: Tally[tuple[Any, ...]] = Tally()
    for key in changed:
        moved.update(_cells(key[1], after.get(key, ())))
        moved.subtract(_cells(key[1], before.get(key, ())))
    cells = [(*key, number) for key, number in sorted(moved.items()) if number]
    if cells:
        cursor.execute(_MOVE, [list(column) for column in zip(*cells, strict=True)])
    cursor.execute(_FORGET, [[child for child, _agency in changed], [agency for _child, agency in changed]])
    kept = [(child, agency, Jsonb(after[child, agency])) for child, agency in changed if (child, agency) in after]
    if kept:
        cursor.execute(_KEEP, [list(column) for column in zip(*kept, strict=True)])


def _cells(agency_id: UUID, lines: Sequence[Line]) -> Tally[tuple[Any, ...]]:
    """Return the sums that the lines of one child are in: those of the day, and those of its month."""
    found: Tally[tuple[Any, ...]] = Tally()
    for figure, group, day, numbers in lines:
        on = date.fromisoformat(day)
        for span, first in ((Cell.DAY, on), (Cell.MONTH, on.replace(day=1))):
            for part, number in numbers.items():
                found[agency_id, figure, span, first, group, part] += number
    return found
