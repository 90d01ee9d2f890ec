"""The closed cases of one's agency."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.audit import access_log
from backend.cases.models import Case
from backend.cases.queries.closed import Wanted, closed
from backend.cases.serializers.closed import (
    ClosedCaseRowShape,
    ClosedFilterInput,
    ClosedFiltersShape,
    closed_rows,
)
from backend.cases.views import refuse_other_roles
from backend.core.api.pagination import OwnOrder
from backend.workflow.descriptors import describe
from backend.workflow.views import validated

_PAGING = ("cursor", "page_size")


class ClosedCases(GenericAPIView[Case]):
    """Those that the actor may see and their agency led."""

    pagination_class = OwnOrder
    serializer_class = ClosedCaseRowShape

    @extend_schema(
        operation_id="cases_closed",
        summary="List closed cases",
        tags=["case"],
        parameters=[
            OpenApiParameter("reference", str, description="Only this one"),
            OpenApiParameter("reason", str, description="A code of the closing reasons"),
            OpenApiParameter("since", OpenApiTypes.DATE, description="Closed on this day or later"),
            OpenApiParameter("until", OpenApiTypes.DATE, description="Closed on this day or earlier"),
        ],
        responses=ClosedCaseRowShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of them, those closed last at the top."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.closed", access_log.CONSULTATION)
        refuse_other_roles(actor, Permission.CASE_SEE)
        asked = {name: value for name, value in request.query_params.items() if value and name not in _PAGING}
        page = list(self.paginate_queryset(closed(actor, Wanted(**validated(ClosedFilterInput, asked)))) or [])
        access_log.touch(request._request, [case.id for case in page], [case.child_id for case in page])
        return self.get_paginated_response(closed_rows(actor, page))


class ClosedFilters(APIView):
    """What the list can be narrowed by; it is about no child."""

    @extend_schema(
        operation_id="cases_closed_filters",
        summary="Read what closed cases can be narrowed by",
        tags=["case"],
        responses={200: ClosedFiltersShape},
    )
    def get(self, request: Request) -> Response:
        """Return the filters as the fields of a form."""
        refuse_other_roles(actor_in(request), Permission.CASE_SEE)
        return Response({"fields": describe(ClosedFilterInput)})
