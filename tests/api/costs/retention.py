"""What the edges of holds and orders may cost, and the records they are taken of."""

from collections.abc import Mapping
from uuid import UUID

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.audit.commands import record
from backend.core.ids import new_reference, uuid7
from backend.referrals.models import Referral
from backend.retention.commands.holding import place
from backend.retention.models import Order
from tests.actors import actor
from tests.api.costs.row import Row
from tests.factories import FRONT_DOOR, manager, referral_in
from tests.world import World


def _governs(_world: World) -> Actor:
    return actor(FRONT_DOOR, Role.INFORMATION_GOVERNANCE)


def _manager(_world: World) -> Actor:
    return manager()


def _held(_world: World) -> UUID:
    who = manager()
    given = {"reference": referral_in(Referral.DECLINED).reference, "reason_code": "court", "reason": ""}
    with acting(who):
        return place(who, given, hold_id=uuid7()).id


def _proposed(_world: World) -> UUID:
    who = manager()
    order = Order(
        partnership_id=who.partnership_id,
        agency_id=who.agency_id,
        reference=new_reference("D"),
        schedule=1,
        proposed_by_id=who.user_id,
        proposed_by_name=who.name,
    )
    with acting(who):
        record(who, "disposal.propose", order, root_id=order.id)
    return order.id


ROWS: Mapping[str, Row] = {
    "hold.release": Row(_held, _manager),
    "disposal.approve": Row(_proposed, _governs),
    "disposal.refuse": Row(_proposed, _governs),
    "disposal.withdraw": Row(_proposed, _manager),
}
