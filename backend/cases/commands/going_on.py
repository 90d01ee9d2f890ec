"""What follows for the case that goes on, and for who was asked to lead the one that ended, when two were joined.

Done as the worker: whoever joins two records of a child reads neither case and stands to none of them. So is the end of
requests to lead that nobody can answer any more, for whoever closes a case or takes its lead need not see them.
"""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError

from backend.access.actors import Actor
from backend.access.binding import acting_as_system
from backend.cases.commands.asking import lead_request_machine
from backend.cases.commands.giving import About, give_task, owner_of
from backend.cases.commands.task_edges import task_machine
from backend.cases.commands.transfer_edges import transfer_machine
from backend.cases.models import Action, Case, Task
from backend.cases.queries import joined
from backend.cases.queries.asking import requests_overtaken
from backend.core.errors import Conflict

JOB = "cases.go_on"
_BATCH = 100
_APART = {"reason_code": "not_needed", "reason": "The two cases were taken apart again."}
log = structlog.get_logger(__name__)


def go_on_all() -> int:
    """Hand each joined case to who leads the one that goes on, and end what was asked of others; return how many."""
    with acting_as_system(job=JOB):
        work: list[tuple[Callable[[Actor, UUID], bool], UUID]] = [
            *((_overtake, pk) for pk in joined.transfers_overtaken()[:_BATCH]),
            *((_end_request, pk) for pk in requests_overtaken()[:_BATCH]),
            *((_hand_over, pk) for pk in joined.not_handed_over()[:_BATCH]),
            *((_take_back, pk) for pk in joined.handed_over_in_vain()[:_BATCH]),
        ]
    return sum(_each(do, pk) for do, pk in work)


def _each(do: Callable[[Actor, UUID], bool], pk: UUID) -> bool:
    try:
        with acting_as_system(job=JOB) as actor:
            return do(actor, pk)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # One must not keep the others waiting; it is tried again in a minute.
        log.error("not gone on with", key=str(pk), error=type(error).__name__)
        return False


def _overtake(actor: Actor, transfer_id: UUID) -> bool:
    transfer_machine.perform(actor, "overtake", transfer_id, version=None, given={"reason_code": joined.KIND})
    return True


def _end_request(actor: Actor, request_id: UUID) -> bool:
    lead_request_machine.perform(actor, "overtake", request_id, version=None, given={})
    return True


def _hand_over(actor: Actor, case_id: UUID) -> bool:
    """Give who works on the case that goes on all that is open in the one that ended, by name and day."""
    ended = Case.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).filter(pk=case_id).first()
    if ended is None or ended.joined_into_id is None or not joined.not_handed_over().filter(pk=case_id).exists():
        return False
    case = Case.objects.select_related("lead_agency").get(pk=ended.joined_into_id)
    owner = owner_of(case)
    if owner is None:
        raise Conflict("Nobody is there who could be asked.", code="not_ready")
    about = About(case.id, case.child_id, case.partnership_id, case.reference, joined.path_of(ended.id))
    give_task(actor, owner, about, kind=joined.KIND, text="\n".join(_in_words(ended)))
    return True


def _in_words(ended: Case) -> Iterator[str]:
    yield f"Case {ended.reference} has ended and goes on in this one. Read it, and ring who worked on it."
    if ended.next_action:
        day = f", {_day(ended.next_action_on)}" if ended.next_action_on else ""
        yield f"Planned next there: {ended.next_action}{day}."
    for action in Action.objects.filter(root_id=ended.id, state=Action.OPEN).select_related("owner").order_by("due_on"):
        yield f"Still to do: {action.text} ({action.owner.name}, by {_day(action.due_on)})."
    for task in Task.objects.filter(root_id=ended.id, state=Task.OPEN).select_related("owner").order_by("made_at"):
        yield f"A task of {task.owner.name} is open there: see that it is done."
    yield "Its services go on in this case: you find them under Services."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _take_back(actor: Actor, task_id: UUID) -> bool:
    task_machine.perform(actor, "cancel", task_id, version=None, given=_APART)
    return True
