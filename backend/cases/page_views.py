"""What stands around a case on its pages, each read by itself so that no page waits for another's."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.cases.note_views import visible_case
from backend.cases.serializers.identity import CaseIdentityShape, identity_data


class CaseIdentity(APIView):
    """Who a case is about, and what to know first."""

    @extend_schema(
        operation_id="case_identity",
        summary="Read who a case is about and what to know first",
        tags=["case"],
        responses=CaseIdentityShape,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the child, the lead, what visitors must know, and the numbers with their rules."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.identity", access_log.CONSULTATION).root_ids.add(pk)
        return Response(identity_data(actor, visible_case(request, actor, pk)))
