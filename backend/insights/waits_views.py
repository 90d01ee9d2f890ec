"""Waits and refusals by service: each number, and the list that it counts."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.permissions import Permission
from backend.audit import access_log
from backend.core.api.pagination import OwnOrder
from backend.insights.queries import kept, waits
from backend.insights.queries.flow import PERIODS
from backend.insights.serializers import waits as shapes
from backend.insights.serializers.outcomes import OutcomePeriodAsked
from backend.insights.views import begin

_SEES = Permission.FIGURES_SEE_OUTCOMES
_PERIOD = OpenApiParameter("period", enum=list(PERIODS), description="Which days; a year if not said")


class Services(APIView):
    """What became of the services that were recommended, and how long families waited."""

    @extend_schema(
        operation_id="figures_services",
        summary="Read waits and refusals by service",
        tags=["figures"],
        parameters=[_PERIOD],
        responses={200: shapes.WaitsShape},
    )
    def get(self, request: Request) -> Response:
        """Return a row for each service, and the reasons of those who said no or stopped."""
        actor, period, _nothing_else = begin(request, "figures.services", OutcomePeriodAsked, _SEES)
        return Response(shapes.services_data(period, kept.read(kept.WAITS, actor, period)))


class ServiceRecords(GenericAPIView[Any]):
    """The list behind one number."""

    pagination_class = OwnOrder
    serializer_class = shapes.WaitsRecordShape

    @extend_schema(
        operation_id="figures_services_list",
        summary="List what a number of waits and refusals counts",
        tags=["figures"],
        parameters=[
            _PERIOD,
            OpenApiParameter("figure", enum=[kept.SERVICES, *waits.FIGURES], required=True, description="Which"),
            OpenApiParameter("part", str, description="Which part of it; the whole if not said"),
            OpenApiParameter("group", str, description="Which service, where they are told apart"),
        ],
        responses=shapes.WaitsRecordShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of it."""
        actor, period, asked = begin(request, "figures.services_list", shapes.WaitsAsked, _SEES)
        figure = waits.FIGURES.get(asked["figure"], waits.SERVICES)
        found = figure.behind(actor, period, asked["part"], str(asked["group"] or ""))
        page = list(self.paginate_queryset(found) or [])
        access_log.touch(request._request, [one.root_id for one in page], [one.child_id for one in page])
        return self.get_paginated_response(shapes.service_records(page))
