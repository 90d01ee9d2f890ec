"""Configuration through the API: what there is, its versions, and beginning a draft. It is about no child."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.audit import access_log
from backend.configuration import commands, queries
from backend.configuration.inputs import CopyInput
from backend.configuration.kinds import kind_of
from backend.configuration.models import Version
from backend.configuration.serializers import (
    KindShape,
    VersionRowShape,
    VersionShape,
    kind_rows,
    version_data,
    version_rows,
)
from backend.core.api.pagination import Pages
from backend.core.errors import NotFound
from backend.core.ids import uuid7
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class LatestFirst(Pages):
    """The latest version first."""

    ordering = ("-number",)


class Kinds(APIView):
    """What can be configured."""

    @extend_schema(
        operation_id="configuration_kinds",
        summary="Read what the partnership configures, and what counts now",
        tags=["configuration"],
        responses=KindShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return each kind with its version in force and its draft."""
        actor = actor_in(request)
        policy.require(actor, Permission.CONFIGURATION_SEE)
        return Response(kind_rows(actor))


class Versions(GenericAPIView[Version]):
    """The versions of one kind."""

    pagination_class = LatestFirst
    serializer_class = VersionRowShape

    @extend_schema(
        operation_id="configurations_list",
        summary="List the versions of one kind of configuration",
        tags=["configuration"],
        parameters=[OpenApiParameter("kind", str, required=True, description="Which kind")],
        responses=VersionRowShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of them, the latest first."""
        actor = actor_in(request)
        policy.require(actor, Permission.CONFIGURATION_SEE)
        kind = kind_of(request.query_params.get("kind", ""))
        page: list[Any] = list(self.paginate_queryset(queries.of_kind(actor, kind.code)) or [])
        return self.get_paginated_response(version_rows(actor, kind, page))


class OneVersion(APIView):
    """One version."""

    @extend_schema(
        operation_id="configuration_read",
        summary="Read a version",
        tags=["configuration"],
        responses={200: VersionShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return what it says, what is different, and what the actor may do now."""
        actor = actor_in(request)
        version = queries.visible_to(actor).filter(pk=pk).first()
        if version is None:
            raise NotFound
        policy.require(actor, Permission.CONFIGURATION_SEE)
        return Response(version_data(actor, version))


class Copy(APIView):
    """Beginning a draft."""

    @extend_schema(
        operation_id="configuration_copy",
        summary="Begin a draft as a copy of a version",
        tags=["configuration"],
        parameters=[KEY_PARAMETER],
        request=CopyInput,
        responses={201: VersionShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Begin it and return it."""
        actor = actor_in(request)
        access_log.begin(request._request, "configuration.copy", access_log.ALTERATION).root_ids.add(pk)
        validated(CopyInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            commands.copy(actor, pk, taken.result_id)
        version = queries.visible_to(actor).filter(pk=taken.result_id).first()
        if version is None:
            raise NotFound
        policy.require(actor, Permission.CONFIGURATION_SEE)
        return keyed_response(version_data(actor, version), taken)
