"""Group sessions: planned, read, registered with a row for each child, and moved, called off or joined as a whole."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.core.api.serializers import StrictSerializer
from backend.core.errors import NotFound
from backend.core.ids import uuid7
from backend.interventions.commands.groups import (
    Done,
    add_to_group,
    call_off_group,
    move_group,
    plan_group,
    register_group,
)
from backend.interventions.queries import sessions as session_queries
from backend.interventions.serializers import session_inputs, shapes
from backend.interventions.serializers.groups import group_data
from backend.interventions.views import must_give
from backend.workflow.machine import Given
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated

Act = Callable[[Actor, UUID, Given], Done]


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


class _WholeGroup(APIView):
    """Something done with a group session as a whole."""

    name: ClassVar[str]
    input_class: ClassVar[type[StrictSerializer]]
    act: ClassVar[Act]

    def post(self, request: Request, pk: UUID) -> Response:
        """Do it for each child and return the group, with whoever it could not be done for."""
        actor = actor_in(request)
        access_log.begin(request._request, f"group_session.{self.name}", access_log.ALTERATION).root_ids.add(pk)
        given = validated(self.input_class, request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        done = None if taken.is_replay else type(self).act(actor, pk, given)
        return keyed_response(_group(request, actor, pk, done), taken)


def _described(name: str, summary: str, input_class: type[StrictSerializer], act: Act) -> Any:
    made = type(
        f"GroupSession{name.title().replace('_', '')}",
        (_WholeGroup,),
        {"name": name, "input_class": input_class, "act": staticmethod(act), "__doc__": summary},
    )
    return extend_schema(
        operation_id=f"group_session_{name}",
        summary=summary,
        tags=["session"],
        parameters=[KEY_PARAMETER],
        request=input_class,
        responses={200: shapes.GroupSessionShape},
        methods=["POST"],
    )(made)


GroupMove = _described("move", "Move a group session", session_inputs.MoveSessionInput, move_group)
GroupCallOff = _described("call_off", "Call a group session off", session_inputs.CallOffSessionInput, call_off_group)
GroupAdd = _described("add", "Add children to a group session", session_inputs.AddToGroupInput, add_to_group)


def _each_once(rows: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return list({row["session"]: row for row in rows}.values())


def _group(request: Request, actor: Actor, group_id: UUID, done: Done | None = None) -> dict[str, Any]:
    sessions = list(session_queries.group(actor, group_id))
    if not sessions:
        raise NotFound
    access_log.touch(request._request, [one.root_id for one in sessions], [one.child_id for one in sessions])
    return group_data(actor, group_id, sessions, done)
