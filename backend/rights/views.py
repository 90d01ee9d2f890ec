"""Requests for a copy through the API, for whoever governs the information of a partnership."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.audit import access_log
from backend.core import clock
from backend.core.api.pagination import OwnOrder
from backend.core.errors import Conflict, Invalid, Unavailable
from backend.core.ids import uuid7
from backend.documents.sending import inert
from backend.documents.storing import digest
from backend.rights import queries
from backend.rights import serializers as shapes
from backend.rights.commands.deciding import decide
from backend.rights.commands.requesting import record_request
from backend.rights.inputs import DecidePassageInput, SubjectRequestInput
from backend.rights.models import CopiedPassage, Pack, SubjectRequest
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated

_FORMS = {"pdf": "application/pdf", "json": "application/json"}
_NO_FILE = "There is no file to download now."


def _begin(request: Request, label: str, pk: UUID | None = None, *, kind: str = access_log.CONSULTATION) -> Actor:
    """Log who asks, and about which request, and refuse whoever does not govern the information."""
    access_log.begin(request._request, label, kind)
    access_log.touch(request._request, [pk] if pk else [])
    actor = actor_in(request)
    policy.require(actor, Permission.SUBJECT_REQUEST_SEE)
    return actor


def _found(request: Request, actor: Actor, pk: UUID) -> SubjectRequest:
    one = queries.one_of(actor, pk)
    access_log.touch(request._request, [], [one.child_id])
    return one


def _view(request: Request, views: Any, otherwise: str) -> str:
    view: str = request.query_params.get("view", otherwise)
    if view not in views:
        sentence = f"Choose one of these views: {', '.join(views)}."
        raise Invalid(sentence, fields={"view": [sentence]})
    return view


class SubjectRequests(GenericAPIView[SubjectRequest]):
    """The requests of the partnership."""

    pagination_class = OwnOrder
    serializer_class = shapes.SubjectRequestRowShape

    @extend_schema(
        operation_id="subject_requests_list",
        summary="List requests for a copy of a record",
        tags=["subject request"],
        parameters=[OpenApiParameter("view", enum=list(queries.VIEWS), description="“waiting” if not said")],
        responses=shapes.SubjectRequestRowShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of one list: what is due first, or what ended last."""
        actor = _begin(request, "subject_request.list")
        _label, found = queries.VIEWS[_view(request, queries.VIEWS, "waiting")]
        page = list(self.paginate_queryset(found(actor)) or [])
        access_log.touch(request._request, [one.id for one in page], [one.child_id for one in page])
        return self.get_paginated_response(shapes.request_rows(actor, page))

    @extend_schema(
        operation_id="subject_request_record",
        summary="Record that somebody asks for a copy of a child’s record",
        tags=["subject request"],
        parameters=[KEY_PARAMETER],
        request=SubjectRequestInput,
        responses={201: shapes.SubjectRequestShape},
    )
    def post(self, request: Request) -> Response:
        """Record it and return it; nothing of the child’s record is opened by it."""
        access_log.begin(request._request, "subject_request.record", access_log.COLLECTION)
        actor = actor_in(request)
        given = validated(SubjectRequestInput, request.data)
        policy.require(actor, Permission.SUBJECT_REQUEST_RECORD)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            record_request(actor, given, request_id=taken.result_id)
        one = _found(request, actor, taken.result_id)
        return keyed_response(shapes.request_data(actor, one), taken)


class NewSubjectRequest(APIView):
    """Where a request is recorded."""

    @extend_schema(
        operation_id="subject_request_form",
        summary="Read the form that records a request for a copy",
        tags=["subject request"],
        responses={200: shapes.NewSubjectRequestShape},
    )
    def get(self, request: Request) -> Response:
        """Return the form."""
        policy.require(actor_in(request), Permission.SUBJECT_REQUEST_SEE)
        return Response(shapes.new_request())


class PassageForm(APIView):
    """Why something can be taken out."""

    @extend_schema(
        operation_id="subject_request_reasons",
        summary="Read for which reasons a passage can be taken out",
        tags=["subject request"],
        responses={200: shapes.CopiedPassageFormShape},
    )
    def get(self, request: Request) -> Response:
        """Return the reasons."""
        policy.require(actor_in(request), Permission.SUBJECT_REQUEST_SEE)
        return Response(shapes.passage_form())


