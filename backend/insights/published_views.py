"""Figures of the whole partnership, for those who see no child."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.audit import access_log
from backend.core import vocabulary
from backend.insights.queries.published import CLOSINGS, published
from backend.insights.serializers import published as shapes
from backend.workflow.views import validated


class PublishedOutcomes(APIView):
    """How cases of the partnership ended."""

    @extend_schema(
        operation_id="figures_published",
        summary="Read how cases of the partnership ended, in numbers that tell of no child",
        tags=["figures"],
        parameters=[OpenApiParameter("theme", enum=vocabulary.get("board_themes").codes, description="Of one board")],
        responses={200: shapes.PublishedShape},
    )
    def get(self, request: Request) -> Response:
        """Return the tables of a report."""
        access_log.begin(request._request, "figures.published", access_log.CONSULTATION)
        policy.require(actor_in(request), Permission.FIGURES_SEE_PUBLISHED)
        asked = validated(shapes.PublishedAsked, request.query_params.dict())
        return Response(shapes.published_data(published(CLOSINGS), asked["theme"]))
