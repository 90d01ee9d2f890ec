"""Which records of a city are past: nothing of them is open, nor of anything that they have to do with."""

from collections.abc import Iterable, Sequence

import psycopg

from backend.cases.models import Case
from backend.referrals.models import Referral

# What somebody still has to do something about, or is told about when they read.
_OPEN = (
    ("SELECT id::text FROM referrals_referral WHERE state = ANY (%s)", [Referral.DRAFT, *Referral.OPEN]),
    ("SELECT id::text FROM cases_case WHERE state = ANY (%s)", list(Case.OPEN)),
    ("SELECT root_id::text FROM deadlines_deadline WHERE met_at IS NULL AND stopped_at IS NULL", None),
    ("SELECT child_id::text FROM access_named WHERE ended_at IS NULL", None),
)


def past(server: psycopg.Connection, rows: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the names that belong to nothing open, of rows told by the names of records in each.

    Records that are named together in any row stay together: a past record is whole, or it is not there.
    """
    leads: dict[str, str] = {}
    for first, *others in (row for row in rows if row):
        top = _top(leads, first)
        for name in others:
            leads[_top(leads, name)] = top
    asked = (server.execute(query.encode(), [states] if states else []) for query, states in _OPEN)
    still_open = {_top(leads, name) for found in asked for (name,) in found}
    return frozenset(name for name in list(leads) if _top(leads, name) not in still_open)


def _top(leads: dict[str, str], name: str) -> str:
    """Return the name that stands for all that belong together with this one."""
    path = []
    while (above := leads.setdefault(name, name)) != name:
        path.append(name)
        name = above
    leads.update(dict.fromkeys(path, name))
    return name
