"""The child's own details at a case: read with what they were, put right, and a protected address asked for."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy, queries
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.audit import access_log
from backend.cases.commands.detailing import AMEND, amend_details
from backend.cases.note_views import visible_case
from backend.cases.queries.detailing import protected_homes
from backend.cases.serializers.detail_inputs import AmendChildInput
from backend.cases.serializers.detailing import CaseChildShape, ProtectedHomeShape, child_page, protected_data
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class CaseChild(APIView):
    """The child's own details."""

    @extend_schema(
        operation_id="case_child",
        summary="Read the child’s own details and what they were",
        tags=["case"],
        responses=CaseChildShape,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return what the record of the child says, what it said before, and what can be done about it."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.child", access_log.CONSULTATION).root_ids.add(pk)
        return Response(child_page(actor, visible_case(request, actor, pk)))

    @extend_schema(
        operation_id="case_amend_child",
        summary="Put right the child’s details",
        tags=["case"],
        parameters=[KEY_PARAMETER],
        request=AmendChildInput,
        responses=CaseChildShape,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Put right what the record says, and return it as it is then."""
        actor = actor_in(request)
        access_log.begin(request._request, AMEND, access_log.ALTERATION).root_ids.add(pk)
        given = validated(AmendChildInput, request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        if not taken.is_replay:
            amend_details(actor, pk, given)
        return keyed_response(child_page(actor, visible_case(request, actor, pk)), taken)


class CaseProtected(APIView):
    """Where the child lives who must not be found, each look written down under its own name."""

    @extend_schema(
        operation_id="case_protected",
        summary="Read the protected address of the child of a case",
        tags=["case"],
        responses=ProtectedHomeShape,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return what bears the label LOCATION, to the child's named workers and whoever answers for them."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.protected", access_log.CONSULTATION).root_ids.add(pk)
        case = visible_case(request, actor, pk)
        policy.require(actor, Permission.CASE_READ_PROTECTED, queries.relations_to(actor, case.id))
        return Response(protected_data(list(protected_homes(case.id))))
