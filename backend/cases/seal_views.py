"""Who may see a case."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.cases.note_views import visible_case
from backend.cases.queries.sealing import governed
from backend.cases.serializers.sealing import SealShape, seal_data


class CaseSeal(APIView):
    """Who is named on the seal of a case, or who sees one that is not sealed."""

    @extend_schema(operation_id="seal_read", summary="Read who may see a case", tags=["seal"], responses=SealShape)
    def get(self, request: Request, pk: UUID) -> Response:
        """Return who may see the case, since when and why, with what the actor may do about it."""
        actor = actor_in(request)
        access_log.begin(request._request, "seal.read", access_log.CONSULTATION).root_ids.add(pk)
        unread = governed(actor, pk)
        if unread is not None:
            access_log.touch(request._request, [], [unread.child_id])
        return Response(seal_data(actor, unread or visible_case(request, actor, pk)))
