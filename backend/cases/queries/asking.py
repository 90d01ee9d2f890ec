"""Reads of requests to lead a case: who sees them, which wait for an answer, and which nobody can answer any more."""

from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.models import Involvement
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.cases.models import Case, LeadRequest, Transfer


def lead_requests_visible_to(actor: Actor) -> QuerySet[LeadRequest]:
    """Return the requests about cases the actor reads, and those their own agency made as one of the team."""
    found = LeadRequest.objects.select_related("agency", "asked_agency")
    if actor.is_system:
        return found
    sees = policy.relations_that([Permission.LEAD_REQUEST_SEE], actor.role)
    seen = access.reached(actor, sees - {Relation.TEAM})
    seen |= Q(agency_id=actor.agency_id) & access.reached(actor, sees & {Relation.TEAM})
    return found.filter(seen).exclude(access.barred(actor))


def to_answer(actor: Actor) -> QuerySet[LeadRequest]:
    """Return the requests that the actor has to answer: of the cases they lead as a manager, or work on."""
    answers = policy.relations_that([Permission.LEAD_REQUEST_ANSWER_BY_TRANSFER], actor.role)
    waiting = lead_requests_visible_to(actor).filter(access.reached(actor, answers), state__in=LeadRequest.OPEN)
    return waiting.order_by("made_at", "id")


def lapsed(actor: Actor) -> QuerySet[LeadRequest]:
    """Return the requests that the actor's agency, as the lead, has not answered in time."""
    late = lead_requests_visible_to(actor).filter(asked_agency_id=actor.agency_id, state=LeadRequest.LAPSED)
    return late.order_by("made_at", "id")


def waiting_column() -> ArraySubquery:
    """Return what reads the requests that wait at a case beside its other facts, in the same statement."""
    waiting = LeadRequest.objects.filter(root_id=OuterRef("pk"), state__in=LeadRequest.OPEN).order_by("made_at", "id")
    row = JSONObject(
        id="id",
        agency="agency__name",
        agency_id="agency_id",
        asked_by="made_by_name",
        asked_at="made_at",
        state="state",
        due_at="next_due_at",
    )
    return ArraySubquery(waiting.values(json=row))


def latest_of(actor: Actor, case_id: UUID) -> LeadRequest | None:
    """Return what the actor's own agency asked about a case last."""
    own = lead_requests_visible_to(actor).filter(root_id=case_id, agency_id=actor.agency_id)
    return own.order_by("-made_at", "-id").first()


def lead_of(case_id: UUID) -> tuple[UUID | None, UUID | None]:
    """Return the lead agency and the lead practitioner of an open case, for whoever may not read the case itself."""
    now: dict[str, Any] = {}
    at = Involvement.objects.filter(root_id=case_id, source_id=case_id, ends_at=None)
    for relation, agency_id, user_id in at.values_list("relation", "agency_id", "user_id"):
        now[relation] = agency_id if relation == Relation.LEAD else user_id
    return now.get(Relation.LEAD), now.get(Relation.WORKER)


def is_offered_to(actor: Actor, case_id: UUID) -> bool:
    """Say whether the actor's agency is asked to lead the case already."""
    return Transfer.objects.filter(case_id=case_id, to_agency_id=actor.agency_id, state=Transfer.PROPOSED).exists()


def requests_overtaken() -> "QuerySet[LeadRequest, Any]":
    """Return the keys of open requests whose case has closed, or is led by another agency than was asked."""
    still = Case.objects.filter(pk=OuterRef("root_id"), state__in=Case.OPEN, lead_agency_id=OuterRef("asked_agency_id"))
    waiting = LeadRequest.objects.filter(state__in=LeadRequest.OPEN).exclude(Exists(still))
    return waiting.order_by("id").values_list("id", flat=True)
