"""Sessions: of one intervention, and those ahead of an agency."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.core.api.pagination import OwnOrder
from backend.core.errors import NotFound
from backend.core.ids import uuid7
from backend.interventions.commands.sessions import add_session, plan_session
from backend.interventions.models import Session
from backend.interventions.queries import sessions as session_queries
from backend.interventions.serializers import session_inputs, shapes
from backend.interventions.serializers.sessions import held_rows, session_data, session_rows
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
