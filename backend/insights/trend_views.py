"""How the work of one's own agency has grown or shrunk: each number, and the list that it counts."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.audit import access_log
from backend.core.api.pagination import MergedPages
from backend.insights.queries import kept, trend
from backend.insights.serializers import trend as shapes
from backend.insights.views import PAGING
from backend.workflow.views import validated


class Trend(APIView):
    """What was open, came and went in each of the last twelve months."""

    @extend_schema(
        operation_id="figures_trend",
        summary="Read how the work of one’s agency has grown or shrunk",
        tags=["figures"],
        responses={200: shapes.TrendShape},
    )
    def get(self, request: Request) -> Response:
        """Return the numbers of each month, the first one first."""
        actor = actor_in(request)
        access_log.begin(request._request, "figures.trend", access_log.CONSULTATION)
        policy.require(actor, Permission.FIGURES_SEE_OUTCOMES)
        return Response(shapes.trend_data(kept.by_month()))


class TrendRecords(GenericAPIView[Any]):
    """The list behind one number."""

    pagination_class = MergedPages
    serializer_class = shapes.MovedShape

    @extend_schema(
        operation_id="figures_trend_list",
        summary="List what a number of the trend counts",
        tags=["figures"],
        parameters=[
            OpenApiParameter("month", str, required=True, description="Year and month"),
            OpenApiParameter("what", enum=list(trend.COUNTED), required=True, description="Which of its numbers"),
        ],
        responses=shapes.MovedShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of it, the earliest first."""
        actor = actor_in(request)
        access_log.begin(request._request, "figures.list", access_log.CONSULTATION)
        policy.require(actor, Permission.FIGURES_SEE_OUTCOMES)
        given = {name: value for name, value in request.query_params.items() if name not in PAGING}
        asked = validated(shapes.TrendAsked, given)
        pages = MergedPages()
        size, after = pages.get_page_size(request), pages.place(request)
        found = trend.behind(**asked, most=size + 1, after=after)
        shown = found[:size]
        access_log.touch(request._request, [one.root_id for one in shown], [one.child_id for one in shown])
        last = (shown[-1].at, shown[-1].event_id) if len(found) > size else None
        return pages.answer(shapes.moved_data(shown, asked["what"]), last)
