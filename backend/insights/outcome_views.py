"""What came of the work of one's own agency: each number, and the list that it counts."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.permissions import Permission
from backend.audit import access_log
from backend.core.api.pagination import OwnOrder
from backend.insights.queries import kept
from backend.insights.queries.flow import PERIODS
from backend.insights.queries.outcomes import FIGURES, OF_SERVICES, behind
from backend.insights.serializers import outcomes as shapes
from backend.insights.serializers.numbers import CountedRecordShape
from backend.insights.views import begin

_SEES = Permission.FIGURES_SEE_OUTCOMES
_PERIOD = OpenApiParameter("period", enum=list(PERIODS), description="Which days; a year if not said")


class Outcomes(APIView):
    """How cases ended, what they reached, and whether it has lasted."""

    @extend_schema(
        operation_id="figures_outcomes",
        summary="Read what came of the work of one’s agency",
        tags=["figures"],
        parameters=[_PERIOD],
        responses={200: shapes.OutcomeFiguresShape},
    )
    def get(self, request: Request) -> Response:
        """Return each figure of a period."""
        actor, period, _nothing_else = begin(request, "figures.outcomes", shapes.OutcomePeriodAsked, _SEES)
        return Response(shapes.figures_data(period, kept.read(kept.OUTCOMES, actor, period)))


class OutcomeRecords(GenericAPIView[Any]):
    """The list behind one number."""

    pagination_class = OwnOrder
    serializer_class = CountedRecordShape

    @extend_schema(
        operation_id="figures_outcomes_list",
        summary="List what a number of the outcomes counts",
        tags=["figures"],
        parameters=[
            _PERIOD,
            OpenApiParameter("figure", enum=[*FIGURES, *OF_SERVICES], required=True, description="Which figure"),
            OpenApiParameter("part", str, description="Which part of it; the whole if not said"),
            OpenApiParameter("service", str, description="The service, for a figure by service"),
        ],
        responses=CountedRecordShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of it."""
        actor, period, asked = begin(request, "figures.outcomes_list", shapes.OutcomeAsked, _SEES)
        page = list(self.paginate_queryset(behind(actor, period, **asked)) or [])
        access_log.touch(request._request, [shapes.root_of(one) for one in page], [one.child_id for one in page])
        return self.get_paginated_response(shapes.outcome_records(asked["figure"], page))
