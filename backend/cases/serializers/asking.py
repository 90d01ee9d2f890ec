"""Requests to lead a case as both sides see them: what is asked, until when, what was said, and what can be done."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.policy import Permission
from backend.access.relations import Relation
from backend.cases.commands.asking import lead_request_machine
from backend.cases.models import LeadRequest
from backend.cases.queries.team import places_of
from backend.cases.text_fields import refusal_reason
from backend.core import vocabulary
from backend.core.api.serializers import StrictSerializer
from backend.workflow import fields, options
from backend.workflow.fields import EdgeInput
from backend.workflow.serializers import OptionShape

_WHY = ("better_placed", "family_moved", "needs_changed", "child_or_family_choice", "other")


class LeadRequestInput(StrictSerializer):
    """Why an agency asks for the lead."""

    why = fields.code("transfer_reasons", "Why should your agency lead?", only=_WHY)
    reason = fields.long_text(
        "What would be better for the child?",
        hint="The lead agency reads it, and one day perhaps the child. Say what the family has told you",
    )


class RefuseLeadRequestInput(EdgeInput):
    """Why the lead agency keeps the lead."""

    reason_code = fields.code("lead_request_refuse_reasons", "Why does your agency keep the lead?")
    reason = fields.long_text("What should they know?", hint="They read it. Say what could change your answer")


class WithdrawLeadRequestInput(EdgeInput):
    """Why the question is taken back."""

    reason_code = fields.code("lead_request_withdraw_reasons", "What is the reason?")
    reason = fields.long_text("What should they know?", required=False)


LEAD_REQUEST_INPUTS: Mapping[str, type[EdgeInput]] = {
    "refuse": RefuseLeadRequestInput,
    "withdraw": WithdrawLeadRequestInput,
}


class LeadRequestRowShape(serializers.Serializer[Any]):
    """A request to lead, in a list or beside the case it is about."""

    id = serializers.UUIDField()
    agency = serializers.CharField()
    asked_by = serializers.CharField()
    asked_at = serializers.DateTimeField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)


class LeadRequestShape(LeadRequestRowShape):
    """One request to lead. `case_url` is for whoever reads the case, `place_url` for whoever asked."""

    version = serializers.IntegerField()
    case_reference = serializers.CharField()
    lead_agency = serializers.CharField()
    why_label = serializers.CharField()
    reason = serializers.CharField()
    answered_by = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    reason_label = serializers.CharField(allow_blank=True)
    answer = serializers.CharField(allow_blank=True)
    case_url = serializers.CharField(allow_null=True)
    place_url = serializers.CharField(allow_null=True)
    propose_url = serializers.CharField(allow_null=True)
    options = OptionShape(many=True)


def lead_request_data(actor: Actor, request: LeadRequest) -> dict[str, Any]:
    """Return one request exactly as GET gives it."""
    relations = access.relations_to(actor, request.root_id)
    reads = policy.allows(actor, Permission.CASE_SEE, relations)
    return {
        **lead_request_row(request),
        "version": request.version,
        "case_reference": request.case_reference,
        "lead_agency": request.asked_agency.name,
        "why_label": vocabulary.get("transfer_reasons").label(request.why),
        "reason": request.reason,
        "answered_by": request.answered_by_name,
        "answered_at": request.answered_at,
        "reason_label": refusal_reason(request),
        "answer": request.answer,
        "case_url": f"/cases/{request.root_id}" if reads else None,
        "place_url": None if reads else _place_url(actor, request),
        "propose_url": _propose_url(actor, request, relations),
        "options": options.shapes(
            lead_request_machine, actor, request, relations, base=f"/api/v1/lead-requests/{request.id}/", choices={}
        ),
    }


def lead_request_row(request: LeadRequest) -> dict[str, Any]:
    """Return what a list says of a request."""
    return {
        "id": request.id,
        "agency": request.agency.name,
        "asked_by": request.made_by_name,
        "asked_at": request.made_at,
        "state": request.state,
        "state_label": LeadRequest.LABELS[request.state],
        "due_at": request.next_due_at,
    }


def lead_request_waiting(read: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same of one that was read with the facts of its case."""
    shown = {name: value for name, value in read.items() if name != "agency_id"}
    return {**shown, "state_label": LeadRequest.LABELS[read["state"]]}


def asking_option(
    actor: Actor, member_id: Any, relations: frozenset[Relation], latest: LeadRequest | None
) -> list[dict[str, Any]]:
    """Return the way to ask for the lead from one's own place on a team, unless it has been asked for already."""
    if not policy.allows(actor, Permission.LEAD_REQUEST_ASK, relations):
        return []
    if latest is not None and latest.state in LeadRequest.OPEN:
        return []
    hint = "If your agency is better placed to be responsible for this child. The lead agency answers within two days."
    url = f"/api/v1/team-members/{member_id}/lead-requests/"
    return [options.addition("request_lead", "Ask to lead the case", hint, url, LeadRequestInput)]


def _place_url(actor: Actor, request: LeadRequest) -> str | None:
    place = places_of(actor).filter(root_id=request.root_id).values_list("id", flat=True).first()
    return f"/team-members/{place}" if place else None


def _propose_url(actor: Actor, request: LeadRequest, relations: frozenset[Relation]) -> str | None:
    """Return the form by which the lead is offered to the agency that asked, already chosen in it."""
    if request.state not in LeadRequest.OPEN or not policy.allows(actor, Permission.CASE_PROPOSE_TRANSFER, relations):
        return None
    return (
        f"/cases/{request.root_id}/do/propose_transfer"
        f"?to_agency_id={request.agency_id}&back=/lead-requests/{request.id}"
    )
