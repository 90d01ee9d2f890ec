"""What needs a manager's attention: how many of each kind, and the list behind each number."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.administration.queries import exceptions, late
from backend.administration.serializers import exceptions as shapes
from backend.administration.serializers.exception_rows import rows
from backend.audit import access_log
from backend.core.api.pagination import Pages
from backend.core.clock import now
from backend.core.errors import Invalid
from backend.deadlines.kinds import KINDS as CLOCKS

_BREACHED = "breached"


class Attention(APIView):
    """The numbers."""

    @extend_schema(
        operation_id="exceptions",
        summary="Count what needs attention in one's agency",
        tags=["exceptions"],
        responses={200: shapes.AttentionShape},
    )
    def get(self, request: Request) -> Response:
        """Return how many of each kind there are now, none of them past what a list shows at once."""
        actor = actor_in(request)
        access_log.begin(request._request, "exception.count", access_log.CONSULTATION)
        policy.require(actor, Permission.EXCEPTIONS_SEE)
        found = exceptions.counts(actor)
        parts = {_BREACHED: late.missed_by_kind(actor)}
        kinds = [
            {
                "kind": kind.code,
                "label": kind.label,
                "hint": kind.hint,
                "count": min(found[kind.code], exceptions.MOST),
                "is_more": found[kind.code] > exceptions.MOST,
                "parts": parts.get(kind.code, []),
            }
            for kind in exceptions.KINDS.values()
        ]
        undelivered = exceptions.undelivered()
        return Response({"checked_at": now(), "kinds": kinds, "undelivered": undelivered})


class InTheListsOrder(Pages):
    """The order that each list's own query has."""

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        """Return it."""
        return tuple(str(name) for name in queryset.query.order_by) or ("id",)


class Exceptions(GenericAPIView[Any]):
    """The list behind one number."""

    pagination_class = InTheListsOrder
    serializer_class = shapes.ExceptionShape

    @extend_schema(
        operation_id="exceptions_list",
        summary="List what needs attention in one's agency",
        tags=["exceptions"],
        parameters=[
            OpenApiParameter("kind", enum=list(exceptions.KINDS), required=True, description="Which kind"),
            OpenApiParameter("clock", enum=list(CLOCKS), description="Of missed clocks, only those of this kind"),
        ],
        responses=shapes.ExceptionShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of one kind."""
        actor = actor_in(request)
        access_log.begin(request._request, "exception.list", access_log.CONSULTATION)
        policy.require(actor, Permission.EXCEPTIONS_SEE)
        kind = request.query_params.get("kind", "")
        if kind not in exceptions.KINDS:
            raise Invalid("Choose a kind.", fields={"kind": [f"Choose one of: {', '.join(exceptions.KINDS)}."]})
        found = _of_clock(kind, exceptions.KINDS[kind].find(actor), request.query_params.get("clock", ""))
        page = list(self.paginate_queryset(found) or [])
        roots = [root for root in (getattr(one, "root_id", None) for one in page) if root is not None]
        access_log.touch(request._request, roots, [getattr(one, "child_id", None) for one in page])
        return self.get_paginated_response(rows(kind, page))


def _of_clock(kind: str, found: QuerySet[Any], clock: str) -> QuerySet[Any]:
    if not clock:
        return found
    if kind != _BREACHED or clock not in CLOCKS:
        sentence = "Only missed clocks are listed by their kind, and only by one that there is."
        raise Invalid(sentence, fields={"clock": [sentence]})
    return found.filter(kind=clock)
