"""Where and why children were referred, for those who see no child."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.audit import access_log
from backend.insights.codes import dimensions, factors
from backend.insights.queries.published import REFERRALS, published
from backend.insights.serializers import needs as shapes
from backend.insights.serializers.places import WardMapShape, ward_map_data
from backend.workflow.views import validated

_PARAMETERS = [
    *(OpenApiParameter(one.name, enum=list(one.codes), description=one.label) for one in dimensions().values()),
    OpenApiParameter("factor", enum=list(factors()), description="Those that name it"),
    OpenApiParameter("period", str, description="A quarter, such as 2026-Q3; the last twelve months if not said"),
]


def _begin(request: Request, label: str) -> None:
    access_log.begin(request._request, label, access_log.CONSULTATION)
    policy.require(actor_in(request), Permission.FIGURES_SEE_PUBLISHED)


class Needs(APIView):
    """Referrals by place and cause."""

    @extend_schema(
        operation_id="figures_needs",
        summary="Read where and why children were referred, in numbers that tell of no child",
        tags=["figures"],
        parameters=_PARAMETERS,
        responses={200: shapes.NeedsShape},
    )
    def get(self, request: Request) -> Response:
        """Return a report of what was published."""
        _begin(request, "figures.needs")
        asked = validated(shapes.NeedsAsked, request.query_params.dict())
        return Response(shapes.needs_data(published(REFERRALS), asked))


class WardMap(APIView):
    """The shapes of the wards, where the operator has put a file of them in place."""

    @extend_schema(
        operation_id="figures_ward_map",
        summary="Read the shapes of the wards; there are none where no file of them is in place",
        tags=["figures"],
        responses={200: WardMapShape},
    )
    def get(self, request: Request) -> Response:
        """Return paths ready to be drawn."""
        _begin(request, "figures.ward_map")
        return Response(ward_map_data())
