"""Documents of a record: the list, handing one in, reading one, and taking it back."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.marks import marks_given
from backend.access.permissions import Permission
from backend.audit import access_log
from backend.core.api.pagination import Pages
from backend.core.api.parser import StrictJSONParser
from backend.core.errors import Conflict, NotFound
from backend.core.ids import uuid7
from backend.documents import queries
from backend.documents.commands import Record, add_document, withdraw_document
from backend.documents.inspecting import KINDS, LARGEST
from backend.documents.models import Document
from backend.documents.sending import sent
from backend.documents.serializers import (
    DocumentDetailShape,
    DocumentFormShape,
    DocumentInput,
    DocumentRowShape,
    DocumentShape,
    document_data,
    document_rows,
    form_data,
    rows_with_options,
)
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated

Visible = Callable[[Actor], QuerySet[Any]]


class DocumentParser(StrictJSONParser):
    """A file is larger than what people type, and a third larger again in base 64; the strictness is the same."""

    max_bytes = LARGEST * 4 // 3 + 10_000


class LatestFirst(Pages):
    """What was handed in last comes first."""

    ordering = ("-added_at", "-id")


class OfRecord:
    """What hangs on one record of one kind."""

    noun: ClassVar[str]
    visible_to: ClassVar[Visible]
    place: ClassVar[str]

    def about(self, request: Request, actor: Actor, pk: UUID) -> Record:
        """Return the visible record, and write down that it was looked at. Raises NotFound."""
        found = type(self).visible_to(actor).filter(pk=pk).first()
        if found is None:
            raise NotFound
        access_log.touch(request._request, [found.id], [found.child_id])
        return Record(found.id, found.child_id, found.reference, f"/{self.place}/{found.id}/documents")


class RecordDocuments(OfRecord, GenericAPIView[Document]):
    """The documents of one record of one kind."""

    parser_classes = (DocumentParser,)
    pagination_class = LatestFirst
    serializer_class = DocumentRowShape

    def get(self, request: Request, pk: UUID) -> Response:
        """Return a page of them, the latest first."""
        actor = actor_in(request)
        access_log.begin(request._request, f"{self.noun}.documents", access_log.CONSULTATION).root_ids.add(pk)
        about = self.about(request, actor, pk)
        relations = access.relations_to(actor, about.root_id)
        policy.require(actor, Permission.DOCUMENT_SEE, relations)
        page = list(self.paginate_queryset(queries.documents_of(actor, about.root_id)) or [])
        return self.get_paginated_response(rows_with_options(actor, page, relations))

    def post(self, request: Request, pk: UUID) -> Response:
        """Hand a document in and return it; it is read by nobody until it has been checked."""
        actor = actor_in(request)
        access_log.begin(request._request, f"{self.noun}.add_document", access_log.COLLECTION).root_ids.add(pk)
        given = validated(DocumentInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        about = self.about(request, actor, pk)
        if not taken.is_replay:
            add_document(actor, about, given, document_id=taken.result_id)
        document = queries.documents_of(actor, about.root_id).filter(pk=taken.result_id).first()
        if document is None:
            raise NotFound
        return keyed_response(document_rows(actor, [document])[0], taken)


class RecordDocumentForm(OfRecord, APIView):
    """What is asked of who hands a document in for one record of one kind."""

    def get(self, request: Request, pk: UUID) -> Response:
        """Return its fields, without the file itself, and which files are taken; no field for who may not."""
        actor = actor_in(request)
        access_log.begin(request._request, f"{self.noun}.document_form", access_log.CONSULTATION).root_ids.add(pk)
        relations = access.relations_to(actor, self.about(request, actor, pk).root_id)
        policy.require(actor, Permission.DOCUMENT_SEE, relations)
        may_add = policy.allows(actor, Permission.DOCUMENT_ADD, relations)
        return Response(form_data(may_add=may_add, may_give=marks_given(actor, relations)))


def documents_view(noun: str, visible_to: Visible, *, place: str) -> type[RecordDocuments]:
    """Return the view of one kind of record's documents; `place` is where such records live in the web app."""
    attributes = {"noun": noun, "visible_to": staticmethod(visible_to), "place": place}
    made: type[RecordDocuments] = type(f"{noun.title()}Documents", (RecordDocuments,), attributes)
    read = extend_schema(
        operation_id=f"{noun}_documents",
        summary=f"List the documents of a {noun}",
        tags=["document"],
        responses=DocumentRowShape(many=True),
        methods=["GET"],
    )
    written: type[RecordDocuments] = extend_schema(
        operation_id=f"{noun}_add_document",
        summary=f"Hand a document in for a {noun}",
        tags=["document"],
        parameters=[KEY_PARAMETER],
        request=DocumentInput,
        responses={201: DocumentShape},
        methods=["POST"],
    )(read(made))
    return written


