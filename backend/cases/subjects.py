"""What reminders of the clocks of cases, transfers and tasks may say: the reference, the page and who does the work."""

from uuid import UUID

from backend.cases.models import Action, Case, LeadRequest, Task, Transfer
from backend.deadlines.registration import Subject, register_subject
from backend.notifications.audience import Person

_MOVING = ("transfer_follow_up", "transfer_out_answer", "transfer_out_follow_up")
_MANAGERS = ("allocate", *_MOVING, "sustained_check", "re_referral_window")
_AGREEMENT = ("agreement_ends", "agreement_withdrawn")
OF_WORKERS = ("first_contact", "case_follow_up", *_AGREEMENT, "assessment", "review", "drift", "look_again")


def register() -> None:
    """Name the records behind the clocks of this app."""
    register_subject(_MANAGERS, _case)
    register_subject(OF_WORKERS, _work)
    register_subject(("transfer_answer",), _transfer)
    register_subject(("transfer_naming",), _naming)
    register_subject(("lead_request_answer",), _lead_request)
    register_subject(("same_day_task",), _task)
    register_subject(("plan_action",), _action)


def _case(case_id: UUID) -> Subject | None:
    reference = Case.objects.filter(pk=case_id).values_list("reference", flat=True).first()
    return Subject(reference, f"/cases/{case_id}") if reference else None


def _work(case_id: UUID) -> Subject | None:
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        return None
    worker = Person(case.lead_practitioner_id) if case.lead_practitioner_id else None
    return Subject(case.reference, f"/cases/{case_id}", worker)


def _transfer(transfer_id: UUID) -> Subject | None:
    reference = Transfer.objects.filter(pk=transfer_id).values_list("case_reference", flat=True).first()
    return Subject(reference, f"/transfers/{transfer_id}") if reference else None


def _naming(case_id: UUID) -> Subject | None:
    """Return the transfer whose page asks which agency leads; its clock runs on the case, and ends with it."""
    transfer = Transfer.objects.filter(case_id=case_id, escalated_to__isnull=False, named_at=None).order_by("id").last()
    return Subject(transfer.case_reference, f"/transfers/{transfer.id}") if transfer else None


def _lead_request(request_id: UUID) -> Subject | None:
    reference = LeadRequest.objects.filter(pk=request_id).values_list("case_reference", flat=True).first()
    return Subject(reference, f"/lead-requests/{request_id}") if reference else None


def _task(task_id: UUID) -> Subject | None:
    task = Task.objects.filter(pk=task_id).first()
    return Subject(task.reference, f"/tasks/{task_id}", Person(task.owner_id)) if task else None


def _action(action_id: UUID) -> Subject | None:
    action = Action.objects.filter(pk=action_id).first()
    return Subject(action.case_reference, f"/actions/{action_id}", Person(action.owner_id)) if action else None
