"""Somebody says that they have a record open, and hears who else has."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.presence import commands, queries
from backend.presence.serializers import PresenceInput, PresenceShape


class PresenceView(APIView):
    """Who is at a record: told only to those who read it.

    The answer speaks of colleagues and never of the child, so that it leaves no access row. To anybody else, and of any
    other id, it answers that nobody is there: it gives away no record.
    """

    @extend_schema(operation_id="presence", tags=["presence"], request=PresenceInput, responses=PresenceShape)
    def post(self, request: Request, root_id: UUID) -> Response:
        """Note that the person has the record open, for a minute, and return who else has."""
        told = PresenceInput(data=request.data)
        told.is_valid(raise_exception=True)
        commands.be_at(actor_in(request), root_id, is_writing=told.validated_data["is_writing"])
        return Response(PresenceShape({"others": queries.others_at(root_id)}).data)
