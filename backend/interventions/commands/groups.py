"""Group sessions as a whole: planned, joined, moved, called off and registered, each child's as a record of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.core.errors import Conflict, Forbidden, NotFound, Refusal
from backend.drafts import commands as drafts
from backend.interventions import queries
from backend.interventions.commands import sessions
from backend.interventions.commands.session_edges import session_machine
from backend.interventions.models import Intervention, Session
from backend.interventions.queries import sessions as session_queries
from backend.workflow.machine import Given

_STALE = "Somebody else has changed this group session. Look at it again before you go on."
_NOT_AHEAD = "This group session has begun already. Plan another one for those who come next time."
_THERE_ALREADY = "Somebody you have chosen is in this group already."


@dataclass(frozen=True, slots=True)
class Left:
    """One child of a group whose session stays as it was, and why."""

    child_id: UUID
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Done:
    """For how many children of a group something was done, and for whom it was not."""

    number: int
    left: Sequence[Left]


@dataclass(frozen=True, slots=True)
class ToPlan:
    """A group session that nobody has planned yet: it belongs to the agency that will give it, and to no child."""

    root_id: UUID
    child_id: None = None


def group_to_plan(actor: Actor, agency_id: UUID) -> ToPlan:
    """Return what somebody is about to plan for their own agency; raise the refusal that planning would."""
    if actor.is_system or agency_id != actor.agency_id:
        raise NotFound
    if not policy.holds(actor, Permission.INTERVENTION_GIVE):
        raise Forbidden(f"Your role, {actor.role.label.lower()}, does not work with children.")
    return ToPlan(agency_id)


def plan_group(actor: Actor, given: Mapping[str, Any], *, group_id: UUID) -> list[Session]:
    """Plan one session for several children, each within their own intervention that the actor's agency gives.

    What was typed of it is deleted. Raises NotFound, whichever it is, when one of them is not the agency's to give.
    """
    planned = _plan(actor, given, group_id)
    drafts.discard_own(actor, actor.agency_id, session_queries.GROUP_FORM)
    return planned


def _plan(actor: Actor, given: Mapping[str, Any], group_id: UUID) -> list[Session]:
    wanted = list(dict.fromkeys(given["interventions"]))
    found = queries.under_way(actor).filter(pk__in=wanted).in_bulk(wanted)
    if len(found) < len(wanted):
        raise NotFound
    more = {"worked_on": given["worked_on"], "group_id": group_id}
    planned_at, mode = given["planned_at"], given["mode"]
    return [sessions.plan_next(actor, found[pk], planned_at, mode=mode, **more) for pk in sorted(wanted)]


def add_to_group(actor: Actor, group_id: UUID, given: Given) -> Done:
    """Plan a session that a group has ahead for more children. Raises a Refusal: for all of them, or for none."""
    standing = _standing(actor, group_id)
    ahead = session_queries.ahead_in(standing)
    if not ahead:
        raise Conflict(_NOT_AHEAD, code="not_ready")
    sessions.under_way(actor, ahead[0].root_id)
    if {one.root_id for one in standing} & set(given["interventions"]):
        raise Conflict(_THERE_ALREADY, code="not_ready")
    plan = {name: getattr(ahead[0], name) for name in ("planned_at", "mode", "worked_on")}
    added = _plan(actor, {**plan, "interventions": given["interventions"]}, group_id)
    return Done(len(added), ())


def move_group(actor: Actor, group_id: UUID, given: Given) -> Done:
    """Move what a group has planned to another time, where it stays together. Raises a Refusal when nobody moves."""
    return _each(actor, group_id, "move", {**given, "group_id": group_id})


def call_off_group(actor: Actor, group_id: UUID, given: Given) -> Done:
    """Call off what a group has ahead, child by child. Raises a Refusal when it is called off for nobody."""
    return _each(actor, group_id, "call_off", given)


def _each(actor: Actor, group_id: UUID, edge: str, given: Mapping[str, Any]) -> Done:
    """Take one edge of every session of a group that is planned; whoever's refuses stays as it was, and is named."""
    standing = _standing(actor, group_id)
    if session_queries.version_of(standing) != given["version"]:
        raise Conflict(_STALE, code="stale")
    said = {name: value for name, value in given.items() if name != "version"}
    planned = [one for one in standing if one.state == Session.PLANNED]
    left = [one for one in (_try(actor, edge, session, said) for session in planned) if one is not None]
    if len(left) == len(planned):
        reasons = dict.fromkeys(reason for one in left for reason in one.reasons)
        raise Conflict(*(reasons or [_NOT_AHEAD]), code="not_ready")
    return Done(len(planned) - len(left), left)


def _try(actor: Actor, edge: str, session: Session, given: Given) -> Left | None:
    try:
        with transaction.atomic():
            session_machine.perform(actor, edge, session.id, version=session.version, given=given)
    except Refusal as refusal:
        return Left(session.child_id, refusal.reasons)
    return None


def _standing(actor: Actor, group_id: UUID) -> list[Session]:
    standing = list(session_queries.group(actor, group_id))
    if not standing:
        raise NotFound
    return standing


def group_under_way(actor: Actor, group_id: UUID) -> Intervention:
    """Return an intervention of a group that the actor may record; raise the refusal that recording would."""
    return sessions.under_way(actor, _standing(actor, group_id)[0].root_id)


def register_group(actor: Actor, group_id: UUID, rows: Sequence[Mapping[str, Any]]) -> None:
    """Record the sessions of a group, each as its own record by the machine's own edge, in the order of their keys.

    What was typed into the register is deleted. Raise NotFound when a row is not of this group as the actor sees it.
    """
    known = dict(session_queries.group(actor, group_id).values_list("id", "mode"))
    if not {row["session"] for row in rows} <= set(known):
        raise NotFound
    for row in sorted(rows, key=lambda one: one["session"]):
        given = {name: value for name, value in row.items() if name not in ("session", "version")}
        given["mode"] = given["mode"] or known[row["session"]]
        session_machine.perform(actor, "record", row["session"], version=row["version"], given=given)
    drafts.discard_own(actor, group_id, session_queries.REGISTER_FORM)
