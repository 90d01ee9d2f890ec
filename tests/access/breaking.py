"""Whoever may breaks the glass over those records of the world that are closed to them."""

from collections.abc import Mapping
from itertools import product

from backend.access.binding import acting
from backend.access.relations import Relation
from backend.children.models import Child
from backend.core.ids import uuid7
from backend.oversight.commands import open_glass
from tests.access.cells import BREAKING
from tests.world import World

# Of which children something is closed to those who stand there: the front door reads what it declined anyway.
_CLOSED: Mapping[Relation, tuple[str, ...]] = {
    Relation.NONE: ("moving child", "cased child", "challenged child"),
    Relation.FORMER: ("moving child", "cased child"),
}
_WHY = {"reason_code": "danger_now", "reason": "She rang and says that he is waiting outside."}


def break_glass(world: World) -> None:
    """Open them in the running transaction, by the product's own command."""
    for (relation, children), role in product(_CLOSED.items(), BREAKING):
        who = world.who(relation, role)
        for name in children:
            child = Child.objects.using("owner").get(pk=world.records[name])
            named = {"given_name": child.given_name, "family_name": child.family_name}
            with acting(who):
                open_glass(who, uuid7(), {**named, "date_of_birth": child.date_of_birth, **_WHY})
