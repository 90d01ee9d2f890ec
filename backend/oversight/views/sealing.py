"""Where information governance finds a record to ask that it is sealed, and what it waits for."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.audit import access_log
from backend.oversight.queries import sealing as queries
from backend.oversight.serializers import sealing as shapes
from backend.workflow.views import validated


class Sealing(APIView):
    """What one has asked for."""

    @extend_schema(
        operation_id="sealing_list",
        summary="Read what one has asked about who may see records, and how to find one",
        tags=["oversight"],
        responses={200: shapes.SealingShape},
    )
    def get(self, request: Request) -> Response:
        """Return what waits for a second person, the longest waiting first."""
        actor = actor_in(request)
        access_log.begin(request._request, "sealing.list", access_log.CONSULTATION)
        policy.require(actor, Permission.SEAL_PROPOSE)
        waiting = queries.proposed()
        access_log.touch(request._request, [one.record_id for one in waiting], [one.child_id for one in waiting])
        return Response(shapes.sealing_data(waiting))


class FindToSeal(APIView):
    """The way to a record of one's own agency."""

    @extend_schema(
        operation_id="sealing_find",
        summary="Find the record by its reference",
        tags=["oversight"],
        request=shapes.FindToSealInput,
        responses={200: shapes.FoundToSealShape},
    )
    def post(self, request: Request) -> Response:
        """Return the record, by nothing but its reference."""
        actor = actor_in(request)
        access_log.begin(request._request, "sealing.find", access_log.CONSULTATION)
        given = validated(shapes.FindToSealInput, request.data)
        policy.require(actor, Permission.SEAL_PROPOSE)
        found = queries.records_called(given["reference"].strip().upper())
        access_log.touch(request._request, [one.id for one in found], [one.child_id for one in found])
        return Response(shapes.found_data(found))
