"""Recommending a service for the child of a case: the first step, taken by whoever works on the case."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.audit.commands import record
from backend.cases.models import Case
from backend.cases.queries import visible_to as cases_visible_to
from backend.children.models import Child
from backend.core.errors import Conflict, NotFound
from backend.directory.models import Service
from backend.directory.queries import open_service
from backend.interventions import queries, rules
from backend.interventions.models import Intervention


def recommend(actor: Actor, case_id: UUID, given: Mapping[str, Any], *, intervention_id: UUID) -> Intervention:
    """Write that a service may help the child of an open case; nobody outside the case sees it yet.

    Raises a Refusal: `already_open` with the one that is there when the same service is under way already.
    """
    case = cases_visible_to(actor).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    policy.require(actor, Permission.INTERVENTION_RECOMMEND, access.relations_to(actor, case.id))
    if case.state == Case.CLOSED:
        raise Conflict("This case is closed. Reopen it before you recommend a service.", code="wrong_state")
    service = open_service(actor, given["service_id"])
    if service is None:
        raise Conflict("This service is not in the directory any more. Choose another.", code="not_ready")
    _refuse_second(case, service)
    target = _written(actor, case, service, goal=given["goal"], intervention_id=intervention_id)
    age = queries.age_of(Child.objects.filter(pk=case.child_id).first())
    facts = queries.facts_of(target, actor, age=age, service=service)
    reasons = [*rules.service_takes_people(target, facts, given), *rules.age_fits(target, facts, given)]
    if reasons:
        raise Conflict(*reasons, code="not_ready")
    data = {"service_id": str(service.id), "case_id": str(case.id)}
    record(actor, "intervention.recommend", target, root_id=target.id, child_id=target.child_id, data=data)
    return target


def _refuse_second(case: Case, service: Service) -> None:
    there = Intervention.objects.filter(case_id=case.id, service_id=service.id, state__in=Intervention.OPEN).first()
    if there is not None:
        raise Conflict(
            f"{service.name} is open for this child already: {Intervention.LABELS[there.state].lower()}.",
            code="already_open",
            existing={"id": str(there.id), "reference": case.reference, "url": f"/interventions/{there.id}"},
        )


def _written(actor: Actor, case: Case, service: Service, *, goal: str, intervention_id: UUID) -> Intervention:
    target = Intervention(
        id=intervention_id,
        partnership_id=case.partnership_id,
        case=case,
        case_reference=case.reference,
        child_id=case.child_id,
        service=service,
        service_name=service.name,
        organisation=service.organisation,
        provider_agency=service.agency,
        goal=goal,
        recommended_by_id=actor.user_id,
        recommended_by_name=actor.name,
    )
    target.lead_agency_id, target.lead_practitioner_id = case.lead_agency_id, case.lead_practitioner_id
    return target
