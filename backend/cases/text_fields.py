"""What messages may say of a record of a case: never a child, never free text."""

from collections.abc import Mapping

from backend.cases.models import Action, Assessment, Case, Goal, LeadRequest, Task, TeamMember, Transfer
from backend.core import vocabulary
from backend.deadlines.calendar import in_words


def case_fields(case: Case) -> Mapping[str, str]:
    """Return what messages may say of a case."""
    return {
        "reference": case.reference,
        "agency": case.lead_agency.name,
        "person": case.lead_practitioner.name if case.lead_practitioner else "",
        "due": in_words(case.next_due_at) if case.next_due_at else "",
    }


def transfer_fields(transfer: Transfer) -> Mapping[str, str]:
    """Return what messages may say of a transfer; the reason is a code's words, never what somebody typed."""
    return {
        "reference": transfer.case_reference,
        "from_agency": transfer.from_agency.name,
        "to_agency": transfer.to_agency.name,
        "reason": decline_reason(transfer),
        "due": in_words(transfer.next_due_at) if transfer.next_due_at else "",
    }


def lead_request_fields(request: LeadRequest) -> Mapping[str, str]:
    """Return what messages may say of a request to lead; the reason is a code's words, never what somebody typed."""
    return {
        "reference": request.case_reference,
        "agency": request.agency.name,
        "to_agency": request.asked_agency.name,
        "reason": refusal_reason(request),
        "due": in_words(request.next_due_at) if request.next_due_at else "",
    }


def task_fields(task: Task) -> Mapping[str, str]:
    """Return what messages may say of a task: its kind in words, never what happened."""
    return {
        "reference": task.reference,
        "label": vocabulary.get("task_kinds").label(task.kind),
        "due": in_words(task.next_due_at) if task.next_due_at else "",
        "person": task.owner.name,
    }


def assessment_fields(assessment: Assessment) -> Mapping[str, str]:
    """Return what messages may say of an assessment: nothing of what it says."""
    return {"reference": assessment.case_reference, "person": assessment.started_by_name}


def goal_fields(goal: Goal) -> Mapping[str, str]:
    """Return what messages may say of a goal: nothing of its words."""
    return {"reference": goal.case_reference}


def action_fields(action: Action) -> Mapping[str, str]:
    """Return what messages may say of an action: whose it is and by when, never what."""
    return {
        "reference": action.case_reference,
        "due": in_words(action.next_due_at) if action.next_due_at else "",
        "person": action.owner.name,
    }


def team_fields(member: TeamMember) -> Mapping[str, str]:
    """Return what messages may say of a place on a team: whose it is, and why it ended, never what they do."""
    return {
        "reference": member.case_reference,
        "person": member.person.name,
        "by": member.made_by_name,
        "reason": vocabulary.get("team_end_reasons").label(member.reason_code),
    }


def decline_reason(transfer: Transfer) -> str:
    """Return why a transfer was not accepted or was withdrawn, in words; nothing when no reason was asked for."""
    name = "transfer_withdraw_reasons" if transfer.state == Transfer.WITHDRAWN else "transfer_decline_reasons"
    return vocabulary.get(name).label(transfer.reason_code)


def refusal_reason(request: LeadRequest) -> str:
    """Return why a lead was not handed over, or no longer asked for, in words."""
    name = "lead_request_withdraw_reasons" if request.state == LeadRequest.WITHDRAWN else "lead_request_refuse_reasons"
    return vocabulary.get(name).label(request.reason_code)
