"""Holds: the list, one of them, and placing one."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
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
from backend.core.errors import NotFound
from backend.core.ids import uuid7
from backend.retention import queries
from backend.retention.commands import holding
from backend.retention.inputs import HoldInput
from backend.retention.models import Hold
from backend.retention.serializers import shapes
from backend.retention.serializers.holds import hold_data, hold_form, hold_rows
from backend.retention.views.due import begin
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class Holds(GenericAPIView[Hold]):
    """What is held."""

    pagination_class = OwnOrder
    serializer_class = shapes.HoldRowShape

    @extend_schema(
        operation_id="holds_list",
        summary="List what is kept whatever the schedule says",
        tags=["hold"],
        responses=shapes.HoldRowShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of those that stand, the latest first."""
        actor = begin(request, "hold.list")
        held = queries.holds(actor).filter(state=Hold.HELD).order_by("-placed_at", "-id")
        page = list(self.paginate_queryset(held) or [])
        access_log.touch(request._request, [one.id for one in page], [one.child_id for one in page])
        return self.get_paginated_response(hold_rows(page))

    @extend_schema(
        operation_id="hold_place",
        summary="Keep all that is about a child",
        tags=["hold"],
        parameters=[KEY_PARAMETER],
        request=HoldInput,
        responses={201: shapes.HoldShape},
    )
    def post(self, request: Request) -> Response:
        """Place a hold at the record of this reference and return it."""
        actor = begin(request, "hold.place", access_log.ALTERATION)
        given = validated(HoldInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            holding.place(actor, given, hold_id=taken.result_id)
        hold = _hold(actor, taken.result_id)
        access_log.touch(request._request, [hold.id, hold.record_id], [hold.child_id])
        return keyed_response(hold_data(actor, hold), taken)


class NewHold(APIView):
    """Where a hold is placed."""

    @extend_schema(
        operation_id="hold_form",
        summary="Read the form that keeps a record",
        tags=["hold"],
        responses={200: shapes.RetentionFormShape},
    )
    def get(self, request: Request) -> Response:
        """Return the form."""
        policy.require_to_look(actor_in(request), Permission.RETENTION_SEE)
        return Response(hold_form())


class HoldDetail(APIView):
    """One hold."""

    @extend_schema(
        operation_id="hold_read",
        summary="Read why a record is kept",
        tags=["hold"],
        responses={200: shapes.HoldShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it with what the actor may do now."""
        actor = begin(request, "hold.read")
        access_log.touch(request._request, [pk])
        hold = _hold(actor, pk)
        access_log.touch(request._request, [hold.record_id], [hold.child_id])
        return Response(hold_data(actor, hold))


def _hold(actor: Actor, pk: UUID) -> Hold:
    found = queries.holds(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found
