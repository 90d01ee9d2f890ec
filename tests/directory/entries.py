"""Entries of the directory as tests need them: whole, made by the command that makes them."""

from typing import Any

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.core.ids import uuid7
from backend.directory import commands
from backend.directory.inputs import EntryInput
from backend.directory.models import Service
from backend.workflow.views import validated
from tests.actors import actor
from tests.edges import take

KEEPER = "kite-street"
ENTRY: dict[str, Any] = {
    "name": "Boxing and mentoring",
    "kind": "mentoring",
    "summary": "A coach and a mentor, twice a week after school.",
    "is_citywide": True,
    "needs": ["safety_weapons", "friends"],
    "cost": "free",
    "receives_directly": False,
    "evidence": "not_said",
}


def keeper(slug: str = KEEPER) -> Actor:
    """The manager who answers for entries of an agency."""
    return actor(slug, Role.MANAGER)


def service(who: Actor | None = None, **given: Any) -> Service:
    """An open entry; `given` says what is different about it."""
    who = who or keeper()
    with acting(who):
        return commands.add(who, uuid7(), validated(EntryInput, {**ENTRY, **given}))


def with_capacity(one: Service, capacity: str = "space", **given: Any) -> Service:
    """The same, after its keeper said how much room there is."""
    who = keeper(one.kept_by.slug)
    return take("say_capacity", one.id, who, noun="service", capacity=capacity, **given)
