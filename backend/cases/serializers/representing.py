"""Turns cases and transfers into plain data: one record whole, or a page of rows in a fixed number of statements."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.cases import queries
from backend.cases.commands import case_machine, transfer_machine
from backend.cases.models import Case, Transfer
from backend.cases.rules import CaseFacts
from backend.cases.rules.naming import waits_for_the_named
from backend.cases.serializers.asking import lead_request_waiting
from backend.cases.serializers.caseloads import practitioner_choices
from backend.cases.serializers.ending import ending_data
from backend.cases.serializers.naming import lead_choices, with_basis
from backend.cases.serializers.noting import writing_options
from backend.cases.text_fields import decline_reason
from backend.children.models import Child, SafetyAlert
from backend.children.queries import alerts_about, with_alerts
from backend.children.queries import named as children_named
from backend.children.serializers import age_of, child_data, safety_data
from backend.core import vocabulary
from backend.deadlines.calendar import day_said
from backend.deadlines.models import Clock, Deadline
from backend.deadlines.queries import of_root, running_of_roots
from backend.sharing.models import Agreement
from backend.workflow import options
from backend.workflow.confirmation_data import open_about
from backend.workflow.confirmations import CLOCK


def case_data(actor: Actor, case: Case) -> dict[str, Any]:
    """Return one case exactly as GET gives it."""
    relations = access.relations_to(actor, case.id)
    child, alerts = with_alerts(case.child_id)
    transfer = queries.open_transfer(case.id)
    facts = queries.facts(case, actor)
    clocks = of_root(case.id)
    waiting = _waiting(actor, case, relations, clocks)
    return {
        "id": case.id,
        "reference": case.reference,
        "version": case.version,
        "state": case.state,
        "state_label": Case.LABELS[case.state],
        "child": child_data(child) if child else None,
        "safety": [safety_data(one) for one in alerts],
        "lead_agency": case.lead_agency.name,
        "lead_practitioner": case.lead_practitioner.name if case.lead_practitioner else None,
        "is_minded": case.minded_for_id is not None,
        "practitioner_agency": case.practitioner_agency.name if case.practitioner_agency else None,
        "primary_need_label": vocabulary.get("primary_needs").label(case.primary_need),
        "theme_label": vocabulary.get("board_themes").label(case.theme),
        "priority_label": vocabulary.get("priorities").label(case.priority),
        "opened_at": case.opened_at,
        "first_contact_at": case.first_contact_at,
        "pause": _pause(case),
        "moving": _moving(case),
        "ending": ending_data(actor, case, child),
        "next_action": case.next_action,
        "next_action_on": case.next_action_on,
        "handover_note": case.handover_note,
        "agreement_label": _agreement(facts),
        "clocks": [clock_data(deadline) for deadline in clocks],
        "confirmation": waiting,
        "transfer": _transfer(actor, transfer, relations, alerts) if transfer else None,
        "lead_requests": [lead_request_waiting(one) for one in facts.asks_to_lead],
        **_sharing(actor, case, relations),
        "options": writing_options(actor, case, relations, alerts, begun_at=facts.note_begun_at)
        + options.besides(waiting, _options(actor, case, relations, facts)),
    }


def _agreement(facts: CaseFacts) -> str:
    """Say what the family answered last, and until when it holds where they agreed for a time."""
    label = Agreement.LABELS.get(facts.agreement, "")
    if facts.agreement == Agreement.GIVEN and facts.agreed_until is not None:
        return f"{label}, until {day_said(facts.agreed_until)}"
    return label


def _sharing(actor: Actor, case: Case, relations: frozenset[Relation]) -> dict[str, Any]:
    may = policy.allows(actor, Permission.CASE_WITHDRAW_SHARING, relations)
    return {
        "sees_sharing": policy.allows(actor, Permission.DISCLOSURE_SEE, relations),
        "withdraw_sharing_url": f"/api/v1/cases/{case.id}/withdraw-sharing/" if may else "",
    }


def _waiting(
    actor: Actor, case: Case, relations: frozenset[Relation], clocks: Sequence[Deadline]
) -> dict[str, Any] | None:
    """Return the question to a second person that is open, with when it should be answered."""
    due_at = next((clock.due_at for clock in clocks if clock.kind == CLOCK and clock.is_running), None)
    return open_about(actor, case, relations, case_machine, due_at=due_at)


def _options(actor: Actor, case: Case, relations: frozenset[Relation], facts: CaseFacts) -> list[dict[str, Any]]:
    return options.shapes(
        case_machine,
        actor,
        case,
        relations,
        base=f"/api/v1/cases/{case.id}/",
        choices={
            "practitioner": practitioner_choices(facts.practitioners.values()),
            "agency": _agencies(facts, case.lead_agency_id),
        },
        facts=facts,
    )


def case_rows(actor: Actor, cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Return a page of cases, with three statements whatever its length."""
    ids = [case.id for case in cases]
    relations, clocks = access.relations(actor, ids), running_of_roots(ids)
    children = children_named([case.child_id for case in cases])
    return [_row(actor, case, relations[case.id], clocks[case.id], children.get(case.child_id)) for case in cases]


def transfer_data(actor: Actor, transfer: Transfer) -> dict[str, Any]:
    """Return one transfer exactly as GET gives it."""
    relations = access.relations_to(actor, transfer.root_id)
    shown = _transfer(actor, transfer, relations, alerts_about(transfer.child_id))
    if not policy.allows(actor, Permission.TRANSFER_READ_HANDOVER, relations):
        return shown
    case, child = queries.handed_over(transfer)
    return {**shown, "about": _about(case) if case else [], "child": child_data(child) if child else None}


