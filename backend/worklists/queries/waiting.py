"""Reads of what one person waits for: who has it to answer, since when, by when, and where it stands."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.cases.models import Case, LeadRequest, Transfer
from backend.cases.queries.asking import lead_requests_visible_to
from backend.interventions.models import Intervention
from backend.interventions.queries import asked_of_services
from backend.panels.models import Panel
from backend.panels.queries import nothing_given
from backend.panels.rules import give_by
from backend.referrals.models import InformationRequest, Offer, Referral
from backend.referrals.queries.seeing import questions_visible_to
from backend.referrals.queries.seeing import visible_to as referrals_visible_to
from backend.workflow.confirmations import machines
from backend.workflow.models import Confirmation
from backend.worklists.queries.items import MOST, Item

_OWES: Mapping[str, str] = {
    Intervention.OFFERED: "to say whether they can help",
    Intervention.AGREED: "to start, or to say how long the family waits",
}


def waiting_for_others(actor: Actor, mine: Sequence[Case]) -> Iterator[Item]:
    """Yield what others owe: about the cases that the actor works on, and of what they themselves asked."""
    yield from _about_cases(mine)
    if Relation.HOLDER in policy.relations_that([Permission.REFERRAL_REQUEST_INFORMATION], actor.role):
        yield from _about_referrals(actor)
    if policy.holds(actor, Permission.LEAD_REQUEST_ASK):
        yield from _leads_asked_for(actor)
    asked = Confirmation.objects.filter(asked_by_id=actor.user_id, agency_id=actor.agency_id, state=Confirmation.ASKED)
    for one in asked.exclude(access.barred(actor)).order_by("asked_at", "id")[:MOST]:
        label = f"A second person to confirm: {machines[one.noun].edges[one.edge].label}"
        yield Item(str(one.id), "confirmation", label, "", f"/confirmations/{one.id}", one.asked_at, since=one.asked_at)


def _about_cases(mine: Sequence[Case]) -> Iterator[Item]:
    """Yield whether another agency takes the lead, what services owe the child, and what a panel is to be told."""
    if not mine:
        return
    for transfer in _proposed(mine):
        since = transfer.proposed_at
        label = f"{transfer.to_agency.name} to say whether it takes the lead"
        path, due = f"/transfers/{transfer.id}", transfer.next_due_at or since
        yield Item(str(transfer.id), "transfer", label, transfer.case_reference, path, due, since=since)
    for service in asked_of_services(mine)[:MOST]:
        since = _owes_since(service)
        label = f"{service.organisation} {_OWES[service.state]}: {service.service_name}"
        path, due = f"/interventions/{service.id}", service.next_due_at or since
        yield Item(str(service.id), "service", label, service.case_reference, path, due, since=since)
    for invited in nothing_given([case.id for case in mine])[:MOST]:
        label = f"{invited.agency__name} to give what it knows to the panel"
        by = give_by(Panel(starts_at=invited.starts_at))
        path = f"/panel-items/{invited.root_id}"
        yield Item(str(invited.id), "panel", label, invited.case_reference, path, by, since=invited.at)


def _proposed(mine: Sequence[Case]) -> QuerySet[Transfer]:
    waiting = Transfer.objects.filter(case_id__in=[case.id for case in mine], state=Transfer.PROPOSED)
    return waiting.select_related("to_agency").order_by("next_due_at", "id")


def _owes_since(service: Intervention) -> Any:
    """Return since when a service owes its next word: since it was asked, or since it said that it can help."""
    asked = service.offered_at or service.recommended_at
    return asked if service.state == Intervention.OFFERED else service.answered_at or asked


def _about_referrals(actor: Actor) -> Iterator[Item]:
    """Yield the questions the actor asked, or that were asked about what they screen, and to whom that is offered."""
    screened = Referral.objects.filter(
        id=OuterRef("root_id"), holder_id=actor.agency_id, triage_officer_id=actor.user_id
    )
    theirs = Q(asked_by_id=actor.user_id) | Q(Exists(screened))
    questions = questions_visible_to(actor).filter(
        theirs, holder_agency_id=actor.agency_id, state=InformationRequest.ASKED
    )
    for question in questions.order_by("next_due_at", "id")[:MOST]:
        label, root_id = f"{question.asked_agency.name} to answer a question", question.root_id
        path, since = f"/referrals/{root_id}", question.asked_at
        due = question.next_due_at or since
        yield Item(str(question.id), "question", label, question.reference, path, due, since=since, root_id=root_id)
    for referral in _offered(actor)[:MOST]:
        label = f"{referral.offered_to} to say whether it takes the referral"
        path, since, pk = f"/referrals/{referral.id}", referral.offered_at, referral.id
        due = referral.next_due_at or since
        yield Item(str(pk), "offer", label, referral.reference, path, due, since=since, root_id=pk)


def _offered(actor: Actor) -> Any:
    offer = Offer.objects.filter(root_id=OuterRef("pk"), state=Offer.OPEN)
    held = referrals_visible_to(actor).filter(
        holder_id=actor.agency_id, triage_officer_id=actor.user_id, state=Referral.REDIRECTED
    )
    return held.annotate(
        offered_to=Subquery(offer.values("to_agency__name")[:1]), offered_at=Subquery(offer.values("offered_at")[:1])
    ).order_by("next_due_at", "id")


def _leads_asked_for(actor: Actor) -> Iterator[Item]:
    asked = lead_requests_visible_to(actor).filter(
        made_by_id=actor.user_id, agency_id=actor.agency_id, state__in=LeadRequest.OPEN
    )
    for request in asked.order_by("made_at", "id")[:MOST]:
        label = f"{request.asked_agency.name} to say whether it hands over the lead"
        path, due = f"/lead-requests/{request.id}", request.next_due_at or request.made_at
        yield Item(str(request.id), "lead_request", label, request.case_reference, path, due, since=request.made_at)
