"""One's exports: asking for one, watching it being made, downloading and deleting its file."""

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
from backend.core.api.pagination import Pages
from backend.core.errors import Conflict, Invalid
from backend.core.ids import uuid7
from backend.core.spreadsheets import FORMATS
from backend.deadlines.calendar import local
from backend.documents import storing
from backend.documents.sending import sent
from backend.exports import queries
from backend.exports.commands.asking import ask, delete, look, may, require, require_to_look
from backend.exports.lists import LISTS, WHOLE
from backend.exports.models import Export, State
from backend.exports.serializers import (
    CHANGED,
    ExportFormShape,
    ExportInput,
    ExportOffersShape,
    ExportShape,
    export_data,
    export_rows,
    form_data,
    offers_data,
)
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated

_GONE = "There is no file to download: {}."
# Of a parameter that may be given several times there is a list.
_SEVERAL = ("states",)
_FILTERS = sorted({name for listing in LISTS.values() for name in map(str, listing.asked().fields)})


class LatestFirst(Pages):
    """What was asked for last comes first."""

    ordering = ("-asked_at", "-id")


class Exports(GenericAPIView[Export]):
    """One's own exports."""

    pagination_class = LatestFirst
    serializer_class = ExportShape

    @extend_schema(
        operation_id="exports_list",
        summary="List one’s exports",
        tags=["exports"],
        responses=ExportShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of them, and note that their asker is looking."""
        access_log.begin(request._request, "export.list", access_log.CONSULTATION)
        actor = exporting(request)
        look(actor)
        page = list(self.paginate_queryset(queries.exports_of(actor)) or [])
        return self.get_paginated_response(export_rows(page))

    @extend_schema(
        operation_id="export_ask",
        summary="Ask for a list as a file",
        tags=["exports"],
        parameters=[KEY_PARAMETER],
        request=ExportInput,
        responses={201: ExportShape},
    )
    def post(self, request: Request) -> Response:
        """Write it down for the worker and return it; the file comes when it is made."""
        actor = actor_in(request)
        access_log.begin(request._request, "export.ask", access_log.DISCLOSURE)
        given = validated(ExportInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        access_log.touch(request._request, [taken.result_id])
        if not taken.is_replay:
            ask(actor, taken.result_id, given)
        return keyed_response(export_data(queries.own(actor, taken.result_id)), taken)


class ExportForm(APIView):
    """What is asked of whoever wants a list as a file."""

    @extend_schema(
        operation_id="export_form",
        summary="Read what is asked for an export of a list",
        tags=["exports"],
        parameters=[
            OpenApiParameter("list", enum=list(LISTS), required=True, description="Which list"),
            *(OpenApiParameter(name, many=name in _SEVERAL, description="A filter of a list") for name in _FILTERS),
        ],
        responses={200: ExportFormShape},
    )
    def get(self, request: Request) -> Response:
        """Return its fields, what the list is called as it is narrowed, and its columns."""
        actor = actor_in(request)
        code = request.query_params.get("list", "")
        if code not in LISTS:
            raise Invalid("Choose a list.", fields={"list": [f"Choose one of: {', '.join(LISTS)}."]})
        require_to_look(actor, LISTS[code])
        given = {name: value for name, value in request.query_params.items() if name not in ("list", *_SEVERAL)}
        several = {name: request.query_params.getlist(name) for name in _SEVERAL if name in request.query_params}
        return Response(form_data(code, {**given, **several}))


class ExportOffers(APIView):
    """The lists that can be asked for as they are."""

    @extend_schema(
        operation_id="export_offers",
        summary="Read which lists one may export without narrowing them",
        tags=["exports"],
        responses={200: ExportOffersShape},
    )
    def get(self, request: Request) -> Response:
        """Return those that the actor's role works with."""
        return Response(offers_data([one for one in WHOLE if may(exporting(request), one)]))


class OneExport(APIView):
    """One export."""

    @extend_schema(
        operation_id="export_read",
        summary="Read how far an export is",
        tags=["exports"],
        responses={200: ExportShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it, without its file."""
        access_log.begin(request._request, "export.read", access_log.CONSULTATION).root_ids.add(pk)
        return Response(export_data(queries.own(exporting(request), pk)))


class ExportContent(APIView):
    """The file."""

    @extend_schema(
        operation_id="export_content",
        summary="Download an export",
        tags=["exports"],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Return it as an attachment, to whoever asked for it, as long as it is there and theirs to see."""
        actor = actor_in(request)
        access_log.begin(request._request, "export.download", access_log.DISCLOSURE).root_ids.add(pk)
        export = queries.own(actor, pk)
        access_log.touch(request._request, export.root_ids, export.child_ids)
        require(actor, LISTS[export.list_code])
        if export.state != State.READY or export.expires_at is None or export.expires_at <= clock.now():
            state = State.EXPIRED if export.state == State.READY else State(export.state)
            raise Conflict(_GONE.format(state.label.lower()), code="no_file")
        if export.is_closed:  # type: ignore[attr-defined] # annotated by exports_of
            raise Conflict(CHANGED, code="changed")
        kind = FORMATS.get(export.extension)
        media_type = kind.media_type if kind else "application/zip"
        answer = sent(export.storage_name, media_type, sha256=export.sha256, where=storing.EXPORTS)
        filename = f"{export.list_code}-{local(export.asked_at):%Y-%m-%d}.{export.extension}"
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename) or ""
        return answer


class ExportDelete(APIView):
    """Deleting the file before its time."""

    @extend_schema(
        operation_id="export_delete",
        summary="Delete the file of an export now",
        tags=["exports"],
        parameters=[KEY_PARAMETER],
        request=None,
        responses={200: ExportShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Delete it, or stop it being made, and return the export as it is now."""
        access_log.begin(request._request, "export.delete", access_log.ALTERATION).root_ids.add(pk)
        actor = exporting(request)
        taken = take_key(request, actor, result_id=pk, status=200)
        if not taken.is_replay:
            delete(actor, pk)
        return keyed_response(export_data(queries.own(actor, pk)), taken)


def exporting(request: Request) -> Actor:
    """Return who asks; raise Forbidden for a role that exports nothing."""
    actor = actor_in(request)
    policy.require_to_look(actor, Permission.EXPORT_LIST)
    return actor
