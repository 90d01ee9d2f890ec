"""What was shared with whom, across records, and which copies were given, as the database lets somebody have it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection

from backend.deadlines.calendar import at_local
from backend.oversight.queries.looks import Place

# The rows of one page.
ROWS = 50
BASES = "share_basis_article6"
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_SHARES = "SELECT * FROM app.shares(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
# Of requests for a copy (backend/rights), which stand above: a copy is given on the right of whoever asked.
_COPIES = "SELECT * FROM app.copies_given(%s, %s, %s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which shares somebody wants to see; nothing named is all of them. From `since` on and before `until`."""

    child_id: UUID | None = None
    agency_id: UUID | None = None
    basis: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One line of the ledger, with whether it was taken back or carried on; or a copy, given to whoever asked."""

    id: UUID
    at: datetime
    root_id: UUID
    child_id: UUID | None
    records: list[str]
    what: str = ""
    from_agency: str
    to_agency: str
    is_outside: bool = True
    purpose: str = ""
    article6: str = ""
    condition: str = ""
    power: str = ""
    by: str
    expires_on: date | None = None
    withdrawn_at: datetime | None = None
    renewed_at: datetime | None = None
    is_copy: bool = False


_SHARE = (
    *("id", "at", "root_id", "child_id", "records", "what", "from_agency", "to_agency", "is_outside", "purpose"),
    *("article6", "condition", "power", "by", "expires_on", "withdrawn_at", "renewed_at"),
)
_COPY = ("id", "at", "root_id", "child_id", "records", "from_agency", "to_agency", "by")


def shares(
    wanted: Wanted, before: Place | None, *, most: int = ROWS + 1, only: Sequence[UUID] | None = None
) -> list[Share]:
    """Return so many lines, the latest first; nothing for whom the database does not tell. `only`: of these."""
    at, key = before or (None, None)
    narrowed = (wanted.since, wanted.until, at, key, most, list(only) if only is not None else None)
    found = _rows(_SHARES, (wanted.child_id, wanted.agency_id, wanted.basis, *narrowed), _SHARE)
    if not wanted.basis:
        found += _rows(_COPIES, (wanted.child_id, wanted.agency_id, *narrowed), _COPY, is_copy=True)
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)[:most]


def _rows(statement: str, values: Sequence[Any], names: Sequence[str], **more: Any) -> list[Share]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Share(**dict(zip(names, row, strict=True)), **more) for row in cursor.fetchall()]


def month_of(given: str) -> tuple[datetime, datetime] | None:
    """Return when a month like 2026-11 begins and the next one does, as the clocks here say; None for no month."""
    found = _MONTH.fullmatch(given)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    following = date(year + month // 12, month % 12 + 1, 1)
    return at_local(date(year, month, 1), time.min), at_local(following, time.min)
