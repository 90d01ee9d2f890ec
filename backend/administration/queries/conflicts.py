"""Declared conflicts of interest: one's own, those a manager answers, and those the worker finds children for."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from backend.access.actors import Actor
from backend.administration.models import Declaration
from backend.agencies.roles import Role
from backend.cases.queries import visible_to as cases_visible_to
from backend.interventions.queries import visible_to as interventions_visible_to
from backend.moments.queries import sure_children
from backend.referrals.queries.seeing import visible_to as referrals_visible_to


def declared_by(actor: Actor) -> QuerySet[Declaration]:
    """Return what the actor has declared, the latest first."""
    return Declaration.objects.filter(person_id=actor.user_id).order_by("-declared_at", "-id")


def answered_by(actor: Actor) -> QuerySet[Declaration]:
    """Return what the actor's agency answers for, as its manager and about others, the latest first."""
    if actor.role is not Role.MANAGER:
        return Declaration.objects.none()
    others = Declaration.objects.filter(answering_agency_id=actor.agency_id).exclude(person_id=actor.user_id)
    return others.order_by("-declared_at", "-id")


def visible_to(actor: Actor) -> QuerySet[Declaration]:
    """Return both."""
    own = Q(person_id=actor.user_id)
    if actor.role is Role.MANAGER:
        own |= Q(answering_agency_id=actor.agency_id)
    return Declaration.objects.filter(own)


def to_confirm(actor: Actor) -> QuerySet[Declaration]:
    """Return those that a manager of the actor's agency has not looked at yet."""
    unseen = answered_by(actor).filter(confirmed_at=None, state__in=[Declaration.WAITING, Declaration.IN_FORCE])
    return unseen.order_by("declared_at", "id")


def record_seen(actor: Actor, noun: str, record_id: UUID) -> tuple[UUID, str] | None:
    """Return whom the record is about that the actor is looking at, and what it is called; nothing if they see none."""
    if noun == "intervention":
        service = interventions_visible_to(actor).filter(pk=record_id).first()
        return None if service is None else (service.child_id, service.case_reference)
    seen: QuerySet[Any] = cases_visible_to(actor) if noun == "case" else referrals_visible_to(actor)
    # Whole, with its child: who sees only how a referral stands does not see whom it is about.
    record = seen.filter(pk=record_id, child__isnull=False).first()
    return None if record is None else (record.child_id, record.reference)


def answers_for_me() -> UUID:
    """Return the agency whose managers answer for what the actor declares."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app.answers_for_me()")
        found: UUID = cursor.fetchone()[0]
    return found


def in_force() -> QuerySet[Declaration]:
    """Return those that bar somebody now, the one that was not looked at for the longest first; for the worker."""
    return Declaration.objects.filter(state=Declaration.IN_FORCE).order_by(F("looked_at").asc(nulls_first=True), "id")


def children_meant(one: Declaration) -> list[UUID]:
    """Return the records that a described child has now, beside those that are known already; for the worker."""
    if one.reference:
        return list(one.child_ids)
    found = sure_children(one.described, one.partnership_id)
    return list(dict.fromkeys([*one.child_ids, *found]))
