"""How groups of children compare in one's own agency: each number, and the list that it counts."""

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
from backend.insights.queries.fairness import COUNTINGS, GROUPINGS
from backend.insights.queries.flow import PERIODS
from backend.insights.serializers import fairness as shapes
from backend.insights.serializers.numbers import CountedRecordShape
from backend.insights.views import begin

_SEES = Permission.FIGURES_SEE_OUTCOMES
_PERIOD = OpenApiParameter("period", enum=list(PERIODS), description="Which days; a year if not said")
_BY = OpenApiParameter("by", enum=list(GROUPINGS), description="How children are grouped")


class Fairness(APIView):
    """Decisions, waits and refusals by group."""

    @extend_schema(
        operation_id="figures_fairness",
        summary="Compare decisions, waits and refusals between groups of children",
        tags=["figures"],
        parameters=[_PERIOD, _BY],
        responses={200: shapes.FairnessShape},
    )
    def get(self, request: Request) -> Response:
        """Return every figure by one grouping."""
        actor, period, asked = begin(request, "figures.fairness", shapes.FairnessAsked, _SEES)
        by = asked["by"]
        return Response(shapes.fairness_data(period, by, kept.read(kept.FAIRNESS[by], actor, period)))


class FairnessRecords(GenericAPIView[Any]):
    """The list behind one number."""

    pagination_class = OwnOrder
    serializer_class = CountedRecordShape

    @extend_schema(
        operation_id="figures_fairness_list",
        summary="List what a number of a comparison counts",
        tags=["figures"],
        parameters=[
            _PERIOD,
            _BY,
            OpenApiParameter("figure", enum=list(COUNTINGS), required=True, description="Of which set of records"),
            OpenApiParameter("part", str, description="Which part of it; the whole if not said"),
            OpenApiParameter("group", str, required=True, description="Of which group"),
        ],
        responses=CountedRecordShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of it."""
        actor, period, asked = begin(request, "figures.fairness_list", shapes.FairnessListAsked, _SEES)
        figure = COUNTINGS[asked["figure"]].by(asked["by"])
        found = figure.behind(actor, period, asked["part"], asked["group"])
        page = list(self.paginate_queryset(found) or [])
        access_log.touch(request._request, [one.root_id for one in page], [one.child_id for one in page])
        return self.get_paginated_response(shapes.fairness_records(page))
