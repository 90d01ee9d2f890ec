"""Carrying on what a case shares until some day: in the name of the agency that leads it."""

from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.cases import queries
from backend.cases.models import Case
from backend.sharing.commands import renew
from backend.sharing.models import Disclosure
from backend.sharing.rules import Sharer, basis_of
from backend.workflow.changing import changing


def sharer_at(actor: Actor, case: Case) -> Sharer:
    """Return in whose name a case's shares go on: of its lead agency, also once the lead has changed."""
    return Sharer(case.lead_agency_id, case.lead_agency.kind, is_responsible=True)


def renew_sharing(actor: Actor, case_id: UUID, *, version: int, disclosure: UUID, **basis: Any) -> Disclosure:
    """Carry a share of a case on to another last day. Raises NotFound, Forbidden, Conflict, Invalid."""
    with changing(
        actor,
        queries.visible_to(actor),
        case_id,
        permission=Permission.CASE_RENEW_SHARING,
        verb="case.renew_sharing",
        version=version,
    ) as change:
        return renew(change, disclosure, sharer_at(actor, change.target), basis_of(basis))
