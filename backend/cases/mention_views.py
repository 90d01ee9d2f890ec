"""Whom a note may name: those who may read it as the form says it so far, with its label and shared or not."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.access.marks import HIDDEN, Mark
from backend.audit import access_log
from backend.cases.commands.notes import noted_case
from backend.cases.commands.team import own_place
from backend.cases.queries.readers import readers_of
from backend.core import vocabulary
from backend.core.errors import Invalid

_MARK = OpenApiParameter("mark", str, description="The label of the note, where it bears one.")
_SHARED = OpenApiParameter("is_shared", bool, description="Whether the team around the child reads it.")
_UNKNOWN = "We do not know this label."


class ReaderShape(serializers.Serializer[Any]):
    """Somebody who may be named, in one of their roles."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    role = serializers.CharField()
    agency = serializers.CharField()


class ReadersShape(serializers.Serializer[Any]):
    """Everybody who may be named."""

    results = ReaderShape(many=True)


class NoteReaders(APIView):
    """Who may read a note of a case, besides its writer."""

    @extend_schema(
        operation_id="case_note_readers",
        summary="Read whom a note may name",
        tags=["case"],
        parameters=[_MARK, _SHARED],
        responses={200: ReadersShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return who may read the note, for whoever may write one."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.note_readers", access_log.CONSULTATION).root_ids.add(pk)
        case = noted_case(actor, pk)
        access_log.touch(request._request, [case.id], [case.child_id])
        mark = request.query_params.get("mark", "")
        if mark and mark not in vocabulary.get("note_labels").terms:
            raise Invalid(_UNKNOWN, fields={"mark": [_UNKNOWN]})
        is_shared = request.query_params.get("is_shared") == "true"
        return Response(_readers(case.id, case.child_id, actor.user_id, Mark(mark), is_shared=is_shared))


class PlaceNoteReaders(APIView):
    """Who reads what somebody of another agency writes to the team."""

    @extend_schema(
        operation_id="team_member_note_readers",
        summary="Read whom a note to the team may name",
        tags=["team"],
        responses={200: ReadersShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return who is on the team or works on the case."""
        actor = actor_in(request)
        access_log.begin(request._request, "team_member.note_readers", access_log.CONSULTATION).root_ids.add(pk)
        member = own_place(actor, pk)
        access_log.touch(request._request, [member.root_id], [member.child_id])
        return Response(_readers(member.root_id, member.child_id, actor.user_id, Mark.NONE, is_shared=True))


def _readers(case_id: UUID, child_id: UUID, writer: UUID, mark: Mark, *, is_shared: bool) -> dict[str, Any]:
    # Of what is hidden nobody is told, so nobody can be named in it.
    found = {} if mark in HIDDEN else readers_of(case_id, child_id, mark=mark, is_shared=is_shared, but=writer)
    return {
        "results": [
            {"id": one.membership_id, "name": one.name, "role": one.role, "agency": one.agency}
            for one in found.values()
        ]
    }
