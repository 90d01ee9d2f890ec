"""Which copies of a child’s record were given to whoever asked, beside the shares of one of its records."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.access.queries import relations_to
from backend.audit import access_log
from backend.core.errors import NotFound
from backend.rights import queries
from backend.rights.given_serializers import GivenCopiesShape, given_data


class CopiesGiven(APIView):
    """For whoever answers for the record, as its ledger is."""

    @extend_schema(
        operation_id="copies_given",
        summary="Read which copies of the record were given to whoever asked",
        tags=["subject request"],
        responses={200: GivenCopiesShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return when, by whom and to whom; never what was in them, nor the name of who asked."""
        access_log.begin(request._request, "copy.given", access_log.CONSULTATION).root_ids.add(pk)
        actor = actor_in(request)
        given = queries.given_of(pk)
        if given is None:
            raise NotFound
        policy.require(actor, Permission.DISCLOSURE_SEE, relations_to(actor, pk))
        return Response(given_data(given))
