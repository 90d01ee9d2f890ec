"""Unusual readings, for who answers for them: what it is, what was read, and what is decided about it."""

from typing import Any
from uuid import UUID

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
from backend.core.errors import Invalid, NotFound
from backend.oversight import asking
from backend.oversight.inputs import UNUSUAL_INPUTS, UNUSUAL_LABELS
from backend.oversight.queries import looks
from backend.oversight.queries import unusual as queries
from backend.oversight.serializers import unusual as shapes
from backend.oversight.views.acts import Acts

_LISTS = {"waiting": queries.waiting, "all": queries.all_of_them}


class UnusualReadings(GenericAPIView[Any]):
    """Those that wait, or all."""

    pagination_class = OwnOrder
    serializer_class = shapes.UnusualShape

    @extend_schema(
        operation_id="unusual_list",
        summary="List what was read that is unusual",
        tags=["oversight"],
        parameters=[OpenApiParameter("view", enum=list(_LISTS), description="“waiting” if not said")],
        responses=shapes.UnusualShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of it."""
        actor = actor_in(request)
        access_log.begin(request._request, "unusual.list", access_log.CONSULTATION)
        policy.require(actor, Permission.UNUSUAL_SEE)
        view = request.query_params.get("view", "waiting")
        if view not in _LISTS:
            raise Invalid("Choose a view.", fields={"view": [f"Choose one of: {', '.join(_LISTS)}."]})
        page = list(self.paginate_queryset(_LISTS[view](actor)) or [])
        return self.get_paginated_response([shapes.unusual_data(row) for row in page])


class OneUnusualReading(APIView):
    """One of them."""

    @extend_schema(
        operation_id="unusual_read",
        summary="Read why a reading is unusual, and what was read",
        tags=["oversight"],
        responses={200: shapes.UnusualDetailShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it."""
        actor = actor_in(request)
        access_log.begin(request._request, "unusual.read", access_log.CONSULTATION).root_ids.add(pk)
        policy.require(actor, Permission.UNUSUAL_SEE)
        return Response(_detail(request, actor, pk))


def _detail(request: Request, actor: Actor, pk: UUID) -> dict[str, object]:
    one = queries.visible_to(actor).filter(pk=pk).first()
    if one is None:
        raise NotFound
    access_log.touch(request._request, [], one.subject_ids)
    return shapes.unusual_detail(actor, one, looks.visits(queries.looks(one)), gone=queries.gone(one))


ACTS = Acts(
    "unusual",
    "unusual",
    UNUSUAL_INPUTS,
    UNUSUAL_LABELS,
    {"look": asking.look, "decide": asking.decide},
    shapes.UnusualDetailShape,
    _detail,
)
