"""Conflicts of interest: declaring one, reading one's own, and answering those of one's people."""

from collections.abc import Callable, Mapping
from typing import ClassVar
from uuid import UUID

from django.urls import URLPattern, path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.administration.commands import conflicts as commands
from backend.administration.models import Declaration
from backend.administration.queries import conflicts as queries
from backend.administration.serializers import conflicts as shapes
from backend.audit import access_log
from backend.core.api.pagination import Pages
from backend.core.errors import Invalid, NotFound
from backend.core.ids import uuid7
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated

_VIEWS = ("mine", "to_confirm", "agency")
_DO: Mapping[str, Callable[..., Declaration]] = {
    "confirm": commands.confirm,
    "refuse": commands.refuse,
    "end": commands.end,
    "withdraw": commands.withdraw,
}


class Latest(Pages):
    """The latest first."""

    ordering = ("-declared_at", "-id")


class Conflicts(GenericAPIView[Declaration]):
    """What one has declared, or what one's people have."""

    pagination_class = Latest
    serializer_class = shapes.ConflictOfInterestShape

    @extend_schema(
        operation_id="conflicts_list",
        summary="List declared conflicts of interest",
        tags=["conflicts"],
        parameters=[OpenApiParameter("view", enum=list(_VIEWS), description="“mine” if not said")],
        responses=shapes.ConflictOfInterestShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of one's own, or, for a manager, of those of one's people."""
        actor = actor_in(request)
        access_log.begin(request._request, "conflict.list", access_log.CONSULTATION)
        policy.require(actor, Permission.CONFLICT_SEE)
        view = request.query_params.get("view", _VIEWS[0])
        if view not in _VIEWS:
            raise Invalid("Choose a view.", fields={"view": [f"Choose one of: {', '.join(_VIEWS)}."]})
        found = {
            "mine": queries.declared_by,
            "to_confirm": queries.to_confirm,
            "agency": queries.answered_by,
        }[view](actor)
        page = list(self.paginate_queryset(found.order_by("-declared_at", "-id").select_related("agency")) or [])
        return self.get_paginated_response([shapes.conflict_data(actor, row) for row in page])

    @extend_schema(
        operation_id="conflict_declare",
        summary="Declare a conflict of interest with a child one describes",
        tags=["conflicts"],
        parameters=[KEY_PARAMETER],
        request=shapes.DeclareInput,
        responses={201: shapes.ConflictDetailShape},
    )
    def post(self, request: Request) -> Response:
        """Write it down for a manager; the answer is the same whether or not the child is known here."""
        actor = actor_in(request)
        access_log.begin(request._request, "conflict.declare", access_log.COLLECTION)
        policy.require(actor, Permission.CONFLICT_DECLARE)
        given = validated(shapes.DeclareInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            commands.declare(actor, taken.result_id, given)
        return keyed_response(shapes.conflict_detail(actor, _one(actor, taken.result_id)), taken)


class ConflictForm(APIView):
    """What is asked."""

    @extend_schema(
        operation_id="conflict_form",
        summary="Read what is asked of somebody who declares a conflict of interest",
        tags=["conflicts"],
        responses={200: shapes.ConflictFormShape},
    )
    def get(self, request: Request) -> Response:
        """Return the form."""
        actor = actor_in(request)
        policy.require(actor, Permission.CONFLICT_DECLARE)
        return Response(shapes.form_data(actor))


class OneConflict(APIView):
    """One declared conflict."""

    @extend_schema(
        operation_id="conflict_read",
        summary="Read a declared conflict of interest",
        tags=["conflicts"],
        responses={200: shapes.ConflictDetailShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return what was declared, and what a manager made of it."""
        actor = actor_in(request)
        access_log.begin(request._request, "conflict.read", access_log.CONSULTATION).root_ids.add(pk)
        policy.require(actor, Permission.CONFLICT_SEE)
        return Response(shapes.conflict_detail(actor, _one(actor, pk)))


class ConflictAct(APIView):
    """POST what is made of a declared conflict."""

    act: ClassVar[str]

    def post(self, request: Request, pk: UUID) -> Response:
        """Do it, and answer with the conflict as GET gives it."""
        actor = actor_in(request)
        access_log.begin(request._request, f"conflict.{self.act}", access_log.ALTERATION).root_ids.add(pk)
        given = validated(shapes.CONFLICT_INPUTS[self.act], request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        if not taken.is_replay:
            _DO[self.act](actor, pk, **given)
        return keyed_response(shapes.conflict_detail(actor, _one(actor, pk)), taken)


class DeclareAbout(APIView):
    """POST that one has a conflict of interest with the child of a record one sees."""

    noun: ClassVar[str]

    def post(self, request: Request, pk: UUID) -> Response:
        """Bar oneself from the child at once; the record is not there for one any more."""
        actor = actor_in(request)
        touched = access_log.begin(request._request, f"{self.noun}.declare_conflict", access_log.ALTERATION)
        touched.root_ids.add(pk)
        given = validated(shapes.DeclareAboutInput, request.data)
        # A replay finds its declaration by the key: the record is gone for whoever sends it.
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            commands.declare_about(actor, self.noun, pk, taken.result_id, given)
        return keyed_response(shapes.conflict_detail(actor, _one(actor, taken.result_id)), taken)


def conflict_routes() -> list[URLPattern]:
    """Return the routes that are made from tables: what is done about a conflict, and declaring one about a record."""
    acts = [
        path(f"conflicts/<uuid:pk>/{name}/", _act(name).as_view(), name=f"conflict-{name}")
        for name in shapes.CONFLICT_INPUTS
    ]
    about = [
        path(
            f"{noun}s/<uuid:pk>/declare-conflict/",
            _about(noun).as_view(),
            name=f"{noun}-declare-conflict",
        )
        for noun in ("referral", "case", "intervention")
    ]
    return [*acts, *about]


def _act(name: str) -> type[ConflictAct]:
    label, hint = shapes.LABELS[name]
    attributes = {"act": name, "__doc__": hint}
    made: type[ConflictAct] = type(f"Conflict{name.title()}", (ConflictAct,), attributes)
    described: type[ConflictAct] = extend_schema(
        operation_id=f"conflict_{name}",
        summary=label,
        tags=["conflicts"],
        parameters=[KEY_PARAMETER],
        request=shapes.CONFLICT_INPUTS[name],
        responses={200: shapes.ConflictDetailShape},
        methods=["POST"],
    )(made)
    return described


def _about(noun: str) -> type[DeclareAbout]:
    made: type[DeclareAbout] = type(f"{noun.title()}DeclareConflict", (DeclareAbout,), {"noun": noun})
    described: type[DeclareAbout] = extend_schema(
        operation_id=f"{noun}_declare_conflict",
        summary=f"Declare a conflict of interest with the child of {'an' if noun[0] == 'i' else 'a'} {noun}",
        tags=["conflicts"],
        parameters=[KEY_PARAMETER],
        request=shapes.DeclareAboutInput,
        responses={201: shapes.ConflictDetailShape},
        methods=["POST"],
    )(made)
    return described


def _one(actor: Actor, pk: UUID) -> Declaration:
    one = queries.visible_to(actor).select_related("agency").filter(pk=pk).first()
    if one is None:
        raise NotFound
    return one
