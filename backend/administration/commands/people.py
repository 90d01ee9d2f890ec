"""Adding people to one's own agency and changing their role or team; the database refuses any other agency."""

from typing import Any
from uuid import UUID

from django.db import connection

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.administration.commands.inviting import invite
from backend.administration.commands.leaving import end
from backend.administration.queries import people as queries
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.core.errors import Conflict, NotFound
from backend.core.ids import uuid7
from backend.notifications.audience import Person
from backend.notifications.commands import tell

_ADD = "SELECT app.add_membership(%s, %s, %s, %s, %s, %s, %s)"
_NOT_POSSIBLE = (
    "This role or team cannot be given. Choose a team of your agency; a role that works with children has to be given "
    "to an administrator by somebody else."
)


def add_person(
    actor: Actor, membership_id: UUID, *, email: str, name: str, role: Role, team_id: UUID | None, job_title: str
) -> Membership:
    """Give somebody a role in the actor's agency, known by their address; raise Forbidden or Conflict.

    Whoever has no password yet is invited to choose one.
    """
    policy.require(actor, Permission.PEOPLE_ADD)
    address = email.strip().lower()
    one = _add(actor, [membership_id, None, address, name.strip(), role.value, team_id, job_title])
    if not one.user.has_usable_password():
        invite(actor, one)
    return one


def change_person(actor: Actor, membership_id: UUID, *, role: Role, team_id: UUID | None, job_title: str) -> Membership:
    """Change somebody's role, team or title; another role is another membership, and the one before it ends.

    Raises NotFound, Forbidden, or Conflict when the membership has ended or is the last manager's.
    """
    policy.require(actor, Permission.PEOPLE_CHANGE)
    one = queries.active(queries.people_of(actor)).filter(pk=membership_id).first()
    if one is None:
        raise NotFound
    if role == one.role:
        if not _sql("SELECT app.change_team(%s, %s, %s)", [one.id, team_id, job_title]):
            raise Conflict(_NOT_POSSIBLE, code="not_ready")
        return queries.people_of(actor).get(pk=one.id)
    # The new role first: whoever keeps a role that works with children keeps their cases.
    new = _add(actor, [uuid7(), one.user_id, "", "", role.value, team_id, job_title])
    end(actor, one, successor_id=None)
    return new


def _add(actor: Actor, values: list[Any]) -> Membership:
    made = _sql(_ADD, values)
    if made is None:
        raise Conflict(_NOT_POSSIBLE, code="not_ready")
    one = queries.people_of(actor).get(pk=made)
    fields = {"person": actor.name, "role": Role(one.role).label.lower(), "agency": actor.agency_name}
    tell(
        event_id=None, root_id=None, audience=Person(one.user_id), message="role_added", fields=fields, path="/messages"
    )
    return one


def _sql(statement: str, values: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]
