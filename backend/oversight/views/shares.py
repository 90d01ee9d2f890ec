"""What was shared with whom, across records, for information governance."""

from datetime import datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.audit import access_log
from backend.core import vocabulary
from backend.core.api.pagination import MergedPages
from backend.core.errors import Invalid
from backend.oversight.queries import shares as queries
from backend.oversight.queries.looks import agencies_of
from backend.oversight.queries.shares import BASES, ROWS, Wanted
from backend.oversight.serializers import shares as shapes
from backend.oversight.views.looks import key_given, no_such

NO_MONTH = "Give a month like 2026-11."


class Shares(GenericAPIView[Any]):
    """The ledger of the whole partnership, narrowed by agency, basis and month."""

    pagination_class = MergedPages
    serializer_class = shapes.LedgerLineShape

    @extend_schema(
        operation_id="shares_list",
        summary="Read what was shared with whom, across the partnership",
        tags=["oversight"],
        parameters=[
            OpenApiParameter("child", type=UUID),
            OpenApiParameter("agency", type=UUID, description="that shared it, or with which it was shared"),
            OpenApiParameter("basis", enum=vocabulary.get(BASES).codes),
            OpenApiParameter("month", description="for example 2026-11"),
        ],
        responses=shapes.LedgerLineShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page, the latest first."""
        actor = actor_in(request)
        access_log.begin(request._request, "shares.list", access_log.CONSULTATION)
        policy.require(actor, Permission.DISCLOSURE_ACROSS)
        pages, wanted = MergedPages(), _wanted(request)
        rows = queries.shares(wanted, pages.place(request))
        page = rows[:ROWS]
        children = [wanted.child_id, *(row.child_id for row in page)]
        access_log.touch(request._request, [row.root_id for row in page], children)
        last = (page[-1].at, page[-1].id) if len(rows) > ROWS else None
        return pages.answer(shapes.shares_data(page), last)


class SharesForm(APIView):
    """What one can narrow by."""

    @extend_schema(
        operation_id="shares_form",
        summary="Read what shares can be narrowed by",
        tags=["oversight"],
        responses={200: shapes.LedgerFormShape},
    )
    def get(self, request: Request) -> Response:
        """Return the choices."""
        actor = actor_in(request)
        policy.require(actor, Permission.DISCLOSURE_ACROSS)
        return Response(shapes.form_data(agencies_of(actor)))


def _wanted(request: Request) -> Wanted:
    """Return what the address asks for; raise Invalid for what no filter offers."""
    basis = request.query_params.get("basis", "")
    if basis and basis not in vocabulary.get(BASES):
        raise no_such("basis")
    since, until = _month(request.query_params.get("month", ""))
    return Wanted(key_given(request, "child"), key_given(request, "agency"), basis, since, until)


def _month(given: str) -> tuple[datetime | None, datetime | None]:
    if not given:
        return None, None
    found = queries.month_of(given)
    if found is None:
        raise Invalid(NO_MONTH, fields={"month": [NO_MONTH]})
    return found
