"""What people said, for those who see no record."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.audit import access_log
from backend.insights.queries.published import SAYINGS, published
from backend.insights.queries.voice import words_released
from backend.insights.saying_codes import saying_dimensions
from backend.insights.serializers import voice as shapes
from backend.workflow.views import validated


class Voice(APIView):
    """Community voice: themes, counted, and words that were released."""

    @extend_schema(
        operation_id="figures_voice",
        summary="Read what children, parents and communities said, without any name",
        tags=["figures"],
        parameters=[
            OpenApiParameter(one.name, enum=list(one.codes), description=one.label)
            for one in saying_dimensions().values()
        ],
        responses={200: shapes.VoiceShape},
    )
    def get(self, request: Request) -> Response:
        """Return a report of what was published, with the words that it allows."""
        access_log.begin(request._request, "figures.voice", access_log.CONSULTATION)
        policy.require(actor_in(request), Permission.FIGURES_SEE_PUBLISHED)
        asked = validated(shapes.VoiceAsked, request.query_params.dict())
        return Response(shapes.voice_data(published(SAYINGS), words_released(), asked))
