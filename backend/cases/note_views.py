"""The notes of a case: read newest first, and written in one request."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.cases import queries
from backend.cases.commands.notes import write_note
from backend.cases.models import Case, Note
from backend.cases.queries.noting import notes_of, notes_visible_to
from backend.cases.serializers.noting import NoteRowShape, NoteShape, note_data, note_rows
from backend.cases.serializers.working_inputs import NoteInput
from backend.core.api.pagination import Pages
from backend.core.errors import NotFound
from backend.core.ids import uuid7
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class NotesNewestFirst(Pages):
    """What is pinned comes first, then what happened last."""

    ordering = ("-is_pinned", "-happened_at", "-id")


class CaseNotes(GenericAPIView[Note]):
    """The notes of one case."""

    pagination_class = NotesNewestFirst
    serializer_class = NoteRowShape

    @extend_schema(
        operation_id="case_notes",
        summary="Read the notes of a case",
        tags=["case"],
        responses=NoteRowShape(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return a page of notes, pinned ones first, then what happened last."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.notes", access_log.CONSULTATION).root_ids.add(pk)
        case = visible_case(request, actor, pk)
        page = list(self.paginate_queryset(notes_of(actor, case.id)) or [])
        return self.get_paginated_response(note_rows(actor, case, page))

    @extend_schema(
        operation_id="case_write_note",
        summary="Write a note",
        tags=["case"],
        parameters=[KEY_PARAMETER],
        request=NoteInput,
        responses={201: NoteShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Write a note of a visit, a call or a talk and return it."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.write_note", access_log.COLLECTION).root_ids.add(pk)
        given = validated(NoteInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            write_note(actor, pk, given, note_id=taken.result_id)
        case = visible_case(request, actor, pk)
        note = notes_of(actor, case.id).filter(pk=taken.result_id).first()
        if note is None:
            raise NotFound
        return keyed_response(note_data(actor, note), taken)


class NoteDetail(APIView):
    """One note."""

    @extend_schema(operation_id="note_read", summary="Read a note", tags=["note"], responses={200: NoteShape})
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the note with what the actor may do now."""
        actor = actor_in(request)
        touched = access_log.begin(request._request, "note.read", access_log.CONSULTATION)
        touched.root_ids.add(pk)
        note = notes_visible_to(actor).filter(pk=pk).first()
        if note is None:
            raise NotFound
        access_log.touch(request._request, [note.root_id], [note.child_id])
        return Response(note_data(actor, note))


def visible_case(request: Request, actor: Actor, pk: UUID) -> Case:
    """Return a case that the actor reads and say in the access row that they did; raise NotFound."""
    case = queries.visible_to(actor).filter(pk=pk).first()
    if case is None:
        raise NotFound
    access_log.touch(request._request, [case.id], [case.child_id])
    return case
