"""The machine of a session: recorded, moved, corrected by another record, or taken back within ten minutes."""

from typing import Any

from django.db.models import Q

from backend.access.policy import Permission
from backend.core import clock
from backend.deadlines import commands as deadlines
from backend.interventions import queries, rules
from backend.interventions.commands import sessions
from backend.interventions.models import Intervention, Session
from backend.interventions.queries import sessions as session_queries
from backend.interventions.states import CANCELLED_BY_SERVICE, SERVICE_ENDED
from backend.workflow.changing import Change
from backend.workflow.machine import Edge, Given, Machine
from backend.workflow.undo import past_of, undo_until


def _named(change: Change[Session], inputs: dict[str, Any]) -> None:
    """An intervention has many sessions: its timeline says which one."""
    change.data = {"session_id": str(change.target.id), "outcome": inputs.get("outcome") or change.target.outcome}


def _undone(change: Change[Session], inputs: dict[str, Any]) -> None:
    """It points to what wrote it: the planning of one that was new, else the record or the move."""
    _named(change, inputs)
    change.corrects_id = past_of(change.target)[0].event_id


def _moved(change: Change[Session], inputs: dict[str, Any]) -> None:
    target = change.target
    change.data = {"session_id": str(target.id), "moved_by": inputs["moved_by"]}
    change.data["planned_at"] = inputs["planned_at"].isoformat()


def _go_on(change: Change[Session], given: Given) -> None:
    """The work is alive, and the next session stands where somebody has said when it is."""
    target = _intervention(change)
    deadlines.renew("drift", root_id=queries.goes_on_in(target), partnership_id=target.partnership_id)
    if given.get("next_at"):
        sessions.plan_next(change.actor, target, given["next_at"], mode=change.target.mode)


def _plan_instead(change: Change[Session], given: Given) -> None:
    """A session of a group that one child cannot come to is theirs alone at its new time; a whole group stays one."""
    old = change.target
    more = {"instead_of_id": old.id, "worked_on": old.worked_on, "group_id": given.get("group_id")}
    sessions.plan_next(change.actor, _intervention(change), given["planned_at"], mode=old.mode, **more)


def _write_instead(change: Change[Session], given: Given) -> None:
    sessions.instead_of(change.actor, change.target, given)


def _intervention(change: Change[Session]) -> Intervention:
    target: Intervention = change.facts.intervention
    return target


session_machine: Machine[Session] = Machine(
    noun="session",
    model=Session,
    edges={
        "record": Edge(
            permission=Permission.SESSION_RECORD,
            label="Record it",
            hint="Who came, or why it was not held.",
            rules=(rules.was_under_way, rules.has_been, rules.goals_are_tied),
            first=_named,
            then=_go_on,
            primary=True,
        ),
        "move": Edge(
            permission=Permission.SESSION_MOVE,
            label="Move it to another time",
            hint="What was planned before stays in the record.",
            rules=(rules.is_under_way, rules.is_moved_ahead),
            first=_moved,
            then=_plan_instead,
        ),
        "call_off": Edge(
            permission=Permission.SESSION_CALL_OFF,
            label="Call it off",
            hint="It will not be held, and no other time is known. Whoever reads the case sees why.",
            rules=(rules.is_under_way,),
            first=_named,
            suits=lambda session: rules.is_ahead(session, clock.now()),
        ),
        "correct": Edge(
            permission=Permission.SESSION_CORRECT,
            label="Correct it",
            hint="Say what was not right. Fill in only what changes: both records stay.",
            rules=(rules.has_been, rules.goals_are_tied),
            first=_named,
            then=_write_instead,
        ),
        "undo": Edge(
            permission=Permission.SESSION_UNDO,
            label="Take it back",
            hint="Within ten minutes, if you have just written it by mistake.",
            rules=(rules.can_be_undone,),
            first=_undone,
            until=lambda session, _facts: undo_until(session.written_at),
        ),
    },
    visible_to=session_queries.sessions_visible_to,
    facts=session_queries.session_facts,
    fields=lambda _session: {},
    path=lambda session: f"/interventions/{session.root_id}",
    owner_agency=lambda session: session.agency_id,
    labels=Session.LABELS,
    # Sessions have no clocks; the intervention's go on.
    clock_root=lambda session: session.id,
)


def call_off_ahead(change: Change[Intervention]) -> int:
    """Call off what is planned of a service that ends, by the same act; return how many sessions that were."""
    given = {"outcome": CANCELLED_BY_SERVICE, "not_held_why": SERVICE_ENDED, "not_held_text": ""}
    ahead = Q(state=Session.PLANNED, planned_at__gt=clock.now())
    return len(session_machine.perform_on_parts(change, "call_off", ahead, given=given))
