"""The child's own details at a case: read with what they were, put right, and a protected address asked for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.audit import access_log
from backend.cases.commands import turning
from backend.cases.commands.detailing import AMEND, amend_details
from backend.cases.note_views import visible_case
from backend.cases.queries.detailing import protected_homes
from backend.cases.serializers.detail_inputs import AmendChildInput
from backend.cases.serializers.detailing import CaseChildShape, ProtectedHomeShape, child_page, protected_data
from backend.cases.serializers.turning_inputs import (
    MoveSchoolInput,
    RecordBirthInput,
    RecordLossInput,
    TakeBackLossInput,
)
from backend.workflow.fields import EdgeInput
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated

_LOOK_AT_PLAN = "Look at the plan: who at the new school knows of it, and what may they be told?"


class CaseChild(APIView):
    """The child's own details."""

    @extend_schema(
        operation_id="case_child",
        summary="Read the child’s own details and what they were",
        tags=["case"],
        responses=CaseChildShape,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return what the record of the child says, what it said before, and what can be done about it."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.child", access_log.CONSULTATION).root_ids.add(pk)
        return Response(child_page(actor, visible_case(request, actor, pk)))

    @extend_schema(
        operation_id="case_amend_child",
        summary="Put right the child’s details",
        tags=["case"],
        parameters=[KEY_PARAMETER],
        request=AmendChildInput,
        responses=CaseChildShape,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Put right what the record says, and return it as it is then."""
        return _written(request, pk, AMEND, AmendChildInput, amend_details)


class CaseBirth(APIView):
    """A baby that was expected."""

    @extend_schema(
        operation_id="case_record_birth",
        summary="Record that the baby is born",
        tags=["case"],
        parameters=[KEY_PARAMETER],
        request=RecordBirthInput,
        responses=CaseChildShape,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Say who the baby is and when it was born, and return the record as it is then."""
        return _written(request, pk, turning.BIRTH, RecordBirthInput, turning.record_birth)


class CaseLoss(APIView):
    """A pregnancy that has ended."""

    @extend_schema(
        operation_id="case_record_loss",
        summary="Record that the pregnancy has ended",
        tags=["case"],
        parameters=[KEY_PARAMETER],
        request=RecordLossInput,
        responses=CaseChildShape,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Say that it has ended and what happens next, and return the record as it is then."""
        return _written(request, pk, turning.LOSS, RecordLossInput, turning.record_loss)


class CaseLossTakenBack(APIView):
    """A pregnancy that goes on: it was recorded in error."""

    @extend_schema(
        operation_id="case_take_back_loss",
        summary="Record that the baby is still expected",
        tags=["case"],
        parameters=[KEY_PARAMETER],
        request=TakeBackLossInput,
        responses=CaseChildShape,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Take it back, and return the record as it is then."""
        return _written(request, pk, turning.NO_LOSS, TakeBackLossInput, turning.take_back_loss)


class CaseSchoolMove(APIView):
    """A child who changes school."""

    @extend_schema(
        operation_id="case_move_school",
        summary="Record a change of school",
        tags=["case"],
        parameters=[KEY_PARAMETER],
        request=MoveSchoolInput,
        responses=CaseChildShape,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Say to which school and when, and return the record as it is then, with what to look at next."""
        return _written(request, pk, turning.SCHOOL, MoveSchoolInput, turning.move_school, done=[_LOOK_AT_PLAN])


class CaseProtected(APIView):
    """Where the child lives who must not be found, each look written down under its own name."""

    @extend_schema(
        operation_id="case_protected",
        summary="Read the protected address of the child of a case",
        tags=["case"],
        responses=ProtectedHomeShape,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return what bears the label LOCATION, to the child's named workers and whoever answers for them."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.protected", access_log.CONSULTATION).root_ids.add(pk)
        case = visible_case(request, actor, pk)
        policy.require(actor, Permission.CASE_READ_PROTECTED, queries.relations_to(actor, case.id))
        return Response(protected_data(list(protected_homes(case.id))))


def _written(
    request: Request,
    pk: UUID,
    label: str,
    input_class: type[EdgeInput],
    write: Callable[[Actor, UUID, Mapping[str, Any]], None],
    *,
    done: Sequence[str] = (),
) -> Response:
    actor = actor_in(request)
    access_log.begin(request._request, label, access_log.ALTERATION).root_ids.add(pk)
    given = validated(input_class, request.data)
    taken = take_key(request, actor, result_id=pk, status=200)
    if not taken.is_replay:
        write(actor, pk, given)
    shown = child_page(actor, visible_case(request, actor, pk))
    return keyed_response({**shown, "done": list(done)} if done else shown, taken)
