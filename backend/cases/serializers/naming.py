"""How the page of a transfer asks which agency leads, and on which basis it may read the handover."""

from typing import Any

from backend.cases.models import Case, Transfer
from backend.cases.queries.leads import possible_leads
from backend.cases.serializers.choosing import ask_for_basis
from backend.core import vocabulary
from backend.workflow.options import ChoicesOnDemand

_EDGE, _FIELD = "name_lead", "to_agency_id"


def lead_choices(transfer: Transfer) -> ChoicesOnDemand:
    """Return the agencies that can be named, whoever leads now first among them, for a form that asks."""
    return ChoicesOnDemand({"agency": lambda: _agencies(transfer)})


def with_basis(shown: list[dict[str, Any]], transfer: Transfer) -> list[dict[str, Any]]:
    """Ask on which basis the handover is shared only where another agency than the lead is named."""
    for option in shown:
        if option["name"] == _EDGE:
            [field] = [one for one in option["input"] if one["name"] == _FIELD]
            others = [one["value"] for one in field["choices"] if one["value"] != str(transfer.from_agency_id)]
            ask_for_basis(option["input"], others, of=_FIELD)
    return shown


def _agencies(transfer: Transfer) -> list[dict[str, Any]]:
    case = Case.objects.filter(pk=transfer.case_id).first()
    found = [one for one in possible_leads(case).values() if one.has_manager] if case else []
    kinds = vocabulary.get("agency_kinds")
    return [
        {
            "value": str(one.id),
            "label": one.name,
            "hint": "Leads it now, and would go on" if one.id == transfer.from_agency_id else kinds.label(one.kind),
            "group": "",
        }
        for one in sorted(found, key=lambda one: one.id != transfer.from_agency_id)
    ]