def transfer_rows(actor: Actor, transfers: Sequence[Transfer]) -> list[dict[str, Any]]:
    """Return a page of transfers; its options are not asked for, the page of one transfer has them."""
    relations = access.relations(actor, [transfer.root_id for transfer in transfers])
    return [
        {**_told(actor, transfer, relations[transfer.root_id]), "safety": [], "options": []} for transfer in transfers
    ]


def _pause(case: Case) -> dict[str, Any] | None:
    if case.look_again_on is None:
        return None
    return {
        "reason_label": vocabulary.get("pause_reasons").label(case.pause_reason),
        "look_again_on": case.look_again_on,
    }


def _moving(case: Case) -> dict[str, Any] | None:
    if case.out_asked_at is None:
        return None
    return {
        "area": case.out_area,
        "receiver": case.out_receiver,
        "contact": case.out_contact,
        "asked_at": case.out_asked_at,
    }


def _row(
    actor: Actor, case: Case, relations: frozenset[Relation], clocks: Sequence[Clock], child: Child | None
) -> dict[str, Any]:
    running = next((one for one in clocks if one.is_running), None)
    return {
        "id": case.id,
        "reference": case.reference,
        "state": case.state,
        "state_label": Case.LABELS[case.state],
        "child_name": child.name if child else None,
        "child_age": age_of(child) if child else None,
        "lead_agency": case.lead_agency.name,
        "lead_practitioner": case.lead_practitioner.name if case.lead_practitioner else None,
        "is_minded": case.minded_for_id is not None,
        "priority": case.priority or "none",
        "priority_label": vocabulary.get("priorities").label(case.priority),
        "next_action": case.next_action,
        "next_action_on": case.next_action_on,
        "next_due_at": case.next_due_at,
        "rag": running.rag if running else "none",
        "options": [{"name": name, "label": label} for name, label in case_machine.names(actor, case, relations)],
    }


def _transfer(
    actor: Actor, transfer: Transfer, relations: frozenset[Relation], alerts: Sequence[SafetyAlert]
) -> dict[str, Any]:
    shown = options.shapes(
        transfer_machine,
        actor,
        transfer,
        relations,
        base=f"/api/v1/transfers/{transfer.id}/",
        choices=lead_choices(transfer),
    )
    # Who led before sees how it ended; whoever is to visit sees what to know first.
    reads = policy.allows(actor, Permission.TRANSFER_READ_HANDOVER, relations)
    safety = [safety_data(one) for one in alerts] if reads else []
    return {**_told(actor, transfer, relations), "safety": safety, "options": with_basis(shown, transfer)}


def _about(case: Case) -> list[dict[str, str]]:
    """Return how a case stands, as far as whoever is asked to lead it is told."""
    facts = (
        ("Lead agency", case.lead_agency.name),
        ("Lead practitioner", case.lead_practitioner.name if case.lead_practitioner else ""),
        ("Where it stands", Case.LABELS[case.state]),
        ("Next", case.next_action),
        ("Primary need", vocabulary.get("primary_needs").label(case.primary_need)),
        ("Theme", vocabulary.get("board_themes").label(case.theme)),
        ("Priority", vocabulary.get("priorities").label(case.priority)),
    )
    return [{"label": label, "value": value} for label, value in facts if value]


def _told(actor: Actor, transfer: Transfer, relations: frozenset[Relation]) -> dict[str, Any]:
    # FORMER sees how a transfer ended, not what was handed over.
    reads = policy.allows(actor, Permission.TRANSFER_READ_HANDOVER, relations)
    opens = policy.allows(actor, Permission.CASE_SEE, relations)
    return {
        "id": transfer.id,
        "version": transfer.version,
        "case_id": transfer.case_id if opens else None,
        "case_reference": transfer.case_reference,
        "from_agency": transfer.from_agency.name,
        "to_agency": transfer.to_agency.name,
        "state": transfer.state,
        "state_label": Transfer.LABELS[transfer.state],
        "why_label": vocabulary.get("transfer_reasons").label(transfer.why),
        "note": waits_for_the_named(transfer),
        "proposed_by": transfer.proposed_by_name,
        "proposed_at": transfer.proposed_at,
        "due_at": transfer.next_due_at,
        "answered_by": transfer.answered_by_name,
        "answered_at": transfer.answered_at,
        "reason_label": decline_reason(transfer),
        "reason": transfer.reason,
        "handover": _handover(transfer) if reads else [],
        "about": [],
        "child": None,
    }


def _handover(transfer: Transfer) -> list[dict[str, str]]:
    parts = (
        ("What matters now", transfer.what_matters),
        ("Open actions", transfer.open_actions),
        ("Risks", transfer.risks),
        ("Who to speak to first", transfer.who_to_speak_to),
    )
    return [{"label": label, "value": value} for label, value in parts if value]


def _agencies(facts: CaseFacts, lead_agency_id: UUID) -> list[dict[str, Any]]:
    kinds = vocabulary.get("agency_kinds")
    return [
        _choice(agency.id, agency.name, kinds.label(agency.kind))
        for agency in facts.agencies.values()
        if agency.has_manager and agency.id != lead_agency_id
    ]


def _choice(value: UUID, label: str, hint: str) -> dict[str, Any]:
    return {"value": str(value), "label": label, "hint": hint, "group": ""}


def clock_data(deadline: Deadline) -> dict[str, Any]:
    """Return one clock as the pages of cases and of what belongs to them draw it."""
    return {
        "kind": deadline.kind,
        "label": deadline.label,
        "due_at": deadline.due_at,
        "state": deadline.state,
        "rag": deadline.rag,
        "met_at": deadline.met_at,
        "note": "",
    }
