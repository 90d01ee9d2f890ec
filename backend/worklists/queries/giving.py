"""Reads of the sessions somebody is named to give soon, and, for a manager, of those that nobody is named for."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.children.models import Child
from backend.core import clock
from backend.deadlines.calendar import END_OF_DAY, at_local, local
from backend.interventions.queries.sessions import to_give
from backend.worklists.queries.items import MOST, Item
from backend.worklists.rules import SOON_DAYS

_RECORD = "/sessions/{}/do/record?back=/work"
# Before its time there is nothing to record of it: with the service it is moved or called off.
_AHEAD = "/interventions/{}"
_REGISTER = "/group-sessions/{}"
_NAME = "/interventions/{}/do/name_worker?back=/work"


def sessions_to_give(actor: Actor) -> Sequence[Any]:
    """Return the sessions that are over and not recorded, and those of the days that are soon."""
    if not policy.holds(actor, Permission.INTERVENTION_GIVE):
        return ()
    last = local(clock.now()).date() + timedelta(days=SOON_DAYS)
    return list(to_give(actor, until=at_local(last, END_OF_DAY))[:MOST])


def given_soon(sessions: Sequence[Any], children: Mapping[UUID, Child]) -> Iterator[Item]:
    """Yield a line for each session; those of a group are one, whoever of it comes."""
    told: set[UUID] = set()
    for one in sessions:
        if one.worker_id is None:
            label = f"Name who gives the session of {one.service_name}"
            yield _session(one, label, _NAME.format(one.root_id), children)
        elif one.group_id is None:
            path = _AHEAD.format(one.root_id) if one.planned_at > clock.now() else _RECORD.format(one.id)
            yield _session(one, f"Session of {one.service_name}", path, children)
        elif one.group_id not in told:
            told.add(one.group_id)
            yield _session(one, f"Group session of {one.service_name}", _REGISTER.format(one.group_id), {})


def _session(one: Any, label: str, path: str, children: Mapping[UUID, Child]) -> Item:
    return Item(str(one.id), "session", label, "", path, one.planned_at, child=children.get(one.child_id))
