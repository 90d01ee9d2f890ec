"""Ending a membership: never refused, and in the same transaction everything the person had is somebody else's."""

from uuid import UUID

from django.db import connection

from backend.access import policy
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.administration.commands.passing import pass_on
from backend.administration.commands.queues import move_queue
from backend.administration.queries import people as queries
from backend.agencies.models import Agency, Membership
from backend.agencies.roles import Role
from backend.cases.queries import duty_manager
from backend.core.errors import Conflict, NotFound
from backend.core.ids import uuid7

_NEEDS_SUCCESSOR = (
    "This is the agency's last manager. Choose who manages it from now on, or let the front door mind it."
)


def end_membership(
    actor: Actor, membership_id: UUID, *, successor_id: UUID | None = None, front_door_minds: bool = False
) -> Membership:
    """End somebody's role in the actor's own agency and pass on what they had; return the membership.

    `successor_id` is the membership of who becomes manager after the last one; with `front_door_minds` a manager of
    the front door does. Raises NotFound, Forbidden, or Conflict when it has ended or nobody would manage the agency.
    """
    policy.require(actor, Permission.PEOPLE_END)
    leaving = queries.people_of(actor).filter(pk=membership_id).first()
    if leaving is None:
        raise NotFound
    return end(actor, leaving, successor_id=successor_id, front_door_minds=front_door_minds)


def end(actor: Actor, leaving: Membership, *, successor_id: UUID | None, front_door_minds: bool = False) -> Membership:
    """End a membership of the actor's agency; what `end_membership` does once it has found it."""
    _sql("SELECT app.lock_people(%s)", leaving.agency_id)
    if queries.is_last_manager(leaving):
        _succeed(actor, leaving, successor_id, front_door_minds=front_door_minds)
    if not _sql("SELECT app.begin_leaving(%s)", leaving.id):
        raise Conflict("This role has ended already.", code="wrong_state")
    agency = Agency.objects.select_related("partnership").get(pk=leaving.agency_id)
    if queries.leaves_the_queue_alone(leaving, agency):
        move_queue(actor, agency)
    if not queries.works_here_still(leaving):
        pass_on(actor, leaving)
    _sql("SELECT app.end_membership(%s)", leaving.id)
    return Membership.objects.select_related("user", "agency", "team").get(pk=leaving.id)


def _succeed(actor: Actor, leaving: Membership, successor_id: UUID | None, *, front_door_minds: bool) -> None:
    """An agency is never without a manager."""
    if successor_id is not None:
        chosen = (
            queries.active(queries.people_of(actor)).filter(pk=successor_id).exclude(user_id=leaving.user_id).first()
        )
        if chosen is None:
            raise Conflict("Choose somebody who works for this agency now.", code="not_ready")
        _sql(
            "SELECT app.add_membership(%s, %s, %s, %s, %s, %s, %s)",
            *(uuid7(), chosen.user_id, "", "", Role.MANAGER.value, chosen.team_id, chosen.job_title),
        )
        return
    caretaker = duty_manager(leaving.agency_id, besides=leaving.user_id) if front_door_minds else None
    if caretaker is None:
        raise Conflict(_NEEDS_SUCCESSOR, code="not_ready")
    _sql("SELECT app.add_caretaker(%s, %s)", uuid7(), caretaker.user_id)


def _sql(statement: str, *values: str | UUID | None) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]