class OneSubjectRequest(APIView):
    """One request."""

    @extend_schema(
        operation_id="subject_request_read",
        summary="Read a request for a copy, and how far it is",
        tags=["subject request"],
        responses={200: shapes.SubjectRequestShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it with what the actor may do now; nothing of the child’s record."""
        actor = _begin(request, "subject_request.read", pk)
        return Response(shapes.request_data(actor, _found(request, actor, pk)))


class Passages(GenericAPIView[CopiedPassage]):
    """What was copied of the record."""

    pagination_class = OwnOrder
    serializer_class = shapes.CopiedPassageShape

    @extend_schema(
        operation_id="subject_request_passages",
        summary="Read the passages of a record that somebody asked for a copy of",
        tags=["subject request"],
        parameters=[OpenApiParameter("view", enum=list(queries.PASSAGE_VIEWS), description="“all” if not said")],
        responses=shapes.CopiedPassageShape(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return a page of them, while the request is open to be looked through or checked."""
        actor = _begin(request, "subject_request.passages", pk)
        one = _found(request, actor, pk)
        _label, condition = queries.PASSAGE_VIEWS[_view(request, queries.PASSAGE_VIEWS, "all")]
        found = queries.passages_of(one.id).filter(condition)
        page = list(self.paginate_queryset(found) or [])
        access_log.touch(request._request, [passage.record_id for passage in page])
        return self.get_paginated_response([shapes.passage_data(passage) for passage in page])


class DecidePassage(APIView):
    """What is done with one passage."""

    @extend_schema(
        operation_id="subject_request_decide",
        summary="Give a passage, take out some of its words, or all of it",
        tags=["subject request"],
        parameters=[KEY_PARAMETER],
        request=DecidePassageInput,
        responses={200: shapes.CopiedPassageShape},
    )
    def post(self, request: Request, pk: UUID, passage: UUID) -> Response:
        """Decide it and return it; the record itself stays as it is."""
        access_log.begin(request._request, "subject_request.decide", access_log.ALTERATION).root_ids.add(pk)
        actor = actor_in(request)
        given = validated(DecidePassageInput, request.data)
        policy.require(actor, Permission.SUBJECT_REQUEST_REDACT)
        one = _found(request, actor, pk)
        taken = take_key(request, actor, result_id=passage, status=200)
        decided = queries.one_passage(one.id, passage) if taken.is_replay else decide(actor, one.id, passage, given)
        access_log.touch(request._request, [decided.record_id])
        return keyed_response(shapes.passage_data(decided), taken)


def _file(request: Request, pk: UUID, form: str) -> HttpResponse:
    """Return the file as an attachment, as long as it is there."""
    actor = _begin(request, "subject_request.download", pk, kind=access_log.DISCLOSURE)
    one = _found(request, actor, pk)
    pack = Pack.objects.filter(root_id=one.id).first()
    if pack is None or not _is_there(one, pack):
        raise Conflict(_NO_FILE, code="no_file")
    access_log.touch(request._request, pack.root_ids)
    kept, sha256 = (pack.pdf, pack.pdf_sha256) if form == "pdf" else (pack.data, pack.data_sha256)
    content = bytes(kept or b"")
    if digest(content) != sha256:
        raise Unavailable("This file is damaged. Send the copy back, and send it for a check again.")
    answer = inert(content, _FORMS[form])
    named = content_disposition_header(as_attachment=True, filename=f"copy-{one.reference}.{form}")
    answer["Content-Disposition"] = named or ""
    return answer


class PdfFile(APIView):
    """The copy on paper."""

    @extend_schema(
        operation_id="subject_request_pdf",
        summary="Download the copy, to check it or to give it to whoever asked",
        tags=["subject request"],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Return it as an attachment."""
        return _file(request, pk, "pdf")


class DataFile(APIView):
    """The copy for a machine."""

    @extend_schema(
        operation_id="subject_request_json",
        summary="Download the copy as data",
        tags=["subject request"],
        responses={(200, "application/json"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Return it as an attachment."""
        return _file(request, pk, "json")


def _is_there(one: SubjectRequest, pack: Pack) -> bool:
    is_over = pack.expires_at is not None and pack.expires_at <= clock.now()
    return pack.has_file and not is_over and one.state in (SubjectRequest.CHECKING, SubjectRequest.RELEASED)
