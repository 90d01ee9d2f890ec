"""Writing sessions: planned ahead, recorded when over, alone or for a group; each is one child's."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.commands import record
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.core.ids import uuid7
from backend.deadlines import commands as deadlines
from backend.drafts import commands as drafts
from backend.interventions import queries, rules
from backend.interventions.models import Intervention, Session
from backend.interventions.queries.sessions import FORM, PLAN_FORM, codes_not_held
from backend.interventions.states import RECORDED_FIELDS

_NOT_UNDER_WAY = "{} is not under way. Start it first."


def add_session(actor: Actor, intervention_id: UUID, given: Mapping[str, Any], *, session_id: UUID) -> Session:
    """Write a session that is over and was not planned here; with `next_at`, plan the next one too.

    Added, so nobody's version is asked for. What was typed of it is deleted. Raises a Refusal.
    """
    target = under_way(actor, intervention_id)
    session = new_session(actor, target, session_id=session_id)
    reasons = list(rules.goals_are_tied(session, rules.SessionFacts(actor, target), given))
    if reasons:
        raise Conflict(*reasons, code="not_ready")
    session.record(actor, {**given, "happened_at": given["happened_at"] or clock.now()})
    _keep(actor, "session.add", session, {"outcome": session.outcome})
    drafts.discard_own(actor, target.id, FORM)
    deadlines.renew("drift", root_id=queries.goes_on_in(target), partnership_id=target.partnership_id)
    if given.get("next_at"):
        plan_next(actor, target, given["next_at"], mode=given["mode"])
    return session


def plan_session(actor: Actor, intervention_id: UUID, given: Mapping[str, Any], *, session_id: UUID) -> Session:
    """Write when a session will be; what was typed of it is deleted. Raises a Refusal."""
    target = under_way(actor, intervention_id)
    session = _plan(actor, target, given, session_id=session_id)
    drafts.discard_own(actor, target.id, PLAN_FORM)
    return session


def plan_next(actor: Actor, target: Intervention, planned_at: datetime, *, mode: str, **more: Any) -> Session:
    """Plan the session that follows from another one."""
    return _plan(actor, target, {"planned_at": planned_at, "mode": mode, "worked_on": ""}, session_id=uuid7(), **more)


def new_session(actor: Actor, target: Intervention, *, session_id: UUID, **values: Any) -> Session:
    """Return a session of an intervention, not yet written."""
    if actor.is_system:
        raise Forbidden("Only a person can write down a session.")
    return Session(
        id=session_id,
        root_id=target.id,
        child_id=target.child_id,
        partnership_id=target.partnership_id,
        agency_id=actor.agency_id,
        written_by_id=actor.user_id,
        written_by_name=actor.name,
        **values,
    )


def instead_of(actor: Actor, old: Session, given: Mapping[str, Any]) -> Session:
    """Write what is true in place of a corrected record; an answer that was left out stays as it was."""
    values = {name: given[name] or getattr(old, name) for name in RECORDED_FIELDS}
    if values["outcome"] not in codes_not_held():
        values["not_held_why"] = values["not_held_text"] = ""
    session = Session(
        id=uuid7(),
        corrects_id=old.id,
        **{name: getattr(old, name) for name in ("root_id", "child_id", "partnership_id", "group_id", "planned_at")},
        agency_id=actor.agency_id,
        written_by_id=actor.user_id,
        written_by_name=actor.name,
    )
    session.record(actor, {**values, "happened_at": given["happened_at"] or old.happened_at})
    if old.concern == session.concern and old.concern_text == session.concern_text:
        session.passed_on_at = old.passed_on_at
    _keep(actor, "session.add", session, {"corrects": str(old.id), "outcome": session.outcome})
    return session


def _plan(actor: Actor, target: Intervention, given: Mapping[str, Any], *, session_id: UUID, **more: Any) -> Session:
    if given["planned_at"] <= clock.now():
        raise Conflict("Plan a session for a time that is still to come.", code="not_ready")
    planned = {name: given[name] for name in ("planned_at", "mode", "worked_on")}
    session = new_session(actor, target, session_id=session_id, **{**planned, **more})
    moment = session.planned_at.isoformat() if session.planned_at else ""
    _keep(actor, "session.plan", session, {"planned_at": moment})
    return session


def _keep(actor: Actor, verb: str, session: Session, data: dict[str, str]) -> None:
    data = {"session_id": str(session.id), **data}
    record(actor, verb, session, root_id=session.root_id, child_id=session.child_id, data=data)


def under_way(actor: Actor, intervention_id: UUID) -> Intervention:
    """Return the visible intervention whose sessions the actor may write down. Raises a Refusal."""
    target = queries.visible_to(actor).filter(pk=intervention_id).first()
    if target is None:
        raise NotFound
    policy.require(actor, Permission.SESSION_ADD, access.relations_to(actor, target.id))
    if target.state != Intervention.STARTED:
        raise Conflict(_NOT_UNDER_WAY.format(target.service_name), code="wrong_state")
    return target
