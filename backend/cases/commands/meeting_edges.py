"""The machine of a meeting: taken back at once by who recorded it, or put right with a reason, former words kept."""

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_datetime

from backend.access.policy import Permission
from backend.audit.models import Event
from backend.cases.commands.meeting import DRIFT, STILL_SINCE
from backend.cases.commands.planning import SAME
from backend.cases.models import Meeting
from backend.cases.queries.meetings import meeting_facts, meetings_visible_to
from backend.cases.rules import meetings as rules
from backend.core import clock
from backend.core.errors import Invalid
from backend.deadlines import commands as deadlines
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Given, Machine
from backend.workflow.undo import first_event_of, undo_until

# What can be put right of every meeting, of one that is no review, and of a review.
_OF_ALL = ("held_on", "people", "who_was_there", "child_view", "family_view", "what_changed", "decisions")
_OF_MEETINGS = ("kind", "next_on")
_OF_REVIEWS = ("child_view_why_not", "conclusion")
_NO_VIEW = "Write what the child says about how it goes, or choose why the child’s view is missing."
_MISSING = {
    "kind": "Choose what it was.",
    "family_view": "Enter what the family says.",
    "conclusion": "Choose how it goes.",
}


def _names(meeting: Meeting) -> tuple[str, ...]:
    return (*_OF_ALL, *(_OF_REVIEWS if meeting.kind == Meeting.REVIEW else _OF_MEETINGS))


def _stands(meeting: Any) -> dict[str, Any]:
    return {name: value for name, value in _as_json(meeting).items() if value not in (None, "")}


def _as_json(meeting: Any) -> dict[str, Any]:
    said = {name: getattr(meeting, name) for name in _names(meeting)}
    return {name: value.isoformat() if name.endswith("_on") and value else value for name, value in said.items()}


def _which(meeting: Meeting) -> dict[str, Any]:
    """Say of which meeting, and never what was said."""
    return {"meeting_id": str(meeting.id), "kind": meeting.kind}


def _undone(change: Change[Meeting], given: dict[str, Any]) -> None:
    change.data = _which(change.target)
    change.corrects_id = first_event_of(change.target)


def _still_again(change: Change[Meeting], given: Given) -> None:
    """What was not held is no sign of life: nothing has happened since before it, unless something has since."""
    meeting = change.target
    recorded = Event.objects.filter(pk=first_event_of(meeting)).values_list("data", flat=True).first() or {}
    since = parse_datetime(recorded.get(STILL_SINCE, ""))
    if since is not None:
        partnership_id = meeting.partnership_id
        deadlines.put_back(
            DRIFT, root_id=meeting.root_id, partnership_id=partnership_id, renewed_at=meeting.made_at, to=since
        )


def _put_right(change: Change[Meeting], given: dict[str, Any]) -> None:
    """It stands where it stood; what it said before stands beside it, with who put it right and why."""
    meeting = change.target
    names, before = _names(meeting), _as_json(meeting)
    missing = {name: [sentence] for name, sentence in _missing(meeting, given)}
    if missing:
        raise Invalid(*(sentence for [sentence] in missing.values()), fields=missing)
    different = [name for name in names if given[name] != getattr(meeting, name)]
    if not different:
        raise Invalid(SAME)
    now = clock.now().isoformat()
    meeting.earlier = [
        *meeting.earlier,
        {**before, "by": change.actor.name, "at": now, "reason": given["reason"]},
    ]
    for name in different:
        setattr(meeting, name, given[name])
    change.data = {**_which(meeting), "fields": different}


def _missing(meeting: Meeting, given: Given) -> list[tuple[str, str]]:
    """Return what the form of this meeting cannot do without, beside what no meeting can."""
    if meeting.kind != Meeting.REVIEW:
        return [] if given["kind"] else [("kind", _MISSING["kind"])]
    found = [(name, _MISSING[name]) for name in ("family_view", "conclusion") if not given[name]]
    if not given["child_view"] and not given["child_view_why_not"]:
        found.append(("child_view", _NO_VIEW))
    return found


def _no_words(_meeting: Meeting) -> Mapping[str, str]:
    """Nobody is told: whoever works on the case reads it among the meetings."""
    return {}


meeting_machine: Machine[Meeting] = Machine(
    noun="meeting",
    model=Meeting,
    edges={
        "correct": Edge(
            permission=Permission.MEETING_CORRECT,
            label="Correct what was written",
            hint="What is right stands in its place. What was written before stays beside it.",
            rules=(rules.was_held, rules.next_review_stays),
            first=_put_right,
            sources=(Meeting.RECORDED,),
            stands=_stands,
        ),
        "undo": Edge(
            permission=Permission.MEETING_UNDO,
            label="Undo the meeting",
            hint="Within ten minutes, if you recorded it by mistake. Actions that you added to the plan stay in it.",
            rules=(rules.can_be_undone,),
            first=_undone,
            then=_still_again,
            until=lambda meeting, _facts: undo_until(meeting.made_at),
        ),
    },
    visible_to=meetings_visible_to,
    facts=meeting_facts,
    fields=_no_words,
    path=lambda meeting: f"/cases/{meeting.root_id}/reviews",
    owner_agency=lambda meeting: meeting.agency_id,
    labels=Meeting.LABELS,
    # Meetings have no clocks; the case's go on.
    clock_root=lambda meeting: meeting.id,
)
