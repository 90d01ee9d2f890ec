"""Who may be asked to do something or named to a team, as a form offers them, and the basis it then asks for."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from backend.cases.rules import PossibleOwner

_BASIS = ("article6", "condition", "power")
_LAST_DAY = "ends_on"
# All that a form asks of a share.
BASIS_FIELDS = (*_BASIS, _LAST_DAY)


def owner_choices(owners: Mapping[UUID, PossibleOwner]) -> list[dict[str, Any]]:
    """Return who may be asked, gathered by agency."""
    return [
        {"value": str(one.membership_id), "label": one.name, "hint": one.role, "group": one.agency}
        for one in owners.values()
    ]


def others_than(agency_id: UUID, owners: Iterable[PossibleOwner]) -> list[str]:
    """Return those of other agencies, as a form names them."""
    return [str(one.membership_id) for one in owners if one.agency_id != agency_id]


def ask_for_basis(form: list[dict[str, Any]], others: list[str], *, of: str = "owner") -> None:
    """Ask on which basis it is shared only where another agency's person is chosen."""
    for field in form:
        if field["name"] in BASIS_FIELDS:
            field["show_if"] = {"field": of, "values": others}
            field["required"] = field["name"] in _BASIS
