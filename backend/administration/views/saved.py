"""Lists kept under a name: one's own, and for managers those that colleagues show them. They are about no child."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.administration.commands import saving
from backend.administration.models import SavedList
from backend.administration.queries import saved as queries
from backend.administration.serializers.saved import (
    LABELS,
    SAVED_LIST_INPUTS,
    KeepListInput,
    SavedListShape,
    SavedListsShape,
    saved_data,
)
from backend.core.errors import NotFound
from backend.core.ids import uuid7
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class SavedLists(APIView):
    """All that somebody finds under a name."""

    @extend_schema(
        operation_id="saved_lists",
        summary="Read the lists one keeps under a name",
        tags=["saved lists"],
        responses=SavedListsShape,
    )
    def get(self, request: Request) -> Response:
        """Return them by name."""
        actor = actor_in(request)
        policy.require(actor, Permission.SAVED_LIST_KEEP)
        found = [saved_data(actor, kept) for kept in queries.visible_to(actor)]
        return Response({"may_share": queries.may_share(actor), "results": found})

    @extend_schema(
        operation_id="saved_lists_keep",
        summary="Keep a list under a name",
        tags=["saved lists"],
        parameters=[KEY_PARAMETER],
        request=KeepListInput,
        responses={201: SavedListShape},
    )
    def post(self, request: Request) -> Response:
        """Keep it and return it."""
        actor = actor_in(request)
        given = validated(KeepListInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            saving.keep(actor, taken.result_id, given)
        return keyed_response(_own(actor, taken.result_id), taken)


class SavedListAct(APIView):
    """One act at one list of one's own."""

    act: ClassVar[str]

    def post(self, request: Request, pk: UUID) -> Response:
        """Do it and return the list as it is now."""
        actor = actor_in(request)
        given = validated(SAVED_LIST_INPUTS[self.act], request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        if not taken.is_replay:
            _ACTS[self.act](actor, pk, given)
        return keyed_response(_own(actor, pk), taken)


_ACTS: Mapping[str, Callable[[Actor, UUID, Mapping[str, Any]], SavedList]] = {
    "change": saving.change,
    "remove": saving.remove,
    "restore": saving.restore,
}


def saved_list_routes() -> list[URLPattern]:
    """Return a route for each act."""
    return [path(f"saved-lists/<uuid:pk>/{act}/", _act(act).as_view(), name=f"saved-list-{act}") for act in _ACTS]


def _act(name: str) -> type[SavedListAct]:
    made: type[SavedListAct] = type(f"SavedList{name.title()}", (SavedListAct,), {"act": name})
    described: type[SavedListAct] = extend_schema(
        operation_id=f"saved_list_{name}",
        summary=LABELS[name],
        tags=["saved lists"],
        parameters=[KEY_PARAMETER],
        request=SAVED_LIST_INPUTS[name],
        responses={200: SavedListShape},
        methods=["POST"],
    )(made)
    return described


def _own(actor: Actor, pk: UUID) -> dict[str, Any]:
    kept = queries.own(actor).filter(pk=pk).first()
    if kept is None:
        raise NotFound
    return saved_data(actor, kept)
