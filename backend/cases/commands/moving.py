"""What is written when a case goes to another area: whom they are, what was shared on which basis, what they said."""

from collections.abc import Mapping
from typing import Any

from backend.agencies.models import Partnership
from backend.agencies.roles import Role
from backend.cases.commands.closing import keep_words
from backend.cases.commands.notes import note_of
from backend.cases.commands.team import end_all
from backend.cases.models import Case
from backend.cases.text_fields import case_fields
from backend.core import clock
from backend.deadlines.calendar import in_words
from backend.notifications import commands as notifications
from backend.notifications.audience import AgencyRoles
from backend.notifications.models import ITSELF
from backend.sharing.commands import disclosure_outside
from backend.sharing.rules import basis_of
from backend.workflow.changing import Change

_WHAT = "Handover summary and who the child is"
_PURPOSE = "So that the area where the family lives now takes the case over"


def asked(change: Change[Case], given: dict[str, Any]) -> None:
    """Keep who was asked, and the handover as a pinned note; the share stands in the ledger like any other."""
    case = change.target
    case.out_area, case.out_receiver, case.out_contact = given["area"], given["receiver"], given["contact"]
    case.out_asked_at = clock.now()
    parts = (
        f"Asked to take the case over: {given['receiver']}, {given['area']}.",
        f"Spoke to {given['contact']} at {in_words(given['told_at'])}.",
        *(f"{label}: {words}" for label, words in handover_of(given)),
    )
    note_of(change, kind="other", text="\n\n".join(parts), is_pinned=True)
    change.leaves += disclosure_outside(
        change.actor,
        root_id=case.id,
        child_id=case.child_id,
        what=_WHAT,
        from_agency_id=case.lead_agency_id,
        to_outside=f"{given['receiver']}, {given['area']}",
        purpose=_PURPOSE,
        basis=basis_of(given),
    )
    change.data = {"receiver": given["receiver"], "area": given["area"]}


def handover_of(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the four parts of what another area must know on the first day, as for a transfer between agencies."""
    return [
        ("What matters now", given["what_matters"]),
        ("Open actions", given["open_actions"]),
        ("Risks", given["risks"]),
        ("Who to speak to first", given["who_to_speak_to"]),
    ]


def confirmed(change: Change[Case], given: dict[str, Any]) -> None:
    """Keep who has it in writing, and end what this partnership's team did."""
    case = change.target
    end_all(change)
    day = f"{given['accepted_on']:%-d %B %Y}"
    accepted = f"Accepted in writing by {given['accepted_by']}, {case.out_receiver}, on {day}."
    keep_words(case, given)
    case.goes_on = f"{accepted}\n\n{given['goes_on']}"
    change.data = {"reason_code": given["reason_code"], "receiver": case.out_receiver}


def ended(change: Change[Case], given: dict[str, Any]) -> None:
    """Nobody outside is asked any more; who was, and why it came to nothing, stands in the chronology."""
    case = change.target
    change.data = {"receiver": case.out_receiver, "area": case.out_area}
    case.out_area = case.out_receiver = case.out_contact = ""
    case.out_asked_at = None


def escalated(change: Change[Case], given: Mapping[str, Any]) -> None:
    """Nobody outside has answered, and nobody here has dealt with it: the front door's managers help to find who does.

    They are told which case and who leads it, and ring; the case itself does not open to them.
    """
    case = change.target
    partnership = Partnership.objects.get(pk=case.partnership_id)
    if partnership.front_door_id is None or change.event is None:
        return
    notifications.tell(
        event_id=change.event.id,
        root_id=case.id,
        audience=AgencyRoles(partnership.front_door_id, (Role.MANAGER.value,)),
        message="case_out_escalated",
        fields=case_fields(case),
        path=ITSELF,
        urgent=True,
    )
