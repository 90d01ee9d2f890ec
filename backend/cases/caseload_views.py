"""Who has how much in hand, for the choice of who takes one case."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy, queries
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.audit import access_log
from backend.cases.note_views import visible_case
from backend.cases.queries.caseloads import staff
from backend.cases.serializers.caseloads import (
    PeopleInput,
    PractitionersShape,
    practitioners_data,
)
from backend.workflow.views import validated


class CasePractitioners(APIView):
    """Who may become the lead practitioner of one case."""

    @extend_schema(
        operation_id="case_practitioners",
        summary="Read who may take a case, with what each of them has in hand already",
        tags=["case"],
        parameters=[
            OpenApiParameter("team", description="The people of one team; empty for those in none, all if not said"),
            OpenApiParameter("page", int, description="1 if not said"),
        ],
        responses=PractitionersShape,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the people of the agency that leads, a page at a time; who cannot take it is there with the reason."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.practitioners", access_log.CONSULTATION).root_ids.add(pk)
        case = visible_case(request, actor, pk)
        policy.require(actor, Permission.CASE_ALLOCATE, queries.relations_to(actor, case.id))
        # A manager who minds the case may become its lead practitioner.
        leads = case.lead_practitioner_id if case.minded_for_id is None else None
        asked = validated(PeopleInput, request.query_params.dict())
        people = staff(case.lead_agency_id, child_id=case.child_id).values()
        return Response(practitioners_data(people, leads_id=leads, **asked))
