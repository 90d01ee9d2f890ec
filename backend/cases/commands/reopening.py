"""Opening a closed case again: by the manager who leads it, or by the officer who agrees help for the child again."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.agencies.models import Agency
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.cases import queries
from backend.cases.commands import telling
from backend.cases.commands.allocating import ALLOCATE, CLOCK, start_allocating, wait_for_turn
from backend.cases.models import Case
from backend.cases.text_fields import case_fields
from backend.core.errors import Conflict
from backend.deadlines import commands as deadlines
from backend.deadlines.calendar import local
from backend.notifications import commands as notifications
from backend.notifications.audience import AgencyRoles
from backend.sharing.commands import disclose
from backend.sharing.rules import Basis
from backend.workflow.changing import Change
from backend.workflow.machine import Given

_REFERRED_AGAIN = "referred_again"
# Whoever referred the child was told that it had ended.
OPEN_AGAIN = "case_restored_referrer"
_GONE = "This case cannot be opened again: it closed more than 12 months ago. Open a new one."
_ANOTHER = "Another case about this child has been opened meanwhile. Look at the referral again."


@dataclass(frozen=True, slots=True)
class Shared:
    """What the agency that led the case learns with it, and the basis on which it may."""

    note: str
    basis: Basis


def prepare(case: Case, given: dict[str, Any], *, lead: Agency) -> None:
    """Start its clock and put into `given` what the edge sets; raise Conflict when the child has another open case."""
    wait_for_turn(case.child_id)
    if queries.another_is_open(case.id):
        raise Conflict(_ANOTHER, code="not_ready")
    allocate = start_allocating(case.id, child_id=case.child_id, agency=lead)
    given["lead_agency_id"] = lead.id
    given["next_action"], given["next_action_on"] = ALLOCATE, local(allocate.due_at).date()
    case.next_due_at = allocate.due_at


def tell_referrers(change: Change[Case], given: Given) -> None:
    """Whoever asked for help, and was told that it had ended, hears that it goes on and who leads it."""
    if change.event is not None:
        telling.tell_referrers(change.target, OPEN_AGAIN, event_id=change.event.id)


def reopen_as_decided(actor: Actor, case_id: UUID, *, front_door: Agency | None, shared: Shared | None) -> Case:
    """Open the closed case of a child for whom help was agreed; whoever led it leads it, the front door if it is gone.

    Accepting the referral is the permission. Called under the lock of the referral. Raises Conflict.
    """
    if not queries.take_closed(case_id):
        raise Conflict(_GONE, code="not_ready")
    case = Case.objects.select_related("lead_agency").select_for_update(of=("self",), no_key=True).get(pk=case_id)
    lead = case.lead_agency if case.lead_agency.ended_at is None else front_door or case.lead_agency
    given: dict[str, Any] = {"handover_note": shared.note if shared else ""}
    deadlines.stop_all(case.id, keep=(CLOCK,))
    prepare(case, given, lead=lead)
    case.reopen(actor, given)
    case.lead_agency = lead
    data = {"reason_code": _REFERRED_AGAIN, "agency": str(lead.id)}
    event = record(
        actor, "case.reopen", case, root_id=case.id, child_id=case.child_id, data=data, from_state=Case.CLOSED
    )
    _share(actor, case, shared)
    telling.tell_referrers(case, OPEN_AGAIN, event_id=event.id)
    notifications.tell(
        event_id=event.id,
        root_id=case.id,
        audience=AgencyRoles(lead.id, (Role.MANAGER.value,)),
        message="case_reopened",
        fields=case_fields(case),
        path=f"/cases/{case.id}",
    )
    return case


def _share(actor: Actor, case: Case, shared: Shared | None) -> None:
    if shared is None or case.lead_agency_id == actor.agency_id or actor.agency_id is None:
        return
    disclose(
        actor,
        root_id=case.id,
        child_id=case.child_id,
        what="The referral that opened the case again, with what its lead must know",
        from_agency_id=actor.agency_id,
        to_agency_id=case.lead_agency_id,
        purpose="To go on helping the child",
        basis=shared.basis,
        opens_id=case.id,
    )
