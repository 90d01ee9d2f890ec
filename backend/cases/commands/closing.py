"""The end of a case: why, what goes on, the referrers told; and six months later, whether it has lasted."""

from typing import Any

from backend.access.queries import people_behind
from backend.cases.commands.notes import note_of
from backend.cases.commands.team import end_all
from backend.cases.models import Case
from backend.cases.text_fields import case_fields
from backend.core import clock, vocabulary
from backend.notifications import commands as notifications
from backend.notifications.audience import Person
from backend.workflow.changing import Change
from backend.workflow.machine import Given

# What is asked at every end, however the case comes to it.
_SAID = ("closing_summary", "child_view", "child_view_why_not", "parent_view", "parent_view_why_not")


def ended(change: Change[Case], given: dict[str, Any]) -> None:
    """Keep what was achieved and who goes on in the words it was written in."""
    case = change.target
    end_all(change)
    case.goes_on = given["goes_on"]
    keep_words(case, given)
    change.data = {"reason_code": given["reason_code"], "risk_remains": given["risk_remains"]}


def keep_words(case: Case, given: Given) -> None:
    """Keep what has changed, and what the child and the parents say of the help or why they could not say."""
    for name in _SAID:
        setattr(case, name, given[name])


def check_after_closing(case: Case) -> tuple[str, ...]:
    """Return the clock of the question whether it has lasted: of a case that was an error it is asked of nobody."""
    return () if case.closing_reason == Case.IN_ERROR else ("sustained_check",)


def tell_referrers(change: Change[Case], given: Given) -> None:
    """Whoever asked for help hears that it has ended and why, without a word of the case."""
    case = change.target
    if change.event is None:
        return
    for root_id, user_id in people_behind(case.id):
        notifications.tell(
            event_id=change.event.id,
            root_id=case.id,
            audience=Person(user_id),
            message="case_closed_referrer",
            fields={**case_fields(case), "reason": vocabulary.get("closing_reasons").label(case.closing_reason)},
            path=f"/referrals/{root_id}",
        )


def sustained(change: Change[Case], given: dict[str, Any]) -> None:
    """Keep how the child is six months on, and who asked; a note of it stays when the case is opened again."""
    case, answer = change.target, given["sustained"]
    case.sustained, case.sustained_why_not = answer, given["why_not_asked"]
    case.sustained_words = given["how_it_is"]
    case.sustained_by_name, case.sustained_at = change.actor.name, clock.now()
    label = vocabulary.get("sustained_answers").label(answer)
    note_of(change, kind="other", text=f"Has the change lasted? {label}.\n\n{given['how_it_is']}")
    change.data = {"sustained": answer, "why_not": given["why_not_asked"]}
