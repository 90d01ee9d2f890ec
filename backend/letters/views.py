"""Letters on a case through the API: what one can begin with, a template filled, and the letter kept."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.cases.note_views import visible_case
from backend.core.errors import NotFound
from backend.core.ids import uuid7
from backend.documents.queries import documents_of
from backend.documents.serializers import DocumentShape, document_rows
from backend.letters.commands import fill, write_letter
from backend.letters.inputs import FillInput, LetterInput
from backend.letters.serializers import FilledLetterShape, LettersShape, filled_data, letters_data
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class CaseLetters(APIView):
    """What a letter on a case can begin with, and keeping one."""

    @extend_schema(
        operation_id="case_letters",
        summary="Read what a letter can begin with",
        tags=["letter"],
        responses=LettersShape,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the templates and who may get a letter, to whoever may write one."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.letters", access_log.CONSULTATION).root_ids.add(pk)
        return Response(letters_data(actor, visible_case(request, actor, pk)))

    @extend_schema(
        operation_id="case_write_letter",
        summary="Keep a letter as a document of the case",
        tags=["letter"],
        parameters=[KEY_PARAMETER],
        request=LetterInput,
        responses={201: DocumentShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Draw the letter, keep it, and return the document; it can be opened once it has been checked."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.write_letter", access_log.ALTERATION).root_ids.add(pk)
        given = validated(LetterInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            write_letter(actor, pk, given, document_id=taken.result_id)
        visible_case(request, actor, pk)
        document = documents_of(actor, pk).filter(pk=taken.result_id).first()
        if document is None:
            raise NotFound
        return keyed_response(document_rows(actor, [document])[0], taken)


class FillLetter(APIView):
    """A template as it reads for somebody; nothing is kept."""

    @extend_schema(
        operation_id="case_fill_letter",
        summary="See a letter filled in",
        tags=["letter"],
        request=FillInput,
        responses={200: FilledLetterShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Return its title and words, and why it may not be posted."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.fill_letter", access_log.CONSULTATION).root_ids.add(pk)
        given = validated(FillInput, request.data)
        return Response(filled_data(fill(actor, visible_case(request, actor, pk), given)))
