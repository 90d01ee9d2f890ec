"""Cases whose lead is asked for or refused, brought where they have to be by the real edges."""

from uuid import UUID

from backend.access.relations import Relation
from backend.agencies.roles import Role
from tests import casework, factories
from tests.edges import take
from tests.world import World


def lead_asked_for(world: World) -> UUID:
    """A case that the agency of its team asks to lead, and that is offered to nobody."""
    take("withdraw", world.records["transfer"], world.who(Relation.LEAD, Role.MANAGER), noun="transfer")
    return world.records["case"]


def refused_twice(world: World) -> UUID:
    """A transfer that a second agency in a row has declined: the front door is to name who leads."""
    take("decline", world.records["transfer"], factories.manager("youth-justice"), noun="transfer")
    leader = world.who(Relation.LEAD, Role.MANAGER)
    to = str(factories.manager("brightwater").agency_id)
    case = take("propose_transfer", world.records["case"], leader, noun="case", to_agency_id=to)
    second = casework.open_transfer_of(case, leader).id
    take("decline", second, factories.manager("brightwater"), noun="transfer")
    return second
