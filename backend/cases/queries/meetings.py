"""Reads of meetings one by one: who sees them, and what their rules need."""

from django.db.models import QuerySet

from backend.access import queries as access
from backend.access.actors import Actor
from backend.cases.models import Meeting
from backend.cases.queries import visible_to
from backend.cases.rules.meetings import MeetingFacts
from backend.core import clock
from backend.deadlines.calendar import local


def meetings_visible_to(actor: Actor) -> QuerySet[Meeting]:
    """Return the meetings of the cases that the actor reads, those taken back among them: lists leave them out."""
    meetings = Meeting.objects.select_related("agency")
    if actor.is_system:
        return meetings
    return meetings.filter(root_id__in=visible_to(actor).values("id")).exclude(access.barred(actor))


def meeting_facts(_meeting: Meeting, actor: Actor) -> MeetingFacts:
    """Return what the rules of a meeting need, which asks for no statement."""
    return MeetingFacts(actor, local(clock.now()).date())
