"""Figures of one's own agency: each number, and the list that it counts."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.audit import access_log
from backend.core.api.pagination import OwnOrder
from backend.insights.queries import cuts, flow, kept
from backend.insights.queries.flow import Period
from backend.insights.serializers import flow as shapes
from backend.workflow.views import validated

PAGING = ("cursor", "page_size")
# A group is told from records of cases, of which whoever decides on referrals sees numbers, and no list.
_OPENS_GROUPS = Permission.FIGURES_SEE_OUTCOMES
_PERIOD = OpenApiParameter("period", enum=list(flow.PERIODS), description="Which days; the shortest if not said")

_KIND = OpenApiParameter("kind", enum=list(flow.COUNTED), required=True, description="Which kind of clock")
_URGENT = OpenApiParameter("is_urgent", bool, description="Whether the urgent ones of that kind")
_BY = OpenApiParameter("by", enum=list(cuts.CUTS), description="How it is told apart")


def begin(
    request: Request, label: str, shape: type[shapes.PeriodAsked], permission: Permission = Permission.FIGURES_SEE_OWN
) -> tuple[Actor, Period, dict[str, Any]]:
    """Log who asks, refuse who may not, and return whose figures of which days are asked for, and what else."""
    actor = actor_in(request)
    access_log.begin(request._request, label, access_log.CONSULTATION)
    policy.require(actor, permission)
    given = {name: value for name, value in request.query_params.items() if name not in PAGING}
    asked = validated(shape, given)
    return actor, flow.PERIODS[asked.pop("period")], asked


class Flow(APIView):
    """How long things take."""

    @extend_schema(
        operation_id="figures_flow",
        summary="Read how long things took in one’s agency",
        tags=["figures"],
        parameters=[_PERIOD],
        responses={200: shapes.FlowShape},
    )
    def get(self, request: Request) -> Response:
        """Return a row for each kind of promise that fell due in the period."""
        actor, period, _nothing_else = begin(request, "figures.flow", shapes.PeriodAsked)
        return Response(shapes.flow_data(period, kept.read(kept.FLOW, actor, period)))


class FlowCut(APIView):
    """How long one thing takes, told apart."""

    @extend_schema(
        operation_id="figures_flow_cut",
        summary="Read how long one thing took by team, source, need or theme",
        tags=["figures"],
        parameters=[_PERIOD, _KIND, _URGENT, _BY],
        responses={200: shapes.CutShape},
    )
    def get(self, request: Request) -> Response:
        """Return a row for each group that has any."""
        actor, period, asked = begin(request, "figures.cut", shapes.CutAsked)
        words, opens_lists = cuts.CUTS[asked["by"]].words(actor), policy.holds(actor, _OPENS_GROUPS)
        found = kept.cut(actor, period, **asked)
        return Response(shapes.cut_data(period, found, words, asked, opens_lists=opens_lists))


class FlowRecords(GenericAPIView[Any]):
    """The list behind one number."""

    pagination_class = OwnOrder
    serializer_class = shapes.FlowRecordShape

    @extend_schema(
        operation_id="figures_flow_list",
        summary="List what a number of the figures counts",
        tags=["figures"],
        parameters=[
            _PERIOD,
            _KIND,
            _URGENT,
            _BY,
            OpenApiParameter("group", str, description="Of which group, where it is told apart"),
            OpenApiParameter("outcome", enum=list(flow.OUTCOMES), required=True, description="What became of it"),
        ],
        responses=shapes.FlowRecordShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of it."""
        actor, period, asked = begin(request, "figures.list", shapes.FlowAsked)
        if asked["by"]:
            policy.require(actor, _OPENS_GROUPS)
        page = list(self.paginate_queryset(cuts.behind(actor, period, **asked)) or [])
        access_log.touch(request._request, [one.root_id for one in page], [one.child_id for one in page])
        return self.get_paginated_response(shapes.records_data(page))
