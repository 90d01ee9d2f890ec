"""The directory through the API: find, read, keep. It is about no child, so reading it leaves no access row."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.core.api.pagination import Pages
from backend.core.errors import Invalid, NotFound
from backend.core.ids import uuid7
from backend.directory import commands, queries
from backend.directory.history import changes_of
from backend.directory.inputs import EntryInput, FilterInput, words_in
from backend.directory.models import Service
from backend.directory.serializers import (
    ServiceChangeShape,
    ServiceFiltersShape,
    ServiceRowShape,
    ServiceShape,
    service_data,
    service_rows,
)
from backend.workflow.descriptors import describe
from backend.workflow.serializers import DescriptorShape
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated

_VIEWS = ("all", "kept")
_ACTS = (
    ("add", "Add a service", Permission.SERVICE_ADD),
    ("import", "Bring services in from a feed", Permission.SERVICE_IMPORT),
)
_CODES = [name for name in FilterInput._declared_fields if name not in ("age", "has_space")]


class ServicePages(Pages):
    """The order of the list's own query: by name, or the likeliest first."""

    page_size = 25

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        """Return the order that the query has."""
        return tuple(str(name) for name in queryset.query.order_by)


class ServiceList(GenericAPIView[Service]):
    """Finding a service, and adding one."""

    pagination_class = ServicePages
    serializer_class = ServiceRowShape

    @extend_schema(
        operation_id="services_list",
        summary="Find a service",
        tags=["service"],
        parameters=[
            OpenApiParameter("view", enum=list(_VIEWS), description="All, or those your agency keeps"),
            OpenApiParameter("q", str, description="Words; the likeliest come first"),
            OpenApiParameter("age", int, description="Takes somebody of this age"),
            *(OpenApiParameter(name, str, description="A code of its vocabulary") for name in _CODES),
            OpenApiParameter("has_space", enum=["true", "false"], description="Somebody said lately that it has"),
        ],
        responses=ServiceRowShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of services that pass every filter."""
        actor = actor_in(request)
        policy.require(actor, Permission.SERVICE_SEE)
        kept = _view(request) == "kept"
        services = queries.filtered(queries.kept_by(actor) if kept else queries.listed(actor), _filters(request))
        words = words_in(request.query_params)
        page = self.paginate_queryset(queries.searched(services, words) if words else services)
        return self.get_paginated_response(service_rows(list(page or [])))

    @extend_schema(
        operation_id="service_add",
        summary="Add a service",
        tags=["service"],
        parameters=[KEY_PARAMETER],
        request=EntryInput,
        responses={201: ServiceShape},
    )
    def post(self, request: Request) -> Response:
        """Add an entry that your agency keeps, and return it."""
        actor = actor_in(request)
        given = validated(EntryInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            commands.add(actor, taken.result_id, given)
        service = queries.visible_to(actor).filter(pk=taken.result_id).first()
        if service is None:
            raise NotFound
        return keyed_response(service_data(actor, service), taken)


class ServiceForm(APIView):
    """The form of a new entry."""

    @extend_schema(
        operation_id="service_form",
        summary="Read what is asked about a new service",
        tags=["service"],
        responses={200: DescriptorShape(many=True)},
    )
    def get(self, request: Request) -> Response:
        """Return its fields in order; raise Forbidden for those who add none."""
        policy.require(actor_in(request), Permission.SERVICE_ADD)
        return Response(describe(EntryInput))


class ServiceFilters(APIView):
    """What the list can be narrowed by."""

    @extend_schema(
        operation_id="service_filters",
        summary="Read what services can be narrowed by",
        tags=["service"],
        responses={200: ServiceFiltersShape},
    )
    def get(self, request: Request) -> Response:
        """Return the filters as the fields of a form, and what else the actor may do with the directory."""
        actor = actor_in(request)
        acts = [{"name": name, "label": label} for name, label, permission in _ACTS if policy.holds(actor, permission)]
        return Response({"fields": describe(FilterInput), "acts": acts})


class ServiceDetail(APIView):
    """One service."""

    @extend_schema(
        operation_id="service_read", summary="Read a service", tags=["service"], responses={200: ServiceShape}
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it, ended ones too, with what the actor may do now."""
        actor = actor_in(request)
        service = queries.visible_to(actor).filter(pk=pk).first()
        if service is None:
            raise NotFound
        return Response(service_data(actor, service))


class ServiceChanges(APIView):
    """How an entry has changed."""

    @extend_schema(
        operation_id="service_changes",
        summary="Read how a service has changed",
        tags=["service"],
        responses={200: ServiceChangeShape(many=True)},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return its latest changes, the last first, at most fifty."""
        actor = actor_in(request)
        if not queries.visible_to(actor).filter(pk=pk).exists():
            raise NotFound
        return Response(changes_of(pk))


def _filters(request: Request) -> dict[str, Any]:
    """Return the filters of the address, checked by the form they are drawn from."""
    asked = {name: value for name, value in request.query_params.items() if name in FilterInput._declared_fields}
    found = validated(FilterInput, {name: value for name, value in asked.items() if value})
    return {name: value for name, value in found.items() if value not in ("", None)}


def _view(request: Request) -> str:
    value = request.query_params.get("view", "all")
    if value not in _VIEWS:
        raise Invalid("There is no such list.", fields={"view": ["Choose one of the options."]})
    return value
