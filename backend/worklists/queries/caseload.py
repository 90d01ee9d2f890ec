"""Reads of a caseload: which open cases, each with what is due next in it, what is due first at the top."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from backend.access.actors import Actor
from backend.cases import queries as cases
from backend.cases.models import Case
from backend.children.names import words
from backend.core import clock
from backend.core.ids import is_reference
from backend.deadlines.calendar import local
from backend.deadlines.kinds import NEVER_NEXT
from backend.worklists.queries.finding import MOST, children_named
from backend.worklists.rules import TURNING_DAYS

VIEWS: Mapping[str, Callable[[Actor], QuerySet[Case]]] = {"lead": cases.led, "mine": cases.worked}
# Where the place given, if any, is the last row of the page before.
_COMING = """SELECT case_id, due_at, has_hour, kind, label, record_id
               FROM app.coming_in(ARRAY({cases}), %s, %s, %s)
              WHERE (%s::timestamptz IS NULL OR (due_at, case_id) > (%s, %s))
                AND (%s::timestamptz IS NULL OR due_at < %s)
              ORDER BY due_at, case_id LIMIT %s"""
_LABELS = {
    "review": "Next review or meeting",
    "alert": "Look again at what visitors must know",
    "session": "Session of {}",
}
_PATHS = {"action": "/actions/{}", "session": "/interventions/{}"}


@dataclass(frozen=True, slots=True)
class Next:
    """What is due next in a case: a day for what was planned, an instant for what has an hour."""

    at: datetime
    due: datetime | date
    label: str
    # Where it is done, if not in the case itself.
    path: str

    @property
    def is_late(self) -> bool:
        """Say whether its hour, or the whole of its day, is over."""
        return self.at < clock.now()


@dataclass(frozen=True, slots=True)
class Carried:
    """One case of a caseload, and what is due next in it."""

    case: Case
    next: Next

    @property
    def place(self) -> tuple[datetime, UUID]:
        """Return where it stands in the order of the caseload."""
        return self.next.at, self.case.id


def caseload(
    actor: Actor,
    found: QuerySet[Case],
    *,
    most: int,
    after: tuple[datetime, UUID] | None = None,
    is_late: bool = False,
) -> Sequence[Carried]:
    """Return the first of these cases by what is due next, or those after a place, in two statements.

    Where `is_late`, only those in which something is overdue.
    """
    coming = _coming(found, most, after, before=clock.now() if is_late else None)
    shown = cases.visible_to(actor).in_bulk(list(coming))
    return [Carried(shown[pk], one) for pk, one in coming.items() if pk in shown]


def find_in(
    actor: Actor, found: QuerySet[Case], text: str, *, born: date | None = None
) -> tuple[Sequence[Carried], bool]:
    """Return those of a reference, or of children whose name is nearly what was typed, and whether more may be."""
    if is_reference(text.strip()):
        return caseload(actor, found.filter(reference=text.strip().upper()), most=1), False
    key = " ".join(words(text))
    children = children_named(key, born=born) if key else []
    carried = caseload(actor, found.filter(child_id__in=children), most=MOST)
    return carried, len(children) == MOST


def _coming(
    found: QuerySet[Case], most: int, after: tuple[datetime, UUID] | None, *, before: datetime | None
) -> dict[UUID, Next]:
    try:
        inner, given = found.order_by().values("id").query.sql_with_params()
    except EmptyResultSet:
        return {}
    at, key = after or (None, None)
    today = local(clock.now()).date()
    values = [*given, today, TURNING_DAYS, list(NEVER_NEXT), at, at, key, before, before, most]
    with connection.cursor() as cursor:
        cursor.execute(_COMING.format(cases=inner), values)
        return {row[0]: _next(*row) for row in cursor.fetchall()}


def _next(case_id: UUID, at: datetime, has_hour: bool, kind: str, label: str, record_id: UUID | None) -> Next:
    path = _PATHS[kind].format(record_id) if kind in _PATHS else f"/cases/{case_id}"
    return Next(at, at if has_hour else local(at).date(), _LABELS.get(kind, label).format(label), path)
