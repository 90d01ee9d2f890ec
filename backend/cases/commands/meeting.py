"""Writing down a review or another meeting: who was there, what they said, and what was decided."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.commands import record
from backend.cases.commands.planning import open_case, part_of
from backend.cases.models import Case, Meeting
from backend.deadlines import commands as deadlines

_SAID = (
    *("kind", "held_on", "people", "who_was_there", "child_view", "child_view_why_not", "family_view"),
    *("what_changed", "conclusion", "decisions", "next_on"),
)


def write_meeting(actor: Actor, case_id: UUID, given: Mapping[str, Any], *, meeting_id: UUID) -> Meeting:
    """Write a meeting about a visible case that is worked on. Raises a Refusal."""
    case = open_case(actor, case_id, Permission.CASE_RECORD_MEETING, between_leads=True)
    meeting = record_meeting(actor, case, given, meeting_id=meeting_id)
    deadlines.renew("drift", root_id=case.id, partnership_id=case.partnership_id)
    return meeting


def record_meeting(actor: Actor, case: Case, given: Mapping[str, Any], *, meeting_id: UUID) -> Meeting:
    """Write a meeting of a case in hand: its permission and its state have been asked."""
    said = {name: given[name] for name in _SAID if name in given}
    meeting = Meeting(id=meeting_id, **part_of(actor, case), **said)
    data = {"kind": meeting.kind}
    record(actor, "meeting.record", meeting, root_id=case.id, child_id=case.child_id, data=data)
    return meeting
