"""Where the work of one's own agency stands, and what became of what it received: each number, and its list."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.permissions import Permission
from backend.audit import access_log
from backend.core.api.pagination import OwnOrder
from backend.insights.queries import kept, received, stays
from backend.insights.queries.flow import NOW, PERIODS
from backend.insights.serializers import standing as shapes
from backend.insights.serializers.outcomes import OutcomePeriodAsked
from backend.insights.views import begin

_SEES = Permission.FIGURES_SEE_OUTCOMES
_PERIOD = OpenApiParameter("period", enum=list(PERIODS), description="Which days; a year if not said")
_FIGURES = [stays.NOW, stays.LEFT, *received.FIGURES, kept.SOURCES]


class Standing(APIView):
    """Time in each state, and what became of referrals."""

    @extend_schema(
        operation_id="figures_standing",
        summary="Read where the work of one’s agency stands",
        tags=["figures"],
        parameters=[_PERIOD],
        responses={200: shapes.StandingShape},
    )
    def get(self, request: Request) -> Response:
        """Return the states and the figures of a period."""
        actor, period, _nothing_else = begin(request, "figures.standing", OutcomePeriodAsked, _SEES)
        read, now = kept.read(kept.STANDING, actor, period), kept.read(kept.STANDS, actor, NOW)
        return Response(shapes.standing_data(period, now, read))


class StandingRecords(GenericAPIView[Any]):
    """The list behind one number."""

    pagination_class = OwnOrder
    serializer_class = shapes.StandingRecordShape

    @extend_schema(
        operation_id="figures_standing_list",
        summary="List what a number of where work stands counts",
        tags=["figures"],
        parameters=[
            _PERIOD,
            OpenApiParameter("figure", enum=_FIGURES, required=True, description="Which figure"),
            OpenApiParameter("part", str, description="Which part of it: for a stay, the state"),
            OpenApiParameter("group", str, description="Of which source, where they are told apart"),
        ],
        responses=shapes.StandingRecordShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of it."""
        actor, period, asked = begin(request, "figures.standing_list", shapes.StandingAsked, _SEES)
        figure, part, group = asked["figure"], asked["part"], asked["group"]
        if part in stays.PLACES:
            noun, state = stays.PLACES[part]
            found = stays.behind(actor, period, figure=figure, noun=noun, state=state)
        else:
            found = received.FIGURES.get(figure, received.SOURCES).behind(actor, period, part, group)
        page = list(self.paginate_queryset(found) or [])
        access_log.touch(request._request, [one.root_id for one in page], [one.child_id for one in page])
        if part in stays.PLACES:
            return self.get_paginated_response(shapes.stay_records(period, figure, part, page))
        return self.get_paginated_response(shapes.standing_records(figure, page))
