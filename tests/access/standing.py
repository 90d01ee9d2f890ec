"""Who stands where in the tests' world, and the tables that matter most."""

from collections.abc import Iterator
from itertools import product
from uuid import UUID, uuid4

from django.db import connection

from backend.access import policy
from backend.access.actors import SYSTEM, Actor
from backend.access.binding import bind
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.agencies.roles import Role
from tests.world import World

ROLES = [role for role in Role if role is not Role.SYSTEM]
REFERRAL, STATEMENT, CHILD, CASE = (
    "referrals_referral",
    "referrals_statement",
    "children_child",
    "cases_case",
)


def somebody(role: Role, kind: str = "") -> Actor:
    """Somebody made up, in an agency of a kind that is nobody else's."""
    if role is Role.SYSTEM:
        return SYSTEM
    return Actor(uuid4(), uuid4(), role, uuid4(), None, uuid4(), "Ms A. Person", "An agency", kind)


def can(who: Actor, permissions: tuple[Permission, ...], relation: Relation) -> bool:
    return any(policy.allows(who, permission, {relation}) for permission in permissions)


def opens_text_of(root_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {STATEMENT} WHERE root_id = %s)", [root_id])
        return bool(cursor.fetchone()[0])


def standing(world: World, relations: tuple[Relation, ...]) -> Iterator[tuple[Relation, Actor]]:
    for relation, role in product(relations, ROLES):
        who = world.who(relation, role)
        bind(who.membership_id)
        yield relation, who