def document_form_view(noun: str, visible_to: Visible, *, place: str) -> type[RecordDocumentForm]:
    """Return the view of the form by which a document is handed in for one kind of record."""
    attributes = {"noun": noun, "visible_to": staticmethod(visible_to), "place": place}
    made: type[RecordDocumentForm] = type(f"{noun.title()}DocumentForm", (RecordDocumentForm,), attributes)
    written: type[RecordDocumentForm] = extend_schema(
        operation_id=f"{noun}_document_form",
        summary=f"Read the form of a document of a {noun}",
        tags=["document"],
        responses={200: DocumentFormShape},
        methods=["GET"],
    )(made)
    return written


class DocumentDetail(APIView):
    """One document, without its content."""

    @extend_schema(
        operation_id="document_read",
        summary="Read what a document is",
        tags=["document"],
        responses={200: DocumentDetailShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return what it is, with what the actor may do about it."""
        actor = actor_in(request)
        touched = access_log.begin(request._request, "document.read", access_log.CONSULTATION)
        touched.root_ids.add(pk)
        document = queries.documents_visible_to(actor).filter(pk=pk).first()
        if document is None:
            raise NotFound
        access_log.touch(request._request, [document.root_id], [document.child_id])
        return Response(document_data(actor, document))


class DocumentContent(APIView):
    """The bytes of a document, to be saved."""

    @extend_schema(
        operation_id="document_content",
        summary="Download a document",
        tags=["document"],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Return the file as an attachment, once it has been checked."""
        document = _readable(request, pk, "document.download")
        filename = f"{document.title}.{document.extension}"
        answer = sent(document.storage_name, KINDS[document.extension].media_type, sha256=document.sha256)
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename) or ""
        return answer


class DocumentPreview(APIView):
    """The first page as a picture."""

    @extend_schema(
        operation_id="document_preview",
        summary="See the first page of a document",
        tags=["document"],
        responses={(200, "image/png"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Return the picture that the worker drew when it checked the document."""
        document = _readable(request, pk, "document.preview")
        if not document.preview_name:
            raise NotFound
        return sent(document.preview_name, "image/png")


class DocumentWithdraw(APIView):
    """Taking a document back."""

    @extend_schema(
        operation_id="document_withdraw",
        summary="Take a document back within ten minutes",
        tags=["document"],
        parameters=[KEY_PARAMETER],
        request=None,
        responses={200: DocumentShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Take it back and return it as it is now."""
        actor = actor_in(request)
        touched = access_log.begin(request._request, "document.withdraw", access_log.ALTERATION)
        touched.root_ids.add(pk)
        taken = take_key(request, actor, result_id=pk, status=200)
        if not taken.is_replay:
            withdraw_document(actor, pk)
        document = queries.visible(actor, pk)
        access_log.touch(request._request, [document.root_id], [document.child_id])
        return keyed_response(document_rows(actor, [document])[0], taken)


def _readable(request: Request, pk: UUID, label: str) -> Document:
    """Return a document whose content may go out; one that waits or was taken away says so."""
    touched = access_log.begin(request._request, label, access_log.CONSULTATION)
    touched.root_ids.add(pk)
    document = queries.visible(actor_in(request), pk)
    access_log.touch(request._request, [document.root_id], [document.child_id])
    if document.state != Document.CHECKED:
        sentence = f"This document cannot be opened: {Document.LABELS[document.state].lower()}."
        raise Conflict(sentence, code="not_checked")
    return document
