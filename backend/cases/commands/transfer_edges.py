"""The machine of a transfer: answered by the agency that was asked, withdrawn by the lead, or lapsed.

An edge locks the transfer first and its case after; no edge of a case ever locks a transfer.
"""

from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.agencies.models import Partnership
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.cases import queries, rules
from backend.cases.commands.allocating import FOLLOW_UP, change_lead
from backend.cases.commands.proposing import ANSWER
from backend.cases.models import Case, Transfer
from backend.cases.text_fields import transfer_fields
from backend.core.errors import NotFound
from backend.deadlines import commands as deadlines
from backend.deadlines import queries as deadline_queries
from backend.notifications import commands as notifications
from backend.notifications.audience import AgencyRoles, Person
from backend.notifications.models import ITSELF
from backend.workflow.changing import Change
from backend.workflow.machine import Clocks, Edge, Given, Machine, Tell

_NOT_TAKEN = (Transfer.DECLINED, Transfer.LAPSED)
_MANAGERS = (Role.MANAGER.value,)


def _from_managers(transfer: Transfer) -> AgencyRoles:
    return AgencyRoles(transfer.from_agency_id, _MANAGERS)


def _to_managers(transfer: Transfer) -> AgencyRoles:
    return AgencyRoles(transfer.to_agency_id, _MANAGERS)


def _practitioner(transfer: Transfer) -> Person | None:
    practitioner_id = transfer.case.lead_practitioner_id
    return Person(practitioner_id) if practitioner_id else None


def _name_from(transfer: Transfer) -> str:
    return f"The managers of {transfer.from_agency.name}"


def _name_to(transfer: Transfer) -> str:
    return f"The managers of {transfer.to_agency.name}"


def _name_practitioner(transfer: Transfer) -> str:
    person = transfer.case.lead_practitioner
    return f"The lead practitioner ({person.name})" if person else "The lead practitioner"


def _change_lead(change: Change[Transfer], given: dict[str, Any]) -> None:
    """Move the case before the transfer is saved: afterwards the offer no longer opens it to the one who accepts."""
    transfer = change.target
    case = _locked_case(change)
    from_state = case.state
    change_lead(change.actor, case, transfer.to_agency, handover_note=transfer.what_matters)
    _record_case(change, case, "case.change_lead", from_state=from_state)


def _follow_up(change: Change[Transfer], given: dict[str, Any]) -> None:
    """Nobody took it: the lead manager has to find another way today, and the second time the front door helps."""
    transfer = change.target
    case = _locked_case(change)
    again = queries.transfer_facts(transfer, change.actor).before in _NOT_TAKEN
    change.data = {
        "transfer_id": str(transfer.id),
        "again": again,
        "reason_code": given.get("reason_code", ""),
    }
    deadlines.start(
        FOLLOW_UP,
        root_id=case.id,
        child_id=case.child_id,
        owner_agency_id=case.lead_agency_id,
        partnership_id=case.partnership_id,
    )
    _record_case(change, case, "case.follow_up_transfer", from_state=case.state)


def _escalate(change: Change[Transfer], given: Given) -> None:
    """The second agency in a row has not taken it: the front door's managers have a working day to name one."""
    partnership = Partnership.objects.get(pk=change.target.partnership_id)
    if not change.data["again"] or partnership.front_door_id is None or change.event is None:
        return
    notifications.tell(
        event_id=change.event.id,
        root_id=change.root_id,
        audience=AgencyRoles(partnership.front_door_id, _MANAGERS),
        message="transfer_refused_again",
        fields=transfer_fields(change.target),
        path=ITSELF,
        urgent=True,
    )


def _withdrawn(change: Change[Transfer], given: dict[str, Any]) -> None:
    change.data = {"transfer_id": str(change.target.id), "reason_code": given["reason_code"]}


def _locked_case(change: Change[Transfer]) -> Case:
    cases = Case.objects.select_for_update(of=("self",), no_key=True).select_related("lead_agency", "lead_practitioner")
    case = cases.filter(pk=change.target.case_id).first()
    if case is None:
        raise NotFound
    change.target.case = case
    return case


def _record_case(change: Change[Transfer], case: Case, verb: str, *, from_state: str) -> None:
    case.next_due_at = deadline_queries.next_due(case.id)
    record(
        change.actor,
        verb,
        case,
        root_id=case.id,
        child_id=case.child_id,
        data={"transfer_id": str(change.target.id)},
        from_state=from_state,
    )


def lapse(transfer_id: UUID, actor: Actor) -> None:
    """End a transfer that nobody answered in time; a second call does nothing."""
    if Transfer.objects.filter(pk=transfer_id, state=Transfer.PROPOSED).exists():
        transfer_machine.perform(actor, "lapse", transfer_id, version=None, given={})


transfer_machine: Machine[Transfer] = Machine(
    noun="transfer",
    model=Transfer,
    edges={
        "accept": Edge(
            permission=Permission.TRANSFER_ACCEPT,
            label="Accept the transfer",
            hint="Your agency leads the case from then on, and has two working days to choose a lead practitioner.",
            rules=(rules.case_is_open,),
            clocks=Clocks(meets=(ANSWER,)),
            tells=(
                Tell("transfer_accepted", _from_managers, _name_from),
                Tell("transfer_accepted_worker", _practitioner, _name_practitioner),
            ),
            first=_change_lead,
        ),
        "decline": Edge(
            permission=Permission.TRANSFER_DECLINE,
            label="Decline the transfer",
            hint="Say why. The other agency goes on leading the case and is told at once.",
            clocks=Clocks(meets=(ANSWER,)),
            tells=(
                Tell("transfer_declined", _from_managers, _name_from, urgent=lambda _transfer: True),
                Tell("transfer_declined", _practitioner, _name_practitioner),
            ),
            first=_follow_up,
            then=_escalate,
        ),
        "withdraw": Edge(
            permission=Permission.TRANSFER_WITHDRAW,
            label="Withdraw the transfer",
            hint="Take the question back. Your agency goes on leading the case.",
            clocks=Clocks(stops_all_but=()),
            tells=(Tell("transfer_withdrawn", _to_managers, _name_to),),
            first=_withdrawn,
        ),
        "overtake": Edge(
            permission=Permission.TRANSFER_OVERTAKE,
            label="The case goes on in another one",
            clocks=Clocks(stops_all_but=()),
            tells=(
                Tell("transfer_overtaken", _from_managers, _name_from),
                Tell("transfer_overtaken", _practitioner, _name_practitioner),
                Tell("transfer_overtaken", _to_managers, _name_to),
            ),
            by_system=True,
        ),
        "lapse": Edge(
            permission=Permission.TRANSFER_LAPSE,
            label="Not answered in time",
            clocks=Clocks(stops_all_but=()),
            tells=(
                Tell("transfer_lapsed", _from_managers, _name_from, urgent=lambda _transfer: True),
                Tell("transfer_lapsed_here", _to_managers, _name_to, urgent=lambda _transfer: True),
            ),
            first=_follow_up,
            then=_escalate,
            by_system=True,
        ),
    },
    visible_to=queries.transfers_visible_to,
    facts=queries.transfer_facts,
    fields=transfer_fields,
    path=lambda transfer: f"/transfers/{transfer.id}",
    owner_agency=lambda transfer: transfer.to_agency_id,
    labels=Transfer.LABELS,
    # The case has clocks of its own, which an edge here touches only in `first`.
    clock_root=lambda transfer: transfer.id,
)
