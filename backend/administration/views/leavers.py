"""What somebody has in hand, or had until they left, and giving it to others."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.administration.commands.giving import Piece
from backend.administration.commands.reassigning import Choice, reassign
from backend.administration.queries import leavers
from backend.administration.queries.people import LEADS, one_of
from backend.administration.serializers import leavers as shapes
from backend.audit import access_log
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class PersonCaseload(APIView):
    """The cases, tasks, actions and services somebody has, or had until they left, and who gets them now."""

    @extend_schema(
        operation_id="person_caseload",
        summary="Read what somebody has in hand, to give it to others",
        tags=["people"],
        responses={200: shapes.CaseloadShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return all of it with everybody who could take it, and who is proposed for what."""
        actor = actor_in(request)
        access_log.begin(request._request, "person.caseload", access_log.CONSULTATION).root_ids.add(pk)
        policy.require(actor, Permission.CASE_REALLOCATE, LEADS)
        row = one_of(actor, pk)
        cases = list(leavers.caseload(actor, row.user_id)[: shapes.MOST])
        pieces = [one for kind in leavers.PIECES for one in leavers.pieces(actor, row.user_id, kind)[: shapes.MOST]]
        for seen in (cases, pieces):
            access_log.touch(request._request, [one.root_id for one in seen], [one.child_id for one in seen])
        return Response(shapes.caseload_data(actor, row, cases, pieces))

    @extend_schema(
        operation_id="person_reassign",
        summary="Give what somebody has in hand to others",
        tags=["people"],
        parameters=[KEY_PARAMETER],
        request=shapes.ReassignInput,
        responses={200: shapes.ReassignedShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Give each case, task, action and service to who was chosen: all of it, or nothing."""
        actor = actor_in(request)
        access_log.begin(request._request, "person.reassign", access_log.ALTERATION).root_ids.add(pk)
        policy.require(actor, Permission.CASE_REALLOCATE, LEADS)
        given = validated(shapes.ReassignInput, request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        choices = [Choice(**dict(one)) for one in given.pop("choices")]
        pieces = [Piece(**dict(one)) for one in given.pop("pieces")]
        row = one_of(actor, pk)
        access_log.touch(request._request, [*(one.case_id for one in choices), *(one.id for one in pieces)])
        if not taken.is_replay:
            reassign(actor, row.user_id, choices, pieces, **given)
        return keyed_response({"moved": len(choices) + len(pieces)}, taken)
