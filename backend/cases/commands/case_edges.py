"""The machine of a case: allocate a lead practitioner, and the act of proposing a transfer."""

from typing import Any
from uuid import UUID

from backend.access.policy import Permission
from backend.agencies.roles import Role
from backend.cases import queries, rules
from backend.cases.commands import reopening
from backend.cases.commands.allocating import CLOCK as ALLOCATING
from backend.cases.commands.proposing import Handover, propose
from backend.cases.models import Case
from backend.cases.texts import case_fields
from backend.notifications import commands as notifications
from backend.notifications.audience import AgencyRoles, Person
from backend.workflow.changing import Change
from backend.workflow.machine import Clocks, Edge, Given, Machine, Tell


def _path(case: Case) -> str:
    return f"/cases/{case.id}"


def _practitioner(case: Case) -> Person | None:
    return Person(case.lead_practitioner_id) if case.lead_practitioner_id else None


def _name_practitioner(case: Case) -> str:
    name = case.lead_practitioner.name if case.lead_practitioner else "to be chosen"
    return f"The lead practitioner ({name})"


def _allocation(change: Change[Case], given: dict[str, Any]) -> None:
    """The team is the practitioner's own: its members read the case and cover for them."""
    case = change.target
    given["team_id"] = queries.team_of(given["lead_practitioner_id"], case.lead_agency_id)
    change.data = {
        "lead_practitioner_id": str(given["lead_practitioner_id"]),
        "former_practitioner_id": str(case.lead_practitioner_id or ""),
        "reason_code": given["reason_code"],
    }


def _tell_former(change: Change[Case], given: Given) -> None:
    """After a transfer the former lead practitioner was responsible until this instant."""
    former, case = change.data["former_practitioner_id"], change.target
    if not former or former == str(case.lead_practitioner_id) or change.event is None:
        return
    notifications.tell(
        event_id=change.event.id,
        root_id=case.id,
        audience=Person(UUID(former)),
        message="case_passed_on",
        fields=case_fields(case),
        path=_path(case),
    )


def _proposal(change: Change[Case], given: dict[str, Any]) -> None:
    transfer = propose(
        change.actor,
        change.target,
        to_agency_id=given["to_agency_id"],
        why=given["why"],
        handover=Handover(
            what_matters=given["what_matters"],
            open_actions=given["open_actions"],
            risks=given["risks"],
            who_to_speak_to=given["who_to_speak_to"],
        ),
        basis=rules.basis_of(given),
    )
    change.data = {"transfer_id": str(transfer.id), "agency": str(transfer.to_agency_id), "why": transfer.why}


def _managers(case: Case) -> AgencyRoles:
    return AgencyRoles(case.lead_agency_id, (Role.MANAGER.value,))


def _reopening(change: Change[Case], given: dict[str, Any]) -> None:
    reopening.prepare(change.target, given, lead=change.target.lead_agency)
    change.data = {"reason_code": given["reason_code"]}


case_machine: Machine[Case] = Machine(
    noun="case",
    model=Case,
    edges={
        "allocate": Edge(
            permission=Permission.CASE_ALLOCATE,
            label="Allocate a lead practitioner",
            hint="Choose who in your agency is responsible for this child from now on, and what they do first.",
            rules=(rules.somebody_can_take_it, rules.practitioner_works_here, rules.next_action_is_ahead),
            clocks=Clocks(meets=("allocate", "transfer_follow_up"), starts=("first_contact",)),
            tells=(Tell("case_allocated", _practitioner, _name_practitioner),),
            first=_allocation,
            then=_tell_former,
        ),
        "reopen": Edge(
            permission=Permission.CASE_REOPEN,
            label="Open it again",
            hint="The same worries go on. Your agency leads it and finds a lead practitioner within two working days.",
            rules=(rules.closed_lately, rules.no_other_case_is_open),
            clocks=Clocks(stops_all_but=(ALLOCATING,)),
            tells=(Tell("case_reopened", _managers, lambda case: f"The managers of {case.lead_agency.name}"),),
            first=_reopening,
        ),
        "propose_transfer": Edge(
            permission=Permission.CASE_PROPOSE_TRANSFER,
            label="Propose a transfer",
            hint="Ask another agency to lead. Your agency leads until they accept.",
            rules=(rules.no_transfer_is_open, rules.agency_can_lead, rules.basis_is_open_to_both),
            clocks=Clocks(meets=("transfer_follow_up",)),
            first=_proposal,
            sources=Case.OPEN,
        ),
    },
    visible_to=queries.visible_to,
    facts=queries.facts,
    fields=case_fields,
    path=_path,
    owner_agency=lambda case: case.lead_agency_id,
    labels=Case.LABELS,
)
