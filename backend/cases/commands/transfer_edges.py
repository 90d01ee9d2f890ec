"""The machine of a transfer: answered by the agency that was asked, withdrawn by the lead, or lapsed.

An edge locks the transfer first and its case after; no edge of a case ever locks a transfer.
"""

from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.cases import queries, rules
from backend.cases.commands import naming
from backend.cases.commands.allocating import FOLLOW_UP, change_lead
from backend.cases.commands.proposing import ANSWER
from backend.cases.models import Case, Transfer
from backend.cases.rules.naming import (
    is_asked_to_name,
    may_say_no,
    named_agency_can_lead,
    somebody_is_to_be_named,
    waits_for_the_named,
)
from backend.cases.text_fields import transfer_fields
from backend.core.errors import NotFound
from backend.deadlines import commands as deadlines
from backend.deadlines import queries as deadline_queries
from backend.notifications.audience import AgencyRoles, Person
from backend.workflow.changing import Change
from backend.workflow.machine import Clocks, Edge, Machine, Tell

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
    """Nobody took it: the lead manager finds another way today; the second time the front door names who leads."""
    transfer = change.target
    case = _locked_case(change)
    again = queries.transfer_facts(transfer, change.actor).before in _NOT_TAKEN
    change.data = {
        "transfer_id": str(transfer.id),
        "again": again,
        "reason_code": given.get("reason_code", ""),
    }
    _find_another(case)
    if again:
        naming.ask_to_name(change, case)
    _record_case(change, case, "case.follow_up_transfer", from_state=case.state)


def _find_another(case: Case) -> None:
    deadlines.start(
        FOLLOW_UP,
        root_id=case.id,
        child_id=case.child_id,
        owner_agency_id=case.lead_agency_id,
        partnership_id=case.partnership_id,
    )


def _named(change: Change[Transfer], given: dict[str, Any]) -> None:
    """The case is written first: once another agency is asked, it is open no more to who named that one."""
    case = _locked_case(change)
    naming.settle(case)
    _record_case(change, case, "case.name_lead", from_state=case.state)
    naming.named(change, case, given)


def _withdrawn(change: Change[Transfer], given: dict[str, Any]) -> None:
    """Where the agency was named, somebody has to find another way today, or it would be nobody's to do."""
    change.data = {"transfer_id": str(change.target.id), "reason_code": given["reason_code"]}
    if change.target.named_by_id is not None:
        case = _locked_case(change)
        _find_another(case)
        _record_case(change, case, "case.follow_up_transfer", from_state=case.state)


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
    """End a transfer that nobody answered in time, or let who was named lead; a second call does nothing."""
    transfer = Transfer.objects.filter(pk=transfer_id, state=Transfer.PROPOSED).first()
    if transfer is not None:
        edge = "lapse" if may_say_no(transfer) else "oblige"
        transfer_machine.perform(actor, edge, transfer_id, version=None, given={})


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
            then=naming.tell_who_names,
            suits=may_say_no,
        ),
        "name_lead": Edge(
            permission=Permission.TRANSFER_NAME_LEAD,
            label="Name the agency that leads",
            hint="Speak to them first. They have two working days to accept, and lead the case then in any event.",
            rules=(somebody_is_to_be_named, named_agency_can_lead),
            tells=(
                Tell("transfer_lead_named", _from_managers, _name_from),
                Tell("transfer_lead_named", _practitioner, _name_practitioner),
            ),
            first=_named,
            sources=(Transfer.DECLINED, Transfer.LAPSED),
            suits=is_asked_to_name,
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
            then=naming.tell_who_names,
            by_system=True,
        ),
        "oblige": Edge(
            permission=Permission.TRANSFER_OBLIGE,
            label="Leads because it was named",
            rules=(rules.case_is_open,),
            clocks=Clocks(meets=(ANSWER,)),
            tells=(
                Tell("transfer_obliged", _to_managers, _name_to, urgent=lambda _transfer: True),
                Tell("transfer_accepted", _from_managers, _name_from),
                Tell("transfer_accepted_worker", _practitioner, _name_practitioner),
            ),
            first=_change_lead,
            by_system=True,
        ),
    },
    visible_to=queries.transfers_visible_to,
    facts=queries.transfer_facts,
    fields=transfer_fields,
    path=lambda transfer: f"/transfers/{transfer.id}",
    owner_agency=lambda transfer: transfer.to_agency_id,
    labels=Transfer.LABELS,
    waits_for=waits_for_the_named,
    # The case has clocks of its own, which an edge here touches only in `first`.
    clock_root=lambda transfer: transfer.id,
)
