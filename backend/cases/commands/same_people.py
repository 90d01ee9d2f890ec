"""Saying that somebody around two children is one person, and taking it back: neither case's own word is touched."""

from uuid import UUID

from django.db import IntegrityError, transaction

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.commands import record
from backend.cases.models import Case, Relationship, SamePerson
from backend.cases.queries import visible_to
from backend.cases.queries.relationships import relationships_visible_to
from backend.cases.queries.same_people import possibly_same, said_of, same_people_visible_to
from backend.cases.rules.relationships import CLOSED
from backend.core import clock
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.workflow.changing import changing
from backend.workflow.fields import CHOOSE
from backend.workflow.machine import Given

_ALREADY = "Somebody has said this a moment ago."
_GONE = "This has been taken back already."


def say_same(actor: Actor, relationship_id: UUID, given: Given, *, same_id: UUID) -> SamePerson:
    """Say that somebody is the same person as somebody around a brother or sister. Raises a Refusal.

    Only who is offered can be chosen; any other id is answered like one of nobody.
    """
    target = relationships_visible_to(actor).filter(pk=relationship_id, state=Relationship.STANDS).first()
    if target is None:
        raise NotFound
    policy.require(actor, Permission.SAME_PERSON_SAY, queries.relations_to(actor, target.root_id))
    if actor.is_system:
        raise Forbidden("Only a person can say who is who.")
    if not visible_to(actor).filter(pk=target.root_id, state__in=Case.OPEN).exists():
        raise Conflict(CLOSED, code="wrong_state")
    other = next((one for one in possibly_same(actor, target) if one.id == given["other"]), None)
    if other is None:
        raise Invalid(CHOOSE, fields={"other": [CHOOSE]})
    same = _said(actor, target, other, reason=given["reason"], same_id=same_id)
    try:
        # Undone apart from the rest: two who say it from both ends at once say one thing.
        with transaction.atomic():
            record(actor, "same_person.say", same, root_id=same.id, child_id=same.child_id)
    except IntegrityError as error:
        raise Conflict(_ALREADY, code="stale") from error
    return same


def take_back_same(actor: Actor, relationship_id: UUID, given: Given) -> SamePerson:
    """Say that two people are not the same person after all. Raises a Refusal."""
    target = relationships_visible_to(actor).filter(pk=relationship_id).first()
    if target is None:
        raise NotFound
    relations = queries.relations_to(actor, target.root_id)
    permission, verb = Permission.SAME_PERSON_TAKE_BACK, "same_person.take_back"
    policy.require(actor, permission, relations)
    found = said_of(actor, target.id).filter(pk=given["same"]).first()
    if found is None:
        raise Invalid(CHOOSE, fields={"same": [CHOOSE]})
    seen = same_people_visible_to(actor)
    with changing(
        actor, seen, found.id, permission=permission, verb=verb, version=found.version, relations=relations
    ) as change:
        same = change.target
        if same.ended_at is not None:
            raise Conflict(_GONE, code="wrong_state")
        same.ended_at, same.ended_by_name, same.end_reason = clock.now(), actor.name, given["reason"]
    return same


def _said(actor: Actor, target: Relationship, other: Relationship, *, reason: str, same_id: UUID) -> SamePerson:
    first, second = sorted((target, other), key=lambda one: one.id)
    return SamePerson(
        id=same_id,
        one=first,
        other=second,
        one_case_id=first.root_id,
        other_case_id=second.root_id,
        child_id=target.child_id,
        partnership_id=target.partnership_id,
        agency_id=actor.agency_id,
        said_by_id=actor.user_id,
        said_by_name=actor.name,
        reason=reason,
    )
