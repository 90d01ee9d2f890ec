"""Shapes of the ledger across records: what was shared, never a word of it, and never the name of a child."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rest_framework import serializers

from backend.core import clock, vocabulary
from backend.deadlines.calendar import local
from backend.oversight.queries.shares import BASES, Share
from backend.oversight.serializers.looks import ChoiceShape
from backend.sharing.rules import has_run_out

_COPY, _ASKED = "A copy of the record", "Because they asked for it"
# How many months back one can choose; what is older is on the pages that follow.
_MONTHS = 36


class LedgerLineShape(serializers.Serializer[Any]):
    """One share of one record: what, from whom to whom, why, on what basis, and whether it still stands."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    records = serializers.ListField(child=serializers.CharField())
    what = serializers.CharField()
    from_agency = serializers.CharField()
    to_agency = serializers.CharField()
    is_outside = serializers.BooleanField()
    purpose = serializers.CharField()
    article6_label = serializers.CharField()
    condition_label = serializers.CharField()
    power_label = serializers.CharField()
    by = serializers.CharField()
    state = serializers.CharField()
    expires_on = serializers.DateField(allow_null=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    renewed_at = serializers.DateTimeField(allow_null=True)
    is_copy = serializers.BooleanField(help_text="A copy that was given to whoever asked for it")


class LedgerFormShape(serializers.Serializer[Any]):
    """What one can narrow the shares by."""

    agencies = ChoiceShape(many=True)
    bases = ChoiceShape(many=True)
    months = ChoiceShape(many=True)


_SAME = (
    "id",
    "at",
    "records",
    "from_agency",
    "is_outside",
    "by",
    "expires_on",
    "withdrawn_at",
    "renewed_at",
    "is_copy",
)


def shares_data(rows: Sequence[Share]) -> list[dict[str, Any]]:
    """Return a page of shares."""
    names = (BASES, "share_conditions", "share_powers", "request_purposes", "rights_askers")
    labels = {name: vocabulary.get(name) for name in names}
    return [
        {
            **{name: getattr(row, name) for name in _SAME},
            "what": _COPY if row.is_copy else row.what,
            "to_agency": labels["rights_askers"].label(row.to_agency) if row.is_copy else row.to_agency,
            "purpose": _ASKED if row.is_copy else labels["request_purposes"].label(row.purpose),
            "article6_label": labels[BASES].label(row.article6),
            "condition_label": labels["share_conditions"].label(row.condition),
            "power_label": labels["share_powers"].label(row.power),
            "state": state_of(row),
        }
        for row in rows
    ]


def state_of(row: Share) -> str:
    """Return whether it still stands, in words: what ended it first."""
    if row.is_copy:
        return "Given"
    if row.withdrawn_at:
        return "Consent taken back"
    if row.renewed_at:
        return "Carried on by a later share"
    return "Ended" if has_run_out(row.expires_on) else "Stands"


def form_data(agencies: Sequence[tuple[Any, str]]) -> dict[str, Any]:
    """Return the choices of the filters."""
    return {
        "agencies": [{"value": str(pk), "label": name} for pk, name in agencies],
        "bases": [{"value": term.code, "label": term.label} for term in vocabulary.get(BASES)],
        "months": [{"value": f"{day:%Y-%m}", "label": f"{day:%B %Y}"} for day in _months()],
    }


def _months() -> list[date]:
    """Return the first days of this month and those before it, the latest first."""
    today = local(clock.now()).date()
    last = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last, last - _MONTHS, -1)]
