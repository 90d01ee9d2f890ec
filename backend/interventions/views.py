"""Interventions as whoever works on the case and whoever provides them see them."""

from collections.abc import Callable, Mapping
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
from backend.access.policy import Permission
from backend.audit import access_log
from backend.cases.models import Case
from backend.cases.queries import visible_to as cases_visible_to
from backend.children.models import Child
from backend.core.api.pagination import OwnOrder
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.core.ids import uuid7
from backend.directory.inputs import words_in
from backend.directory.queries import fitting
from backend.directory.serializers import matches
from backend.interventions import queries
from backend.interventions.commands import recommend
from backend.interventions.models import Intervention
from backend.interventions.serializers import representing, shapes
from backend.interventions.serializers.inputs import RecommendInput
from backend.workflow import options
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class CaseInterventions(GenericAPIView[Intervention]):
    """The interventions of one case."""

    pagination_class = OwnOrder
    serializer_class = shapes.InterventionRowShape

    @extend_schema(
        operation_id="case_interventions",
        summary="List the interventions of a case",
        tags=["case"],
        responses=shapes.InterventionRowShape(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return a page of them, the latest first."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.interventions", access_log.CONSULTATION).root_ids.add(pk)
        case = _case(request, actor, pk)
        page = list(self.paginate_queryset(queries.of_case(actor, case.id)) or [])
        access_log.touch(request._request, [one.id for one in page])
        return self.get_paginated_response(representing.intervention_rows(actor, page))

    @extend_schema(
        operation_id="case_recommend",
        summary="Recommend a service",
        tags=["case"],
        parameters=[KEY_PARAMETER],
        request=RecommendInput,
        responses={201: shapes.InterventionShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Recommend a service for the child and return the intervention."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.recommend", access_log.COLLECTION).root_ids.add(pk)
        given = validated(RecommendInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            recommend(actor, pk, given, intervention_id=taken.result_id)
        target = queries.visible_to(actor).filter(pk=taken.result_id).first()
        if target is None:
            raise NotFound
        access_log.touch(request._request, [target.id], [target.child_id])
        return keyed_response(representing.intervention_data(actor, target), taken)


class CaseServices(APIView):
    """The directory as it looks from one case."""

    @extend_schema(
        operation_id="case_services",
        summary="List the services that may help the child of a case",
        tags=["case"],
        parameters=[OpenApiParameter("q", str, description="Words; the likeliest come first")],
        responses={200: shapes.CaseServicesShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return at most thirty of the right age and place that the words may mean, and the form to refer on to one."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.services", access_log.CONSULTATION).root_ids.add(pk)
        case = _case(request, actor, pk)
        wanted = queries.wanted_for(Child.objects.filter(pk=case.child_id).first())
        found = matches(fitting(actor, wanted, words_in(request.query_params)), wanted)
        return Response({**found, "recommend": _form(actor, case)})


def _form(actor: Actor, case: Case) -> dict[str, Any] | None:
    if not queries.may_recommend(actor, case):
        return None
    hint = "Nobody outside the case is told before you ask the provider. You stay responsible for the case."
    url = f"/api/v1/cases/{case.id}/interventions/"
    return options.addition("recommend", "Recommend a service", hint, url, RecommendInput)


class InterventionList(GenericAPIView[Intervention]):
    """What one's agency provides."""

    pagination_class = OwnOrder
    serializer_class = shapes.InterventionRowShape

    @extend_schema(
        operation_id="interventions_list",
        summary="List what one's agency provides",
        tags=["intervention"],
        parameters=[OpenApiParameter("view", enum=list(queries.VIEWS), description="“offered” if not said")],
        responses=shapes.InterventionRowShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of one list."""
        actor = actor_in(request)
        access_log.begin(request._request, "intervention.list", access_log.CONSULTATION)
        must_give(actor)
        page = list(self.paginate_queryset(_chosen(request, queries.VIEWS, "offered")(actor)) or [])
        access_log.touch(request._request, [one.id for one in page], [one.child_id for one in page])
        return self.get_paginated_response(representing.intervention_rows(actor, page))


class InterventionDetail(APIView):
    """One intervention."""

    @extend_schema(
        operation_id="intervention_read",
        summary="Read an intervention",
        tags=["intervention"],
        responses={200: shapes.InterventionShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it with what its provider needs and what the actor may do now."""
        actor = actor_in(request)
        target = visible(request, actor, pk, "intervention.read")
        return Response(representing.intervention_data(actor, target))


def visible(request: Request, actor: Actor, pk: UUID, label: str, kind: str = access_log.CONSULTATION) -> Intervention:
    """Return an intervention that the actor sees, noting that they looked; raise NotFound."""
    access_log.begin(request._request, label, kind).root_ids.add(pk)
    target = queries.visible_to(actor).filter(pk=pk).first()
    if target is None:
        raise NotFound
    access_log.touch(request._request, [target.id], [target.child_id])
    return target


def must_give(actor: Actor) -> None:
    """Refuse a role that could never provide anything to a child."""
    if not policy.holds(actor, Permission.INTERVENTION_GIVE):
        raise Forbidden(f"Your role, {actor.role.label.lower()}, does not work with children.")


def _case(request: Request, actor: Actor, pk: UUID) -> Case:
    case = cases_visible_to(actor).filter(pk=pk).first()
    if case is None:
        raise NotFound
    access_log.touch(request._request, [case.id], [case.child_id])
    return case


def _chosen(request: Request, views: Mapping[str, Callable[..., Any]], default: str) -> Callable[..., Any]:
    chosen = views.get(request.query_params.get("view", default))
    if chosen is None:
        sentence = f"Choose one of these views: {', '.join(views)}."
        raise Invalid(sentence, fields={"view": [sentence]})
    return chosen
