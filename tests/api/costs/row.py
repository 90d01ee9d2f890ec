"""One row of the table of costs, and the people who take edges in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.access.actors import Actor
from backend.access.relations import Relation
from backend.agencies.roles import Role
from tests import factories
from tests.world import World

EDGE, EDGE_THAT_MOVES_A_CASE = 25, 36
# Where the family takes its yes back, or a case ends, it is asked once more: whether a panel is to hear it.
ASKS_FOR_PANELS = EDGE + 1
# And where it ends, which services go on, for whoever gives them is told.
TELLS_WHO_GOES_ON = ASKS_FOR_PANELS + 1
# Where somebody is left a task of the same day: the task, its clock, and finding who works on the case.
LEAVES_A_TASK = EDGE + 8
Given = Mapping[str, Any]
Record = Callable[[World], UUID]
Who = Callable[[World], Actor]
Fill = Callable[[World, UUID], Given]


@dataclass(frozen=True)
class Row:
    """Who takes an edge of which record, with what beside a good input, and what it may cost."""

    record: Record
    who: Who
    given: Fill = lambda _world, _pk: {}
    bar: int = EDGE
    # Where it is not the machine's own address.
    path: str = ""
    # Where its form is not that of the edge.
    body: Given | None = None


def stands(relation: Relation, role: Role) -> Who:
    """Somebody of the tests' world in a relation to its records."""
    return lambda world: world.who(relation, role)


def manager(_world: World) -> Actor:
    """A manager of the front door."""
    return factories.manager()


def officer(_world: World) -> Actor:
    """A triage officer of the front door."""
    return factories.officer()


def offered_lead(_world: World) -> Actor:
    """A manager of the agency that is asked to lead."""
    return factories.manager("youth-justice")


CREATOR = stands(Relation.CREATOR, Role.PRACTITIONER)
ON_THE_TEAM = stands(Relation.TEAM, Role.MANAGER)
OFFERED = stands(Relation.OFFERED, Role.TRIAGE_OFFICER)
ASKED = stands(Relation.ASKED, Role.PRACTITIONER)
HOLDER = stands(Relation.HOLDER, Role.TRIAGE_OFFICER)
HOLDING_MANAGER = stands(Relation.HOLDER, Role.MANAGER)
WORKER = stands(Relation.WORKER, Role.CASE_WORKER)
LEAD = stands(Relation.LEAD, Role.MANAGER)
DISAGREEING = stands(Relation.DISAGREEING, Role.PRACTITIONER)
ANSWERING = stands(Relation.ANSWERING, Role.MANAGER)
