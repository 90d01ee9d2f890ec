"""The cases that one's agency leads, open ones and closed ones."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.cases import queries
from backend.cases.models import Case
from backend.cases.queries.closed import Wanted, closed
from backend.cases.serializers.closed import ClosedFilterInput
from backend.core import vocabulary
from backend.exports.lists.listing import WHO, Asked, Listing, NothingAsked, Row, children_of, who

_OPEN = (
    "Reference",
    "State",
    *WHO,
    "Primary need",
    "Theme",
    "Priority",
    "Lead agency",
    "Lead practitioner",
    "Team",
    "Opened",
    "Due next",
)


class ClosedAsked(ClosedFilterInput):
    """The filters of the page, without the reference: one case is no list."""

    def get_fields(self) -> dict[str, Any]:
        """Return the others."""
        return {name: field for name, field in super().get_fields().items() if name != "reference"}


def _open(actor: Actor, _asked: Asked) -> QuerySet[Case]:
    return queries.led(actor).select_related("team")


def _closed(actor: Actor, asked: Asked) -> QuerySet[Case]:
    return closed(actor, Wanted(**asked)).select_related("team")


def open_cells(_asked: Asked, found: Sequence[Case]) -> Sequence[Row]:
    """Return a row for each case."""
    children = children_of(found)
    needs, themes, priorities = map(vocabulary.get, ("primary_needs", "board_themes", "priorities"))
    return [
        (
            one.reference,
            Case.LABELS[one.state],
            *who(children.get(one.child_id)),
            needs.label(one.primary_need),
            themes.label(one.theme),
            priorities.label(one.priority),
            one.lead_agency.name,
            one.lead_practitioner.name if one.lead_practitioner else "",
            one.team.name if one.team else "",
            one.opened_at,
            one.next_due_at,
        )
        for one in found
    ]


def closed_cells(asked: Asked, found: Sequence[Case]) -> Sequence[Row]:
    """Return a row for each case, with when and why it closed."""
    reasons = vocabulary.get("closing_reasons")
    rows = zip(open_cells(asked, found), found, strict=True)
    return [(*row[:-1], one.closed_at, reasons.label(one.closing_reason)) for row, one in rows]


CASES = Listing(
    code="cases",
    label="Open cases that your agency leads",
    permission=Permission.CASE_SEE,
    columns=_OPEN,
    asked=NothingAsked,
    find=_open,
    cells=open_cells,
)
CLOSED = Listing(
    code="cases_closed",
    label="Closed cases that your agency led",
    permission=Permission.CASE_SEE,
    columns=(*_OPEN[:-1], "Closed", "Why it closed"),
    asked=ClosedAsked,
    find=_closed,
    cells=closed_cells,
)
