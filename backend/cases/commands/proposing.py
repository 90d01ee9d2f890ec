"""Proposing that another agency leads a case: by its worker or lead manager, or at once when help is agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model

from backend.access.actors import Actor
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.audit.models import Event
from backend.cases import queries
from backend.cases.commands.opening import CaseInHand
from backend.cases.models import Case, Transfer
from backend.cases.rules import agency_can_lead, basis_is_open_to_both
from backend.cases.text_fields import transfer_fields
from backend.core.errors import Conflict, Forbidden
from backend.deadlines import commands as deadlines
from backend.deadlines.models import Deadline
from backend.notifications import commands as notifications
from backend.notifications.audience import AgencyRoles
from backend.sharing.commands import disclosure
from backend.sharing.rules import Basis

ANSWER = "transfer_answer"
_AT_DECISION = "lead_named_at_decision"


@dataclass(frozen=True, slots=True)
class Handover:
    """What the next lead must know on the first day."""

    what_matters: str
    open_actions: str
    risks: str
    who_to_speak_to: str


def propose_to_lead(
    actor: Actor, in_hand: CaseInHand, *, to_agency_id: UUID, handover: Handover, basis: Basis
) -> Transfer:
    """Offer the lead of a case that was just opened to another agency; accepting the referral is the permission.

    Raises Conflict when the case was joined (its lead stays), or the agency or the basis does not fit.
    """
    if in_hand.case is None:
        raise Conflict(
            f"This child's open case {in_hand.reference} keeps its lead agency. Leave the lead agency as it is.",
            code="not_ready",
        )
    case = in_hand.case
    given = {
        "to_agency_id": to_agency_id,
        "article6": basis.article6,
        "condition": basis.condition,
        "power": basis.power,
        "ends_on": basis.ends_on,
    }
    facts = queries.facts_of_leads(case)
    reasons = [reason for rule in (agency_can_lead, basis_is_open_to_both) for reason in rule(case, facts, given)]
    if reasons:
        raise Conflict(*reasons, code="not_ready")
    return propose(actor, case, to_agency_id=to_agency_id, why=_AT_DECISION, handover=handover, basis=basis)


def propose(
    actor: Actor,
    case: Case,
    *,
    to_agency_id: UUID,
    why: str,
    handover: Handover,
    basis: Basis,
    named_by_id: UUID | None = None,
) -> Transfer:
    """Write the transfer, its clock, the disclosure of its handover and the notice, under the lock of the case.

    With `named_by_id` it is asked because that agency has named it, and is told that it cannot decline.
    """
    if actor.is_system:
        raise Forbidden("Only a person can propose a transfer.")
    transfer = _transfer(actor, case, to_agency_id, why, handover, named_by_id)
    its_clock = _clock(transfer)
    shared = disclosure(
        actor,
        root_id=case.id,
        child_id=case.child_id,
        what="Handover summary and who the child is, while the transfer is proposed",
        from_agency_id=case.lead_agency_id,
        to_agency_id=to_agency_id,
        purpose="To decide whether to lead the child's case",
        basis=basis,
        opens_id=transfer.id,
    )
    message = "transfer_named" if named_by_id else "transfer_proposed"
    path, fields = f"/transfers/{transfer.id}", transfer_fields(transfer)
    to = AgencyRoles(to_agency_id, (Role.MANAGER.value,))
    proposed = notifications.Notice(to, message, fields, path, urgent=named_by_id is not None)

    def beside(event: Event) -> Sequence[Model]:
        return [its_clock, *shared, *notifications.outbox_rows([proposed], event_id=event.id, root_id=case.id)]

    data = {"agency": str(to_agency_id), "why": why}
    record(actor, "transfer.propose", transfer, root_id=case.id, child_id=case.child_id, data=data, beside=beside)
    return transfer


def _transfer(
    actor: Actor, case: Case, to_agency_id: UUID, why: str, handover: Handover, named_by_id: UUID | None
) -> Transfer:
    return Transfer(
        root_id=case.id,
        case=case,
        case_reference=case.reference,
        child_id=case.child_id,
        partnership_id=case.partnership_id,
        from_agency=case.lead_agency,
        to_agency_id=to_agency_id,
        why=why,
        what_matters=handover.what_matters,
        open_actions=handover.open_actions,
        risks=handover.risks,
        who_to_speak_to=handover.who_to_speak_to,
        proposed_by_id=actor.user_id,
        proposed_by_name=actor.name,
        named_by_id=named_by_id,
    )


def _clock(transfer: Transfer) -> Deadline:
    """Return its clock, on the transfer's own id: the case may have been offered before, and its own clocks go on."""
    (answer,) = deadlines.new_clocks(
        [ANSWER],
        root_id=transfer.id,
        child_id=transfer.child_id,
        owner_agency_id=transfer.to_agency_id,
        partnership_id=transfer.partnership_id,
    )
    transfer.next_due_at = answer.due_at
    return answer
