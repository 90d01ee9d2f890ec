"""Reads of assessments: who sees them, the one being written, the last that was completed, and what is new since."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from backend.access import queries as access
from backend.access.actors import Actor
from backend.audit.models import Event
from backend.cases.models import Assessment, Case
from backend.cases.queries import events_of, visible_to
from backend.cases.rules import AssessmentFacts
from backend.drafts.queries import of_root

FORM = "assessment"
# As many things that happened since as somebody reads before they begin.
_NEW = 20
# The assessment's own life is not news to whoever writes the next one.
_ITS_OWN = "assessment."
# A subquery of the ids of the closed cases that led to a case, as an actor sees: how is known to the app above.
Find = Callable[[Actor, UUID], "QuerySet[Any, Any]"]
_earlier: dict[str, Find] = {}


def register_earlier(noun: str, find: Find) -> None:
    """Say by which records a case follows a closed one; called in the app's ready()."""
    _earlier[noun] = find


def earlier_finders() -> list[str]:
    """Return the kinds of record by which the case before is found."""
    return sorted(_earlier)


def assessments_visible_to(actor: Actor) -> QuerySet[Assessment]:
    """Return the assessments of the cases that the actor reads."""
    assessments = Assessment.objects.select_related("agency")
    if actor.is_system:
        return assessments
    return assessments.filter(root_id__in=visible_to(actor).values("id"))


def assessments_of(case_id: UUID) -> QuerySet[Assessment]:
    """Return the assessments of a case, the newest first."""
    return Assessment.objects.filter(root_id=case_id).select_related("agency").order_by("-number")


def last_complete(case_id: UUID) -> Assessment | None:
    """Return the assessment that stands, if one was completed."""
    return assessments_of(case_id).filter(state=Assessment.COMPLETE).first()


def last_elsewhere(actor: Actor, case: Case) -> Assessment | None:
    """Return what was found out last about the same child in another case that the actor reads, if anything was.

    In one that led to this one or was joined to it, or in another that the same agency leads: what an agency found
    out for itself does not become another's because somebody happens to read both.
    """
    related = Q(lead_agency_id=case.lead_agency_id) | Q(joined_into_id=case.id)
    for find in _earlier.values():
        related |= Q(pk__in=find(actor, case.id))
    others = visible_to(actor).filter(access.about_child(case.child_id), related).exclude(pk=case.id)
    found = assessments_visible_to(actor).filter(root_id__in=others.values("id"), state=Assessment.COMPLETE)
    return found.order_by("-ended_at", "-id").first()


def new_since(actor: Actor, case_id: UUID, since: datetime) -> QuerySet[Event]:
    """Return what happened to a case after `since`, the latest first, and not more than one reads."""
    return events_of(actor, case_id).filter(at__gt=since).exclude(verb__startswith=_ITS_OWN)[:_NEW]


def assessment_facts(assessment: Assessment, actor: Actor) -> AssessmentFacts:
    """Return what the rules of an assessment need: what has been typed, in one statement."""
    draft = None if actor.is_system else of_root(actor, assessment.id, form=FORM)
    if draft is None:
        return AssessmentFacts()
    return AssessmentFacts({name: answer["value"] for name, answer in draft.answers.items()}, is_writer=True)
