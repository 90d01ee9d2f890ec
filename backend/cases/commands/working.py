"""What the edges of a case that is worked write besides its state: what the family said, who was told, who has it."""

from datetime import date
from typing import Any
from uuid import UUID

from backend.cases.commands.assessing import pass_on
from backend.cases.commands.notes import note_of
from backend.cases.commands.team import end_replaced
from backend.cases.models import Case
from backend.cases.queries.team import team_of
from backend.cases.text_fields import case_fields
from backend.core import vocabulary
from backend.deadlines import commands as deadlines
from backend.deadlines.calendar import END_OF_DAY, at_local, in_words
from backend.notifications import commands as notifications
from backend.notifications.audience import Person
from backend.sharing.commands import let_agreement_end, record_agreement
from backend.sharing.models import Agreement
from backend.workflow.changing import Change
from backend.workflow.machine import Given

# From the day on which the family agreed for a time, until the last one of it.
AGREEMENT_ENDS = "agreement_ends"


def another_practitioner(change: Change[Case], given: dict[str, Any]) -> None:
    """The new lead practitioner's own team reads the case and covers for them."""
    case, former = change.target, change.target.lead_practitioner_id
    end_replaced(change, lead_practitioner_id=given["lead_practitioner_id"])
    pass_on(case.id, to_user_id=given["lead_practitioner_id"])
    case.lead_practitioner_id = given["lead_practitioner_id"]
    case.practitioner_agency_id = case.lead_agency_id
    case.minded_for_id = None
    case.team_id = team_of(given["lead_practitioner_id"], case.lead_agency_id)
    case.handover_note = given["handover_note"]
    case.next_action, case.next_action_on = given["next_action"], given["next_action_on"]
    change.data = {
        "lead_practitioner_id": str(given["lead_practitioner_id"]),
        "former_practitioner_id": str(former or ""),
        "reason_code": given["reason_code"],
    }


def another_priority(change: Change[Case], given: dict[str, Any]) -> None:
    """What stood before stays in the history, and why it changed in the chronology."""
    case = change.target
    change.data = {"priority_before": case.priority, "priority": given["priority"]}
    case.priority = given["priority"]


def tell_former(change: Change[Case], given: Given) -> None:
    """Whoever was responsible until this instant is told who has it now."""
    former, case = change.data["former_practitioner_id"], change.target
    if not former or former == str(case.lead_practitioner_id) or change.event is None:
        return
    notifications.tell(
        event_id=change.event.id,
        root_id=case.id,
        audience=Person(UUID(former)),
        message="case_passed_on",
        fields=case_fields(case),
        path=f"/cases/{case.id}",
    )


def agreed(change: Change[Case], given: dict[str, Any]) -> None:
    """Write who said yes; whoever has parental responsibility knows of it, the child as the worker says."""
    _answered(
        change,
        given,
        state=Agreement.GIVEN,
        agreed_by=given["agreed_by"],
        informed_child=given["child_told"],
        informed_parent=True,
        agreed_until=given["agreed_until"],
    )
    _lasts_until(change.target, given["agreed_until"])


def _lasts_until(case: Case, last_day: date | None) -> None:
    """What was said last counts: an earlier end is over, and another one runs out at the end of its last day."""
    deadlines.meet(case.id, (AGREEMENT_ENDS,))
    if last_day is not None:
        deadlines.start(
            AGREEMENT_ENDS,
            root_id=case.id,
            child_id=case.child_id,
            owner_agency_id=case.lead_agency_id,
            partnership_id=case.partnership_id,
            due_at=at_local(last_day, END_OF_DAY),
        )


def run_out(change: Change[Case], given: Given) -> None:
    """Write that the last day they agreed to is over; nobody has said no."""
    ended = let_agreement_end(change.actor, root_id=change.root_id, child_id=change.child_id)
    change.data = {"state": ended.state, "reason_code": ""}


def refused(change: Change[Case], given: dict[str, Any]) -> None:
    """Write who said no and why; the work does not go on as if nothing had been said."""
    _answered(change, given, state=Agreement.REFUSED, informed_parent=True)


def withdrawn(change: Change[Case], given: dict[str, Any]) -> None:
    """Write who took their agreement back and why."""
    _answered(change, given, state=Agreement.WITHDRAWN, informed_parent=True)


def _answered(change: Change[Case], given: dict[str, Any], *, state: str, **more: Any) -> None:
    values = {
        "state": state,
        "agreed_how": given["agreed_how"],
        "agreed_on": given["agreed_on"],
        "reason_code": given.get("reason_code", ""),
        "note": given.get("note", ""),
        **more,
    }
    record_agreement(change.actor, root_id=change.root_id, child_id=change.child_id, values=values)
    change.data = {"state": state, "reason_code": values["reason_code"]}


def goes_on_otherwise(change: Change[Case], given: dict[str, Any]) -> None:
    """Write what goes on and what allows it; it is a note of the case like any other."""
    text = f"What goes on without agreement: {given['what_goes_on']}\n\nWhat allows it: {given['what_allows_it']}"
    note_of(change, kind="other", text=text, is_pinned=True)


def rest(change: Change[Case], given: dict[str, Any]) -> None:
    """Start the clock of the chosen day, at the end of which the case goes on by itself."""
    case = change.target
    if given["reason"]:
        note_of(change, kind="other", text=f"Why the work pauses: {given['reason']}")
    deadlines.start(
        "look_again",
        root_id=case.id,
        child_id=case.child_id,
        owner_agency_id=case.lead_agency_id,
        partnership_id=case.partnership_id,
        due_at=at_local(given["look_again_on"], END_OF_DAY),
    )
    change.data = {"reason_code": given["reason_code"], "look_again_on": given["look_again_on"].isoformat()}


def stepped_up(change: Change[Case], given: dict[str, Any]) -> None:
    """Write who was told what and when; the case stays where it is, and so does who is responsible."""
    place = vocabulary.get("step_up_destinations").label(given["destination"])
    told = f"Told {given['told_person']} at {in_words(given['told_at'])}."
    reference = f"Their reference: {given['statutory_reference']}." if given["statutory_reference"] else ""
    parts = (f"Passed to: {place}.", told, reference, given["rationale"])
    note_of(change, kind="step_up", text="\n\n".join(part for part in parts if part), is_pinned=True)
    change.data = {"reason_code": given["destination"], "told_at": given["told_at"].isoformat()}


def followed_up(change: Change[Case], given: dict[str, Any]) -> None:
    """Write who has it in writing, since when, and what they will do."""
    received = f"Received in writing by {given['received_by']} at {in_words(given['received_at'])}."
    note_of(change, kind="step_up", text=f"{received}\n\n{given['what_they_will_do']}")
    change.data = {"received_at": given["received_at"].isoformat()}


def not_taken(change: Change[Case], given: dict[str, Any]) -> None:
    """Write what statutory services said; the case stays where it is, and so does who is responsible."""
    why = vocabulary.get("handover_refused_reasons").label(given["reason_code"])
    parts = ("Statutory services did not take it.", f"Why: {why}.", given["reason"])
    note_of(change, kind="step_up", text="\n\n".join(part for part in parts if part), is_pinned=True)
    change.data = {"reason_code": given["reason_code"]}
