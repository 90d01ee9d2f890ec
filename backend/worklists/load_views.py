"""What the people of one's agency have in hand."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.audit import access_log
from backend.core.errors import Forbidden
from backend.worklists.queries.loads import loads
from backend.worklists.serializers.loads import LoadsShape, loads_shape


class Caseloads(APIView):
    """How much each person leads, what it weighs, and in how many of their cases something is overdue."""

    @extend_schema(
        operation_id="caseloads",
        summary="Read how many open cases each person of one's agency leads, what they weigh and what is overdue",
        tags=["case"],
        responses=LoadsShape,
    )
    def get(self, request: Request) -> Response:
        """Return everybody by team, and what waits for a lead practitioner: numbers only, no case and no child."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.loads", access_log.CONSULTATION)
        if not policy.holds(actor, Permission.CASE_ALLOCATE):
            raise Forbidden(f"Your role, {actor.role.label.lower()}, does not allocate cases.")
        return Response(loads_shape(loads(actor)))
