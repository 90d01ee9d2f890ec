"""Declaring, confirming and ending a conflict of interest; what the person had in hand passes on at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, connection

from backend.access import policy
from backend.access.actors import Actor
from backend.access.binding import acting_as_system
from backend.access.policy import Permission
from backend.administration.commands.passing import Leaver, pass_on_child
from backend.administration.models import Declaration
from backend.administration.queries import conflicts as queries
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.notifications.audience import AgencyRoles, Audience, Person
from backend.notifications.commands import tell

JOB = "administration.find_conflicts"
_MOST = 500
_MANAGERS = (Role.MANAGER.value,)
_ITS_PERSON = "Only the person who declared it can take it back."
_ANOTHER = "This is about you: another manager has to look at it."
log = structlog.get_logger(__name__)


def declare_about(
    actor: Actor, noun: str, record_id: UUID, declaration_id: UUID, given: Mapping[str, Any]
) -> Declaration:
    """Bar the actor from the child of a record they see, from this moment on, and pass on what they had in hand.

    Raises NotFound when they do not see it.
    """
    policy.require(actor, Permission.CONFLICT_DECLARE)
    seen = queries.record_seen(actor, noun, record_id)
    if seen is None:
        raise NotFound
    one = _new(actor, declaration_id, given)
    child_id, one.reference = seen
    one.bar(child_id)
    one.save(force_insert=True)
    _sql("SELECT app.begin_conflict(%s)", one.id)
    _pass_on(actor, one)
    _sql("SELECT app.close_passage()")
    _tell_managers(one)
    return one


def declare(actor: Actor, declaration_id: UUID, given: Mapping[str, Any]) -> Declaration:
    """Write down a conflict about a child as the actor describes it; whether it is known here they never learn."""
    policy.require(actor, Permission.CONFLICT_DECLARE)
    one = _new(actor, declaration_id, given)
    one.given_name, one.family_name = given["given_name"], given["family_name"]
    one.date_of_birth = given["date_of_birth"]
    one.save(force_insert=True)
    _tell_managers(one)
    return one


def confirm(actor: Actor, declaration_id: UUID, *, version: int) -> Declaration:
    """Agree, as a manager, that it is a conflict; the worker finds the child, and nobody is told whether there is one.

    Raises NotFound, Forbidden, Conflict `stale` or `wrong_state`.
    """
    one = _answering(actor, declaration_id, Permission.CONFLICT_CONFIRM, version)
    if one.confirmed_at is not None or one.state not in (Declaration.WAITING, Declaration.IN_FORCE):
        raise _wrong_state(one)
    one.confirm(actor)
    return _answered(actor, one)


def refuse(actor: Actor, declaration_id: UUID, *, version: int, reason: str) -> Declaration:
    """Say, as a manager, that it is no conflict. Raises as `confirm` does."""
    one = _answering(actor, declaration_id, Permission.CONFLICT_REFUSE, version)
    if one.state != Declaration.WAITING:
        raise _wrong_state(one)
    one.refuse(actor, reason)
    return _answered(actor, one)


def end(actor: Actor, declaration_id: UUID, *, version: int, reason: str) -> Declaration:
    """Say, as a manager, that it is over: what passed on stays where it is. Raises as `confirm` does."""
    one = _answering(actor, declaration_id, Permission.CONFLICT_END, version)
    if one.state != Declaration.IN_FORCE:
        raise _wrong_state(one)
    one.end(actor, reason)
    return _answered(actor, one)


def withdraw(actor: Actor, declaration_id: UUID, *, version: int) -> Declaration:
    """Take one's own back before a manager has looked at it. Raises as `confirm` does."""
    one = _locked(actor, declaration_id, Permission.CONFLICT_WITHDRAW, version, by_its_person=True)
    if one.state != Declaration.WAITING:
        raise _wrong_state(one)
    one.withdraw(actor)
    return _saved(one)


def find_children() -> int:
    """Bar people from children who are known by now, and pass on what came to them meanwhile; return how many."""
    with acting_as_system(job=JOB):
        ids = list(queries.in_force().values_list("id", flat=True)[:_MOST])
    return sum(_find(declaration_id) for declaration_id in ids)


def _find(declaration_id: UUID) -> bool:
    try:
        with acting_as_system(job=JOB) as system:
            rows = queries.in_force().select_for_update(skip_locked=True, no_key=True)
            one = rows.filter(pk=declaration_id).first()
            if one is None:
                return False
            one.child_ids, one.looked_at = queries.children_meant(one), clock.now()
            one.save(update_fields=["child_ids", "looked_at"])
            _pass_on(system, one)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # One must not keep the others waiting; it is tried again in a minute.
        log.error("a conflict could not be enforced", declaration=str(declaration_id), error=type(error).__name__)
        return False
    return True


def _new(actor: Actor, declaration_id: UUID, given: Mapping[str, Any]) -> Declaration:
    if actor.is_system:
        raise Forbidden("Only a person can declare a conflict of interest.")
    return Declaration(
        id=declaration_id,
        person_id=actor.user_id,
        person_name=actor.name,
        agency_id=actor.agency_id,
        answering_agency_id=queries.answers_for_me(),
        partnership_id=actor.partnership_id,
        kind=given["kind"],
        note=given["note"],
        declared_at=clock.now(),
    )


def _pass_on(actor: Actor, one: Declaration) -> None:
    """As when somebody leaves, for this child only, in every agency the person works for."""
    places = Membership.objects.filter(user_id=one.person_id, ended_at=None).order_by("agency_id", "started_at", "id")
    for row in places.distinct("agency_id"):
        for child_id in one.child_ids:
            pass_on_child(actor, Leaver(one.person_id, row.agency_id, row.team_id, child_id), one.person_name)


def _locked(
    actor: Actor, declaration_id: UUID, permission: Permission, version: int, *, by_its_person: bool
) -> Declaration:
    one = queries.visible_to(actor).select_for_update(no_key=True).filter(pk=declaration_id).first()
    if one is None:
        raise NotFound
    policy.require(actor, permission)
    if (one.person_id == actor.user_id) is not by_its_person:
        raise Forbidden(_ITS_PERSON if by_its_person else _ANOTHER)
    if one.version != version:
        sentence = "Somebody has answered this since you opened it. Look at it again."
        raise Conflict(sentence, code="stale", version=one.version, changed=[])
    return one


def _answering(actor: Actor, declaration_id: UUID, permission: Permission, version: int) -> Declaration:
    return _locked(actor, declaration_id, permission, version, by_its_person=False)


def _answered(actor: Actor, one: Declaration) -> Declaration:
    state = Declaration.LABELS[one.state].lower()
    _tell(Person(one.person_id), "conflict_answered", one, {"person": actor.name, "state": state})
    return _saved(one)


def _saved(one: Declaration) -> Declaration:
    one.version += 1
    one.save(force_update=True)
    return one


def _wrong_state(one: Declaration) -> Conflict:
    label = "confirmed" if one.confirmed_at and one.ended_at is None else Declaration.LABELS[one.state].lower()
    return Conflict(f"You cannot do this now: it is {label}.", code="wrong_state")


def _tell_managers(one: Declaration) -> None:
    _tell(AgencyRoles(one.answering_agency_id, _MANAGERS), "conflict_declared", one, {"person": one.person_name})


def _tell(audience: Audience, message: str, one: Declaration, fields: Mapping[str, str]) -> None:
    path = f"/conflicts/{one.id}"
    tell(event_id=None, root_id=None, audience=audience, message=message, fields=fields, path=path)


def _sql(statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]
