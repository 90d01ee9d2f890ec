"""Turns reviews and meetings into plain data: what they say, what they said before, and what may be done about them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from rest_framework import serializers

from backend.access import queries as access
from backend.access.actors import Actor
from backend.cases.commands import meeting_machine
from backend.cases.models import Meeting
from backend.cases.serializers.meeting_edge_inputs import (
    NEEDED_OF_MEETINGS,
    NEEDED_OF_REVIEWS,
    OF_MEETINGS,
    OF_REVIEWS,
)
from backend.core import vocabulary
from backend.deadlines.calendar import day_said
from backend.workflow import options
from backend.workflow.serializers import OptionNameShape, OptionShape

_NEXT_STAYS = "The day of the next review stays: record another review to set another day."


class FormerWordsShape(serializers.Serializer[Any]):
    """One answer as it stood before it was put right; empty where nothing stood there."""

    label = serializers.CharField()
    words = serializers.CharField(allow_blank=True)


class EarlierMeetingShape(serializers.Serializer[Any]):
    """What a meeting said before it was put right, who did that, when and why."""

    was = FormerWordsShape(many=True)
    by = serializers.CharField()
    at = serializers.DateTimeField()
    reason = serializers.CharField()


class SaidMeetingShape(serializers.Serializer[Any]):
    """A review or another meeting."""

    id = serializers.UUIDField()
    kind_label = serializers.CharField()
    held_on = serializers.DateField()
    people = serializers.ListField(child=serializers.CharField())
    who_was_there = serializers.CharField(allow_blank=True)
    child_view = serializers.CharField(allow_blank=True)
    child_view_why_not_label = serializers.CharField(allow_blank=True)
    family_view = serializers.CharField(allow_blank=True)
    what_changed = serializers.CharField(allow_blank=True)
    conclusion_label = serializers.CharField(allow_blank=True)
    decisions = serializers.CharField(allow_blank=True)
    next_on = serializers.DateField(allow_null=True)
    by = serializers.CharField()
    agency = serializers.CharField()
    made_at = serializers.DateTimeField()
    earlier = EarlierMeetingShape(many=True)


class MeetingShape(SaidMeetingShape):
    """A meeting of a list, with the names of what its reader may do about it."""

    options = OptionNameShape(many=True)


class OneMeetingShape(SaidMeetingShape):
    """A meeting by itself, with the forms of what its reader may do about it."""

    version = serializers.IntegerField()
    case_id = serializers.UUIDField()
    case_reference = serializers.CharField()
    state_label = serializers.CharField()
    options = OptionShape(many=True)


def meeting_rows(actor: Actor, case_id: UUID, meetings: Sequence[Meeting]) -> list[dict[str, Any]]:
    """Return meetings of one case as those who read it read them."""
    relations = access.relations_to(actor, case_id)
    return [{**_said(one), "options": options.rows(meeting_machine.options(actor, one, relations))} for one in meetings]


def one_meeting_data(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """Return one meeting exactly as GET gives it."""
    relations = access.relations_to(actor, meeting.root_id)
    base = f"/api/v1/meetings/{meeting.id}/"
    shown = options.shapes(meeting_machine, actor, meeting, relations, base=base, choices={})
    is_review = meeting.kind == Meeting.REVIEW
    left_out, needed = (OF_MEETINGS, NEEDED_OF_REVIEWS) if is_review else (OF_REVIEWS, NEEDED_OF_MEETINGS)
    for option in shown:
        option["input"] = [
            {**one, "required": one["required"] or one["name"] in needed}
            for one in option["input"]
            if one["name"] not in left_out
        ]
        if is_review:
            option["hint"] = f"{option['hint']} {_NEXT_STAYS}"
    return {
        **_said(meeting),
        "version": meeting.version,
        "case_id": meeting.root_id,
        "case_reference": meeting.case_reference,
        "state_label": Meeting.LABELS[meeting.state],
        "options": shown,
    }


def _said(meeting: Meeting) -> dict[str, Any]:
    return {
        "id": meeting.id,
        "kind_label": _kind(meeting.kind),
        "held_on": meeting.held_on,
        "people": [vocabulary.get("note_people").label(code) for code in meeting.people],
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
        "earlier": list(_earlier(meeting)),
    }


def _earlier(meeting: Meeting) -> Iterator[dict[str, Any]]:
    """Yield each correction with what it changed: the words before it, where those after it are others."""
    stands = {name: getattr(meeting, name) for name in _WORDS}
    after = {**stands, **{name: _iso(stands[name]) for name in _DAYS}}
    for before, then in pairwise([*meeting.earlier, after]):
        was = [
            {"label": label, "words": words(before[name])}
            for name, (label, words) in _WORDS.items()
            if name in before and before[name] != then[name]
        ]
        yield {
            "was": was,
            "by": before["by"],
            "at": parse_datetime(before["at"]),
            "reason": before["reason"],
        }


def _kind(code: str) -> str:
    return "Review" if code == Meeting.REVIEW else vocabulary.get("meeting_kinds").label(code)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(day: str | None) -> str:
    return day_said(date.fromisoformat(day)) if day else ""


def _people(codes: Sequence[str]) -> str:
    return ", ".join(vocabulary.get("note_people").label(code) for code in codes)


def _as_written(words: str) -> str:
    return words


_DAYS = ("held_on", "next_on")
# What a correction may change, as the page calls it, with the words of what stood there.
_WORDS: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "kind": ("What it was", _kind),
    "held_on": ("Day", _day),
    "conclusion": ("How it goes", lambda code: vocabulary.get("review_conclusions").label(code)),
    "people": ("Who was there", _people),
    "who_was_there": ("Their names", _as_written),
    "child_view": ("What the child says", _as_written),
    "child_view_why_not": ("Why the child’s view is missing", lambda code: vocabulary.get("voice_why_not").label(code)),
    "family_view": ("What the family says", _as_written),
    "what_changed": ("What has changed", _as_written),
    "decisions": ("What was decided", _as_written),
    "next_on": ("Next", _day),
}
