"""What must be true to chase the answer to a question."""

from collections.abc import Iterator

from backend.core import clock
from backend.deadlines.calendar import local
from backend.referrals.models import InformationRequest
from backend.workflow.machine import Given


def chased_once_a_day(question: InformationRequest, facts: None, given: Given | None) -> Iterator[str]:
    """Nobody is reminded of one thing twice in a day."""
    if question.access_until is not None and question.access_until <= clock.now():
        yield f"{question.asked_agency.name} no longer sees the question. Ask again."
    today = local(clock.now()).date()
    if any(local(moment).date() == today for moment in question.chased_at):
        yield f"{question.asked_agency.name} has been reminded today already. Ring them if it cannot wait."
