"""Tasks of the same day that an edge of a case leaves with whoever works on it."""

from backend.cases.commands.giving import About, give_task, owner_of
from backend.cases.commands.withdrawing import DECIDE, end_with_agreement
from backend.cases.models import Case
from backend.deadlines.calendar import in_words
from backend.deadlines.queries import running
from backend.workflow.changing import Change
from backend.workflow.machine import Given


def talk_with_family(change: Change[Case], given: Given) -> None:
    """A yes was taken back: what rested on it ends, and somebody speaks to the family the same day."""
    end_with_agreement(change, given)
    due = running(change.root_id).filter(kind=DECIDE).values_list("due_at", flat=True).first()
    by = f" by {in_words(due)}" if due else ""
    text = (
        "The family has taken back its agreement to be helped. Talk with them and with the child about what that "
        f"means. Decide{by}: close the case, step up, or go on with what may go on without agreement."
    )
    _leave_task(change, kind="agreement_withdrawn", text=text)


def decide_what_follows(change: Change[Case], given: Given) -> None:
    """Statutory services did not take it: whoever is responsible decides the same day what keeps the child safe."""
    text = (
        "Statutory services were called about this child and did not take it. Decide today with your manager what "
        "keeps the child safe: call them again, disagree with their decision by your local procedure, or change what "
        "you do yourselves. Write down what you decided and who agreed."
    )
    _leave_task(change, kind="handover_refused", text=text)


def _leave_task(change: Change[Case], *, kind: str, text: str) -> None:
    """Give it to the lead practitioner, also between two leads, or else to a manager."""
    case = change.target
    owner = owner_of(case)
    if owner is None or change.event is None:
        return
    about = About(case.id, case.child_id, case.partnership_id, case.reference, f"/cases/{case.id}")
    give_task(change.actor, owner, about, kind=kind, text=text, event_id=change.event.id)
