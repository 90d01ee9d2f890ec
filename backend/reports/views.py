"""Reports through the API. They tell of no child, and each one that is read, made or taken out is on the record."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.audit import access_log
from backend.core.api.pagination import Pages
from backend.core.api.serializers import StrictSerializer
from backend.core.ids import uuid7
from backend.core.spreadsheets import FORMATS
from backend.documents.sending import inert
from backend.reports import commands, queries
from backend.reports.drawing import drawn
from backend.reports.inputs import EditionInput, MakeInput
from backend.reports.models import Report
from backend.reports.packing import packed
from backend.reports.serializers import (
    NewReportShape,
    ReportRowShape,
    ReportShape,
    new_report,
    report_data,
    report_rows,
)
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated

_PDF = "application/pdf"


def _begin(request: Request, label: str, kind: str = access_log.CONSULTATION, *, pk: UUID | None = None) -> Actor:
    """Log who asks for which report, and refuse whoever reads no published figures."""
    return _may(_told(request, label, kind, pk))


def _begin_making(
    request: Request, label: str, shape: type[StrictSerializer], *, pk: UUID | None = None
) -> tuple[Actor, dict[str, Any]]:
    """Log who makes one, read what they say of it, and refuse whoever reads no published figures."""
    actor = _told(request, label, access_log.ALTERATION, pk)
    given = validated(shape, request.data)
    return _may(actor), given


def _told(request: Request, label: str, kind: str, pk: UUID | None) -> Actor:
    touched = access_log.begin(request._request, label, kind)
    if pk:
        touched.root_ids.add(pk)
    return actor_in(request)


def _may(actor: Actor) -> Actor:
    policy.require(actor, Permission.FIGURES_SEE_PUBLISHED)
    return actor


class Reports(GenericAPIView[Report]):
    """The reports of the partnership."""

    pagination_class = Pages
    serializer_class = ReportRowShape

    @extend_schema(
        operation_id="reports_list",
        summary="List the reports that were made",
        tags=["figures"],
        responses=ReportRowShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of them, the latest first."""
        found = queries.listed(queries.visible_to(_begin(request, "report.list")))
        page: list[Any] = list(self.paginate_queryset(found) or [])
        return self.get_paginated_response(report_rows(page))

    @extend_schema(
        operation_id="report_make",
        summary="Make a report of published figures, or open the one that is there",
        tags=["figures"],
        parameters=[KEY_PARAMETER],
        request=MakeInput,
        responses={201: ReportShape},
    )
    def post(self, request: Request) -> Response:
        """Make it and return it; the same months asked for again are the report that is there."""
        actor, given = _begin_making(request, "report.make", MakeInput)
        there = queries.editions(actor, given["kind"], given["period"]).first()
        taken = take_key(request, actor, result_id=there.id if there else uuid7(), status=201)
        if not taken.is_replay and there is None:
            commands.make(actor, given["kind"], given["period"], report_id=taken.result_id)
        return keyed_response(report_data(actor, queries.one(actor, taken.result_id)), taken)


class NewReport(APIView):
    """Where a report is made."""

    @extend_schema(
        operation_id="report_form",
        summary="Read the form that makes a report",
        tags=["figures"],
        responses={200: NewReportShape},
    )
    def get(self, request: Request) -> Response:
        """Return the form."""
        _begin(request, "report.form")
        return Response(new_report())


class ReportDetail(APIView):
    """One edition of a report."""

    @extend_schema(operation_id="report_read", summary="Read a report", tags=["figures"], responses={200: ReportShape})
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it as it was made, and whether it still is."""
        actor = _begin(request, "report.read", pk=pk)
        return Response(report_data(actor, queries.one(actor, pk)))


class MakeEdition(APIView):
    """Another edition of a report, where records were corrected."""

    @extend_schema(
        operation_id="report_make_edition",
        summary="Make a new edition of a report",
        tags=["figures"],
        parameters=[KEY_PARAMETER],
        request=EditionInput,
        responses={201: ReportShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Make it and return it; refused where no number would be another one."""
        actor, given = _begin_making(request, "report.make_edition", EditionInput, pk=pk)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            commands.make_edition(actor, pk, reason=given["reason"], edition_id=taken.result_id)
        return keyed_response(report_data(actor, queries.one(actor, taken.result_id)), taken)


def _file(request: Request, pk: UUID, extension: str, media_type: str, make: Callable[[Report], bytes]) -> HttpResponse:
    report = queries.one(_begin(request, f"report.{extension}", pk=pk), pk)
    months = f"{report.first_month:%Y-%m}-to-{report.last_month:%Y-%m}"
    answer = inert(make(report), media_type)
    name = f"{report.kind}-{months}-edition-{report.edition}.{extension}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


class ReportPdf(APIView):
    """One edition on paper."""

    @extend_schema(
        operation_id="report_pdf",
        summary="Read a report as a PDF",
        tags=["figures"],
        responses={(200, _PDF): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Return it as a file."""
        return _file(request, pk, "pdf", _PDF, drawn)


def pack_view(code: str) -> type[APIView]:
    """Return the view of a report's data in one kind of workbook."""
    kind = FORMATS[code]

    def get(_self: APIView, request: Request, pk: UUID) -> HttpResponse:
        """Return every number of an edition, and what the words mean."""
        return _file(request, pk, kind.extension, kind.media_type, lambda report: packed(report, code))

    described = extend_schema(
        operation_id=f"report_{code}",
        summary=f"Read the figures of a report: {kind.label}",
        tags=["figures"],
        responses={(200, kind.media_type): OpenApiTypes.BINARY},
    )
    return type(f"Report{code.title()}", (APIView,), {"get": described(get), "__doc__": "The figures as data."})
