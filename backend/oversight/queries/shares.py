"""What was shared with whom, across records, as app.shares lets somebody have it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from backend.oversight.queries.looks import Place

# The rows of one page.
ROWS = 50
_SHARES = "SELECT * FROM app.shares(%s, %s, %s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which shares somebody wants to see; nothing named is all of them. From `since` on and before `until`."""

    child_id: UUID | None = None
    agency_id: UUID | None = None
    basis: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """One line of the ledger, with whether it was taken back or carried on."""

    id: UUID
    at: datetime
    root_id: UUID
    child_id: UUID | None
    records: list[str]
    what: str
    from_agency: str
    to_agency: str
    is_outside: bool
    purpose: str
    article6: str
    condition: str
    power: str
    by: str
    expires_on: date | None
    withdrawn_at: datetime | None
    renewed_at: datetime | None


def shares(wanted: Wanted, before: Place | None) -> list[Share]:
    """Return a page of shares and one more, the latest first; nothing for whom the database does not tell."""
    at, key = before or (None, None)
    values = [wanted.child_id, wanted.agency_id, wanted.basis, wanted.since, wanted.until, at, key, ROWS + 1]
    with connection.cursor() as cursor:
        cursor.execute(_SHARES, values)
        return [Share(*row) for row in cursor.fetchall()]
