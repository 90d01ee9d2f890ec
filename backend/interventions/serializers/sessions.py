"""Turns sessions into plain data: of one intervention, or of several children as whoever gives them needs them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.relations import Relation
from backend.children.models import Child
from backend.core import vocabulary
from backend.interventions import queries
from backend.interventions.commands import session_machine
from backend.interventions.models import Intervention, Session
from backend.interventions.queries.goals import TiedGoal, tied_goals
from backend.interventions.rules import SessionFacts
from backend.interventions.serializers.goals import words_of
from backend.interventions.serializers.session_forms import session_form, why_not_held
from backend.workflow import options


def session_data(actor: Actor, session: Session) -> dict[str, Any]:
    """Return one session exactly as GET gives it."""
    target = queries.visible_to(actor).filter(pk=session.root_id).first()
    relations = access.relations_to(actor, session.root_id)
    return _session(actor, session, target, relations, tied_goals(target) if target else [])


def session_rows(actor: Actor, page: Sequence[Session], target: Intervention) -> list[dict[str, Any]]:
    """Return a page of sessions of one intervention, with two statements at most, whatever its length."""
    relations, tied = access.relations_to(actor, target.id), tied_goals(target)
    return [_session(actor, session, target, relations, tied) for session in page]


def held_rows(page: Sequence[Session]) -> list[dict[str, Any]]:
    """Return sessions of several children as whoever gives them needs them, with two statements."""
    return rows_of(page, services_of(page))


def services_of(page: Sequence[Session]) -> Mapping[UUID, Intervention]:
    """Return the interventions of several sessions, by their keys."""
    return Intervention.objects.in_bulk({session.root_id for session in page})


def rows_of(page: Sequence[Session], of: Mapping[UUID, Intervention]) -> list[dict[str, Any]]:
    """Return sessions whose interventions are in hand, each with its child."""
    children = Child.objects.in_bulk({session.child_id for session in page})
    return [_held(session, of, children) for session in page]


def _held(session: Session, of: Mapping[UUID, Intervention], children: Mapping[UUID, Child]) -> dict[str, Any]:
    target, child = of.get(session.root_id), children.get(session.child_id)
    return {
        "id": session.id,
        "version": session.version,
        "intervention_id": session.root_id,
        "group_id": session.group_id,
        "child_name": child.name if child else None,
        "service_name": target.service_name if target else "",
        "state": session.state,
        "planned_at": session.planned_at,
        "mode_label": vocabulary.get("session_modes").label(session.mode),
        "worked_on": session.worked_on,
        "outcome_label": vocabulary.get("session_outcomes").label(session.outcome),
        "not_held_words": why_not_held(session),
    }


def _session(
    actor: Actor,
    session: Session,
    target: Intervention | None,
    relations: frozenset[Relation],
    tied: Sequence[TiedGoal],
) -> dict[str, Any]:
    shown = options.shapes(
        session_machine,
        actor,
        session,
        relations,
        base=f"/api/v1/sessions/{session.id}/",
        choices={},
        facts=SessionFacts(actor=actor, intervention=target),
    )
    return {
        **_told(session),
        "subject_reference": target.case_reference if target else "",
        "goals": words_of(session, tied),
        "options": [{**one, "input": session_form(one["input"], tied)} for one in shown],
    }


def _told(session: Session) -> dict[str, Any]:
    people = vocabulary.get("note_people")
    return {
        "id": session.id,
        "version": session.version,
        "intervention_id": session.root_id,
        "state": session.state,
        "state_label": Session.LABELS[session.state],
        "in_group": session.group_id is not None,
        "planned_at": session.planned_at,
        "happened_at": session.happened_at,
        "outcome_label": vocabulary.get("session_outcomes").label(session.outcome),
        "not_held_words": why_not_held(session),
        "mode_label": vocabulary.get("session_modes").label(session.mode),
        "minutes": session.minutes,
        "people": [people.label(code) for code in session.people],
        "worked_on": session.worked_on,
        "child_feedback": session.child_feedback,
        "text": session.text,
        "concern_label": vocabulary.get("session_concerns").label(session.concern),
        "concern_text": session.concern_text,
        "concern_passed_on": session.passed_on_at is not None,
        "moved_words": _moved(session),
        "is_correction": session.corrects_id is not None,
        "by": session.written_by_name,
        "agency": session.agency.name,
        "written_at": session.written_at,
    }


def _moved(session: Session) -> str:
    if session.state != Session.MOVED:
        return ""
    who = vocabulary.get("session_moved_by").label(session.moved_by)
    return f"{who}: {session.move_reason}" if session.move_reason else who
