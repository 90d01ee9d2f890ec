"""How complete the records of one's own agency are: each question, and the records in which it has no answer."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.permissions import Permission
from backend.administration.serializers.exception_rows import rows
from backend.administration.serializers.exceptions import ExceptionShape
from backend.audit import access_log
from backend.core.api.pagination import OwnOrder
from backend.insights.queries import kept
from backend.insights.queries.flow import NOW, PERIODS
from backend.insights.queries.quality import DETAILS, PARTS, QUESTIONS, REFERRAL, missing
from backend.insights.serializers import quality as shapes
from backend.insights.views import begin

_SEES = Permission.QUALITY_SEE
_PERIOD = OpenApiParameter("period", enum=list(PERIODS), description="Sent on which days; a year if not said")


class Quality(APIView):
    """How complete records are."""

    @extend_schema(
        operation_id="figures_quality",
        summary="Read how complete the records of one’s agency are",
        tags=["figures"],
        parameters=[_PERIOD],
        responses={200: shapes.QualityShape},
    )
    def get(self, request: Request) -> Response:
        """Return each question of the referral form and each of a child's details; numbers only."""
        actor, period, _nothing_else = begin(request, "figures.quality", shapes.QualityPeriodAsked, _SEES)
        sent, helped = kept.read(kept.QUALITY, actor, period), kept.read(kept.HELPED, actor, NOW)
        return Response(shapes.quality_data(period, sent, helped))


class QualityRecords(GenericAPIView[Any]):
    """The list behind one number."""

    pagination_class = OwnOrder
    serializer_class = ExceptionShape

    @extend_schema(
        operation_id="figures_quality_list",
        summary="List the records in which a question has no answer",
        tags=["figures"],
        parameters=[
            _PERIOD,
            OpenApiParameter("part", enum=list(PARTS), required=True, description="Which kind of record"),
            OpenApiParameter("question", enum=sorted({*QUESTIONS, *DETAILS}), required=True, description="Which one"),
        ],
        responses=ExceptionShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of them, the latest first."""
        actor, period, asked = begin(request, "figures.quality_list", shapes.QualityAsked, _SEES)
        page = list(self.paginate_queryset(missing(actor, period, **asked)) or [])
        access_log.touch(request._request, [one.id for one in page], [one.child_id for one in page])
        return self.get_paginated_response(rows("referrals" if asked["part"] == REFERRAL else "leads", page))
