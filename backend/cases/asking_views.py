"""An agency of the team asks for the lead from its place on it, and both sides read the request."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.cases.commands.asking import ask_for_lead
from backend.cases.models import LeadRequest
from backend.cases.queries.asking import lead_requests_visible_to
from backend.cases.serializers.asking import LeadRequestInput, LeadRequestShape, lead_request_data
from backend.core.errors import NotFound
from backend.core.ids import uuid7
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class PlaceLeadRequests(APIView):
    """What the agency of somebody on the team asks of the lead agency."""

    @extend_schema(
        operation_id="team_member_request_lead",
        summary="Ask to lead the case",
        tags=["team"],
        parameters=[KEY_PARAMETER],
        request=LeadRequestInput,
        responses={201: LeadRequestShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Ask the lead agency to hand the lead over and return the request."""
        actor = actor_in(request)
        access_log.begin(request._request, "team_member.request_lead", access_log.COLLECTION).root_ids.add(pk)
        given = validated(LeadRequestInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            ask_for_lead(actor, pk, given, request_id=taken.result_id)
        return keyed_response(lead_request_data(actor, _visible(request, actor, taken.result_id)), taken)


class LeadRequestDetail(APIView):
    """One request to lead a case."""

    @extend_schema(
        operation_id="lead_request_read", summary="Read a request to lead", tags=["team"], responses=LeadRequestShape
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the request with what the actor may do now."""
        actor = actor_in(request)
        access_log.begin(request._request, "lead_request.read", access_log.CONSULTATION).root_ids.add(pk)
        return Response(lead_request_data(actor, _visible(request, actor, pk)))


def _visible(request: Request, actor: Actor, pk: UUID) -> LeadRequest:
    found = lead_requests_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound
    access_log.touch(request._request, [found.root_id], [found.child_id])
    return found
