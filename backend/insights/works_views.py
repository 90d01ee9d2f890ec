"""What works in one's own agency, by service: each number, and the list that it counts."""

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
from backend.insights.queries.works import FIGURES
from backend.insights.serializers import works as shapes
from backend.insights.serializers.numbers import CountedRecordShape
from backend.insights.serializers.outcomes import OutcomePeriodAsked
from backend.insights.views import begin

_SEES = Permission.FIGURES_SEE_OUTCOMES
_PERIOD = OpenApiParameter("period", enum=list(PERIODS), description="Which days; a year if not said")


class Works(APIView):
    """What became of families by the service that they had."""

    @extend_schema(
        operation_id="figures_works",
        summary="Read what became of families by the service that they had",
        tags=["figures"],
        parameters=[_PERIOD],
        responses={200: shapes.WorksShape},
    )
    def get(self, request: Request) -> Response:
        """Return every figure by service."""
        actor, period, _nothing_else = begin(request, "figures.works", OutcomePeriodAsked, _SEES)
        return Response(shapes.works_data(period, kept.read(kept.WORKS, actor, period)))


class WorksRecords(GenericAPIView[Any]):
    """The list behind one number."""

    pagination_class = OwnOrder
    serializer_class = CountedRecordShape

    @extend_schema(
        operation_id="figures_works_list",
        summary="List what a number of a service counts",
        tags=["figures"],
        parameters=[
            _PERIOD,
            OpenApiParameter("figure", enum=list(FIGURES), required=True, description="Which figure"),
            OpenApiParameter("part", str, description="Which part of it; the whole if not said"),
            OpenApiParameter("group", str, required=True, description="Of which service"),
        ],
        responses=CountedRecordShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of it."""
        actor, period, asked = begin(request, "figures.works_list", shapes.WorksAsked, _SEES)
        found = FIGURES[asked["figure"]].behind(actor, period, asked["part"], str(asked["group"]))
        page = list(self.paginate_queryset(found) or [])
        access_log.touch(request._request, [shapes.root_of(one) for one in page], [one.child_id for one in page])
        return self.get_paginated_response(shapes.works_records(asked["figure"], page))
