"""Break-glass: opening one child's records in an emergency, closing them, and what others say of it afterwards."""

from collections.abc import Callable, Mapping
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import fresh, policy
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.audit import access_log
from backend.core.api.pagination import OwnOrder
from backend.core.errors import Invalid, NotFound
from backend.core.ids import uuid7
from backend.oversight import commands
from backend.oversight.inputs import INPUTS, LABELS, OpenInput
from backend.oversight.models import BreakGlass
from backend.oversight.queries import glass as queries
from backend.oversight.queries import looks
from backend.oversight.serializers import glass as shapes
from backend.oversight.views.acts import Acts
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated

_DO: Mapping[str, Callable[..., BreakGlass]] = {
    "end": commands.end,
    "look": commands.look,
    "decide": commands.decide,
}
_LISTS = {
    "mine": queries.mine,
    "to_look": queries.to_look,
    "to_decide": queries.to_decide,
    "all": queries.of_others,
}


class BreakGlasses(GenericAPIView[BreakGlass]):
    """One's own, or those that one looks at."""

    pagination_class = OwnOrder
    serializer_class = shapes.BreakGlassShape

    @extend_schema(
        operation_id="break_glass_list",
        summary="List what was opened in emergencies",
        tags=["oversight"],
        parameters=[OpenApiParameter("view", enum=list(_LISTS), description="“mine” if not said")],
        responses=shapes.BreakGlassShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of it."""
        actor = actor_in(request)
        access_log.begin(request._request, "break_glass.list", access_log.CONSULTATION)
        policy.require(actor, Permission.BREAK_GLASS_SEE)
        view = request.query_params.get("view", "mine")
        if view not in _LISTS:
            raise Invalid("Choose a view.", fields={"view": [f"Choose one of: {', '.join(_LISTS)}."]})
        page = list(self.paginate_queryset(_LISTS[view](actor)) or [])
        return self.get_paginated_response([shapes.glass_data(actor, row) for row in page])

    @extend_schema(
        operation_id="break_glass_open",
        summary="Open one child’s records in an emergency, for reading",
        tags=["oversight"],
        parameters=[KEY_PARAMETER],
        request=OpenInput,
        responses={201: shapes.BreakGlassDetailShape},
    )
    def post(self, request: Request) -> Response:
        """Open them, and tell managers and information governance; or nothing, in the same words whatever is there."""
        actor = actor_in(request)
        access_log.begin(request._request, "break_glass.open", access_log.CONSULTATION)
        policy.require(actor, Permission.BREAK_GLASS_OPEN)
        # Before anything is looked for: to be asked for a fresh sign-in would tell that there is something to open.
        fresh.require(request._request)
        given = validated(OpenInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            commands.open_glass(actor, taken.result_id, given)
        return keyed_response(_detail(request, actor, taken.result_id), taken)


class BreakGlassForm(APIView):
    """What is asked."""

    @extend_schema(
        operation_id="break_glass_form",
        summary="Read what is asked of somebody who opens records in an emergency",
        tags=["oversight"],
        responses={200: shapes.BreakGlassFormShape},
    )
    def get(self, request: Request) -> Response:
        """Return the form."""
        actor = actor_in(request)
        policy.require(actor, Permission.BREAK_GLASS_SEE)
        return Response(shapes.form_data(actor))


class OneBreakGlass(APIView):
    """One of them."""

    @extend_schema(
        operation_id="break_glass_read",
        summary="Read what was opened in an emergency, why, and what was read",
        tags=["oversight"],
        responses={200: shapes.BreakGlassDetailShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it."""
        actor = actor_in(request)
        access_log.begin(request._request, "break_glass.read", access_log.CONSULTATION).root_ids.add(pk)
        policy.require(actor, Permission.BREAK_GLASS_SEE)
        return Response(_detail(request, actor, pk))


def _detail(request: Request, actor: Actor, pk: UUID) -> dict[str, object]:
    one = queries.visible_to(actor).filter(pk=pk).first()
    if one is None:
        raise NotFound
    access_log.touch(request._request, one.root_ids, one.child_ids)
    is_own = one.user_id == actor.user_id
    opened = queries.opened_now(actor, one) if is_own else [queries.Opened(name, "") for name in one.records]
    return shapes.glass_detail(actor, one, opened, [] if is_own else looks.visits(queries.looks(one)))


ACTS = Acts("break_glass", "break-glass", INPUTS, LABELS, _DO, shapes.BreakGlassDetailShape, _detail)
