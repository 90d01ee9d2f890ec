"""Turns reviews and meetings into plain data."""

from typing import Any

from backend.cases.models import Meeting
from backend.core import vocabulary


def meeting_data(meeting: Meeting) -> dict[str, Any]:
    """Return one meeting as those who read the case read it."""
    people = vocabulary.get("note_people")
    is_review = meeting.kind == Meeting.REVIEW
    return {
        "id": meeting.id,
        "kind_label": "Review" if is_review else vocabulary.get("meeting_kinds").label(meeting.kind),
        "held_on": meeting.held_on,
        "people": [people.label(code) for code in meeting.people],
        "who_was_there": meeting.who_was_there,
        "child_view": meeting.child_view,
        "child_view_why_not_label": vocabulary.get("voice_why_not").label(meeting.child_view_why_not),
        "family_view": meeting.family_view,
        "what_changed": meeting.what_changed,
        "conclusion_label": vocabulary.get("review_conclusions").label(meeting.conclusion),
        "decisions": meeting.decisions,
        "next_on": meeting.next_on,
        "by": meeting.made_by_name,
        "agency": meeting.agency.name,
        "made_at": meeting.made_at,
    }
