"""What the family said about being helped, each answer beside the others: none is ever changed."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.cases.note_views import visible_case
from backend.cases.serializers.agreeing import FamilyAnswersShape, answers_data
from backend.sharing.queries import agreements_of

# A family answers a few times; what is older stands in the chronology.
MOST = 50


class FamilyAnswers(APIView):
    """Who agreed, how, to what and until when; and every no."""

    @extend_schema(
        operation_id="case_agreements",
        summary="Read what the family said about being helped",
        tags=["case"],
        responses=FamilyAnswersShape,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return what they said, the last answer first."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.agreements", access_log.CONSULTATION).root_ids.add(pk)
        case: Any = visible_case(request, actor, pk)
        return Response(answers_data(case, agreements_of(case.id)[:MOST]))
