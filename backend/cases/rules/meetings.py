"""What must be true before a meeting is taken back or put right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from backend.access.actors import Actor
from backend.cases.models import Meeting
from backend.workflow.machine import Given
from backend.workflow.undo import TOO_LATE, undo_until


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What the rules of a meeting need: who asks, and on which day."""

    actor: Actor
    today: date


def can_be_undone(meeting: Meeting, facts: MeetingFacts, given: Given | None) -> Iterator[str]:
    """Within ten minutes, by who recorded it; a review has moved the plan, and others read on from there."""
    if meeting.kind == Meeting.REVIEW:
        yield (
            "A review keeps a version of the plan and sets the day of the next one, so it stays. "
            "Correct it with a reason instead."
        )
    elif meeting.made_by_id != facts.actor.user_id:
        yield f"Only {meeting.made_by_name}, who recorded it, can undo this. Correct it with a reason instead."
    elif meeting.version > 1:
        yield "It has been corrected, so it stays. Correct it again instead."
    elif undo_until(meeting.made_at) is None:
        yield TOO_LATE


def was_held(meeting: Meeting, facts: MeetingFacts, given: Given | None) -> Iterator[str]:
    """A meeting that is written down has been held."""
    if given is not None and given["held_on"] > facts.today:
        yield "The day of the meeting cannot be in the future."


def next_review_stays(meeting: Meeting, facts: MeetingFacts, given: Given | None) -> Iterator[str]:
    """The clock of the next review runs to the day that was set: another review sets another one."""
    if given is None or meeting.kind != Meeting.REVIEW:
        return
    if given["next_on"] not in (None, meeting.next_on):
        yield "The day of the next review cannot be corrected here. Record another review to set another day."
