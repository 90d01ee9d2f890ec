"""Writing down a review or another meeting: who was there, what they said, and what was decided."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.commands import record
from backend.cases.commands.planning import open_case, part_of
from backend.cases.models import Case, Meeting
from backend.deadlines import commands as deadlines
from backend.deadlines.queries import running_since

# The clock that a meeting lets begin again, and how its event says since when nothing had happened before.
DRIFT, STILL_SINCE = "drift", "still_since"
_SAID = (
    *("kind", "held_on", "people", "who_was_there", "child_view", "child_view_why_not", "family_view"),
    *("what_changed", "conclusion", "decisions", "next_on"),
)


def write_meeting(actor: Actor, case_id: UUID, given: Mapping[str, Any], *, meeting_id: UUID) -> Meeting:
    """Write a meeting about a visible case that is worked on. Raises a Refusal."""
    case = open_case(actor, case_id, Permission.CASE_RECORD_MEETING, between_leads=True)
    still_since = running_since(case.id, DRIFT)
    meeting = record_meeting(actor, case, given, meeting_id=meeting_id, still_since=still_since)
    deadlines.renew(DRIFT, root_id=case.id, partnership_id=case.partnership_id, at=meeting.made_at)
    return meeting


def record_meeting(
    actor: Actor, case: Case, given: Mapping[str, Any], *, meeting_id: UUID, still_since: datetime | None = None
) -> Meeting:
    """Write a meeting of a case in hand: its permission and its state have been asked."""
    said = {name: given[name] for name in _SAID if name in given}
    meeting = Meeting(id=meeting_id, **part_of(actor, case), **said)
    data = {"kind": meeting.kind}
    if still_since is not None:
        data[STILL_SINCE] = still_since.isoformat()
    record(actor, "meeting.record", meeting, root_id=case.id, child_id=case.child_id, data=data)
    return meeting
