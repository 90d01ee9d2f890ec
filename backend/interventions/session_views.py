"""Sessions: of one intervention, those ahead of an agency, and one group session with a row for each child."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.core.api.pagination import OwnOrder
from backend.core.errors import NotFound
from backend.core.ids import uuid7
from backend.interventions.commands.session_edges import register_group
from backend.interventions.commands.sessions import add_session, plan_group, plan_session
from backend.interventions.models import Session
from backend.interventions.queries import sessions as session_queries
from backend.interventions.serializers import session_inputs, shapes
from backend.interventions.serializers.sessions import group_data, held_rows, session_data, session_rows
from backend.interventions.views import must_give, visible
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class InterventionSessions(GenericAPIView[Session]):
    """The sessions of one intervention."""

    pagination_class = OwnOrder
    serializer_class = shapes.InterventionSessionShape

    @extend_schema(
        operation_id="intervention_sessions",
        summary="Read the sessions of an intervention",
        tags=["intervention"],
        responses=shapes.InterventionSessionShape(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return a page of sessions, those ahead first, then the latest."""
        actor = actor_in(request)
        target = visible(request, actor, pk, "intervention.sessions")
        page = list(self.paginate_queryset(session_queries.sessions_of(target.id)) or [])
        return self.get_paginated_response(session_rows(actor, page, target))

    @extend_schema(
        operation_id="intervention_add_session",
        summary="Record a session",
        tags=["intervention"],
        parameters=[KEY_PARAMETER],
        request=session_inputs.AddSessionInput,
        responses={201: shapes.InterventionSessionShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Record a session that is over and return it."""
        return _added(request, pk, session_inputs.AddSessionInput, add_session, "intervention.add_session")


class InterventionPlan(APIView):
    """Planning a session of one intervention."""

    @extend_schema(
        operation_id="intervention_plan_session",
        summary="Plan a session",
        tags=["intervention"],
        parameters=[KEY_PARAMETER],
        request=session_inputs.PlanSessionInput,
        responses={201: shapes.InterventionSessionShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Write when a session will be and return it."""
        return _added(request, pk, session_inputs.PlanSessionInput, plan_session, "intervention.plan_session")


def _added(request: Request, pk: UUID, input_class: Any, add: Callable[..., Session], label: str) -> Response:
    actor = actor_in(request)
    access_log.begin(request._request, label, access_log.COLLECTION).root_ids.add(pk)
    given = validated(input_class, request.data)
    taken = take_key(request, actor, result_id=uuid7(), status=201)
    if not taken.is_replay:
        add(actor, pk, given, session_id=taken.result_id)
    session = session_queries.sessions_visible_to(actor).filter(pk=taken.result_id).first()
    if session is None:
        raise NotFound
    access_log.touch(request._request, [session.root_id], [session.child_id])
    return keyed_response(session_data(actor, session), taken)


class SessionList(GenericAPIView[Session]):
    """The planned sessions of what one's agency gives."""

    pagination_class = OwnOrder
    serializer_class = shapes.PlannedSessionShape

    @extend_schema(
        operation_id="sessions_list",
        summary="List the planned sessions of what one's agency gives",
        tags=["session"],
        responses=shapes.PlannedSessionShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of them, the next one first; those that are over and not yet recorded come before it."""
        actor = actor_in(request)
        access_log.begin(request._request, "session.list", access_log.CONSULTATION)
        must_give(actor)
        page = list(self.paginate_queryset(session_queries.to_hold(actor)) or [])
        access_log.touch(request._request, [one.root_id for one in page], [one.child_id for one in page])
        return self.get_paginated_response(held_rows(page))


class SessionDetail(APIView):
    """One session."""

    @extend_schema(
        operation_id="session_read",
        summary="Read a session",
        tags=["session"],
        responses={200: shapes.InterventionSessionShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it with what the actor may do now."""
        actor = actor_in(request)
        access_log.begin(request._request, "session.read", access_log.CONSULTATION).root_ids.add(pk)
        session = session_queries.sessions_visible_to(actor).filter(pk=pk).first()
        if session is None:
            raise NotFound
        access_log.touch(request._request, [session.root_id], [session.child_id])
        return Response(session_data(actor, session))


class GroupSessions(APIView):
    """Planning a session for several children."""

    @extend_schema(
        operation_id="group_session_plan",
        summary="Plan a group session",
        tags=["session"],
        parameters=[KEY_PARAMETER],
        request=session_inputs.PlanGroupInput,
        responses={201: shapes.GroupSessionShape},
    )
    def post(self, request: Request) -> Response:
        """Plan one session within each child's own intervention and return the group."""
        actor = actor_in(request)
        access_log.begin(request._request, "group_session.plan", access_log.COLLECTION)
        must_give(actor)
        given = validated(session_inputs.PlanGroupInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            plan_group(actor, given, group_id=taken.result_id)
        return keyed_response(_group(request, actor, taken.result_id), taken)


class GroupSession(APIView):
    """One group session."""

    @extend_schema(
        operation_id="group_session_read",
        summary="Read a group session",
        tags=["session"],
        responses={200: shapes.GroupSessionShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it with each child's row, for the agency that gives it."""
        actor = actor_in(request)
        access_log.begin(request._request, "group_session.read", access_log.CONSULTATION).root_ids.add(pk)
        return Response(_group(request, actor, pk))


class GroupRegister(APIView):
    """The register of one group session."""

    @extend_schema(
        operation_id="group_session_register",
        summary="Record who came to a group session",
        tags=["session"],
        parameters=[KEY_PARAMETER],
        request=session_inputs.RegisterGroupInput,
        responses={200: shapes.GroupSessionShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Record each child's row, all or none, and return the group."""
        actor = actor_in(request)
        access_log.begin(request._request, "group_session.register", access_log.COLLECTION).root_ids.add(pk)
        given = validated(session_inputs.RegisterGroupInput, request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        if not taken.is_replay:
            register_group(actor, pk, _each_once(given["rows"]))
        return keyed_response(_group(request, actor, pk), taken)


def _each_once(rows: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return list({row["session"]: row for row in rows}.values())


def _group(request: Request, actor: Actor, group_id: UUID) -> dict[str, Any]:
    sessions = list(session_queries.group(actor, group_id))
    if not sessions:
        raise NotFound
    access_log.touch(request._request, [one.root_id for one in sessions], [one.child_id for one in sessions])
    return group_data(group_id, sessions)
