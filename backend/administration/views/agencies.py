"""The agencies of the partnership: who they are, what one that ends still has, handing it over, and ending it."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
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
from backend.administration.commands import ending
from backend.administration.queries import agencies as queries
from backend.administration.queries import work
from backend.administration.serializers import agencies as shapes
from backend.administration.serializers.exception_rows import rows
from backend.administration.serializers.exceptions import ExceptionShape
from backend.administration.views.exceptions import InTheListsOrder
from backend.agencies.models import Agency
from backend.audit import access_log
from backend.core.api.pagination import Pages
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.workflow.preview_views import PreviewShape
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated

_VIEWS = ("now", "ended")
Do = Callable[..., Agency]
# Those that take nothing but the version somebody looked at.
_PLAIN: Mapping[str, Do] = {
    "end": ending.end_agency,
    "confirm_end": ending.confirm_end,
    "refuse_end": ending.refuse_end,
    "withdraw_end": ending.withdraw_end,
}
_GIVEN: Mapping[str, Do] = {"hand_over": ending.hand_over_work, "end_at_once": ending.ask_to_end_at_once}


class ByName(Pages):
    """Agencies by name."""

    ordering = ("name", "id")


class Agencies(GenericAPIView[Agency]):
    """The agencies of one's partnership."""

    pagination_class = ByName
    serializer_class = shapes.AgencyRowShape

    @extend_schema(
        operation_id="agencies_list",
        summary="List the agencies of one's partnership",
        tags=["agencies"],
        parameters=[OpenApiParameter("view", enum=list(_VIEWS), description="“now” if not said")],
        responses=shapes.AgencyRowShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of agencies by name: those that are there now, or those that have ended."""
        actor = actor_in(request)
        policy.require(actor, Permission.AGENCY_SEE)
        view = request.query_params.get("view", _VIEWS[0])
        if view not in _VIEWS:
            raise Invalid("Choose a view.", fields={"view": [f"Choose one of: {', '.join(_VIEWS)}."]})
        chosen = queries.agencies_of(actor).filter(ended_at__isnull=view == "now").order_by("name", "id")
        page = list(self.paginate_queryset(chosen) or [])
        return self.get_paginated_response([shapes.agency_data(actor, row) for row in page])


class OneAgency(APIView):
    """One agency."""

    @extend_schema(
        operation_id="agency_read",
        summary="Read about an agency, and what stands in the way of its ending",
        tags=["agencies"],
        responses={200: shapes.AgencyDetailShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it; numbers of what it has only for those who may end it, and never a word about a child."""
        actor = actor_in(request)
        policy.require(actor, Permission.AGENCY_SEE)
        return Response(shapes.agency_detail(actor, _one(actor, pk)))


class AgencyWork(GenericAPIView[Any]):
    """The list behind one number, for the agency's own manager."""

    pagination_class = InTheListsOrder
    serializer_class = ExceptionShape

    @extend_schema(
        operation_id="agency_work",
        summary="List one kind of open work of one's own agency",
        tags=["agencies"],
        parameters=[OpenApiParameter("kind", enum=list(queries.KINDS), required=True, description="Which kind")],
        responses=ExceptionShape(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return a page of one kind."""
        actor = actor_in(request)
        access_log.begin(request._request, "agency.work", access_log.CONSULTATION).root_ids.add(pk)
        policy.require(actor, Permission.AGENCY_SEE_WORK)
        if _one(actor, pk).id != actor.agency_id:
            raise Forbidden("Only its own managers read what an agency has.")
        kind = request.query_params.get("kind", "")
        if kind not in queries.KINDS:
            raise Invalid("Choose a kind.", fields={"kind": [f"Choose one of: {', '.join(queries.KINDS)}."]})
        page = list(self.paginate_queryset(work.listed(actor, kind)) or [])
        roots = [root for root in (getattr(one, "root_id", None) for one in page) if root is not None]
        access_log.touch(request._request, roots, [getattr(one, "child_id", None) for one in page])
        return self.get_paginated_response(rows(kind, page))


class HandOverPreview(APIView):
    """Who would have what, before anything moves."""

    @extend_schema(
        operation_id="agency_hand_over_preview",
        summary="See who would have what: hand over an agency's work",
        tags=["agencies"],
        request=shapes.HandOverInput,
        responses={200: PreviewShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Return numbers by agency and kind; nothing is changed."""
        actor = actor_in(request)
        given = validated(shapes.HandOverInput, request.data)
        agency = ending.endable(actor, pk, Permission.AGENCY_HAND_OVER)
        return Response(shapes.preview_data(agency, queries.work_of(agency.id), given))


class AgencyAct(APIView):
    """POST one thing that is done about an agency's ending."""

    act: ClassVar[str]

    def post(self, request: Request, pk: UUID) -> Response:
        """Do it, and answer with the agency as GET gives it."""
        actor = actor_in(request)
        access_log.begin(request._request, f"agency.{self.act}", access_log.ALTERATION).root_ids.add(pk)
        given = validated(shapes.AGENCY_INPUTS[self.act], request.data)
        version = given.pop("version")
        taken = take_key(request, actor, result_id=pk, status=200)
        if taken.is_replay:
            policy.require(actor, Permission.AGENCY_SEE)
            agency = _one(actor, pk)
        elif self.act in _GIVEN:
            agency = _GIVEN[self.act](actor, pk, version=version, given=given)
        else:
            agency = _PLAIN[self.act](actor, pk, version=version)
        return keyed_response(shapes.agency_detail(actor, agency), taken)


def act_routes() -> list[URLPattern]:
    """Return a route for each thing that is done about an agency's ending."""
    return [
        path(f"agencies/<uuid:pk>/{slug}/", _act(name).as_view(), name=f"agency-{slug}")
        for name in shapes.AGENCY_INPUTS
        for slug in [name.replace("_", "-")]
    ]


def _act(name: str) -> type[AgencyAct]:
    label = shapes.LABELS[name][0]
    made: type[AgencyAct] = type(
        f"Agency{name.title().replace('_', '')}", (AgencyAct,), {"act": name, "__doc__": label}
    )
    described: type[AgencyAct] = extend_schema(
        operation_id=f"agency_{name}",
        summary=label,
        tags=["agencies"],
        parameters=[KEY_PARAMETER],
        request=shapes.AGENCY_INPUTS[name],
        responses={200: shapes.AgencyDetailShape},
        methods=["POST"],
    )(made)
    return described


def _one(actor: Actor, pk: UUID) -> Agency:
    agency = queries.agencies_of(actor).filter(pk=pk).first()
    if agency is None:
        raise NotFound
    return agency
