"""Orders to delete records, and the certificates that it was done."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.actors import Actor
from backend.audit import access_log
from backend.core.api.pagination import OwnOrder
from backend.core.errors import NotFound
from backend.core.ids import uuid7
from backend.retention import queries
from backend.retention.commands import ordering
from backend.retention.drawing import drawn, filename
from backend.retention.inputs import ProposeInput
from backend.retention.models import Certificate, Order
from backend.retention.serializers import shapes
from backend.retention.serializers.orders import certificate_rows, order_data, order_form, order_rows
from backend.retention.views.due import begin
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class Orders(GenericAPIView[Order]):
    """Lists of what is to be deleted, or was."""

    pagination_class = OwnOrder
    serializer_class = shapes.OrderRowShape

    @extend_schema(
        operation_id="disposals_list",
        summary="List orders to delete records",
        tags=["disposal"],
        responses=shapes.OrderRowShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of them, the latest first."""
        actor = begin(request, "disposal.list")
        page = list(self.paginate_queryset(queries.counted(queries.orders(actor)).order_by("-id")) or [])
        access_log.touch(request._request, [one.id for one in page])
        return self.get_paginated_response(order_rows(page))

    @extend_schema(
        operation_id="disposal_propose",
        summary="Propose to delete all that is about some children",
        tags=["disposal"],
        parameters=[KEY_PARAMETER],
        request=ProposeInput,
        responses={201: shapes.OrderShape},
    )
    def post(self, request: Request) -> Response:
        """Propose it and return it; two more people have to agree."""
        actor = begin(request, "disposal.propose", access_log.ALTERATION)
        given = validated(ProposeInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        access_log.touch(request._request, [taken.result_id], given["children"])
        if not taken.is_replay:
            ordering.propose(actor, given["children"], order_id=taken.result_id)
        return keyed_response(order_data(actor, _order(actor, taken.result_id)), taken)


class NewOrder(APIView):
    """Where a list is proposed."""

    @extend_schema(
        operation_id="disposal_form",
        summary="Read the form that proposes to delete records",
        tags=["disposal"],
        responses={200: shapes.RetentionFormShape},
    )
    def get(self, request: Request) -> Response:
        """Return the form with what is due and not kept; no form where there is nothing."""
        actor = begin(request, "disposal.form")
        form = order_form(actor)
        shown = [choice["value"] for option in form["options"] for choice in option["input"][0]["choices"]]
        access_log.touch(request._request, [], map(UUID, shown))
        return Response(form)


class OrderDetail(APIView):
    """One order."""

    @extend_schema(
        operation_id="disposal_read",
        summary="Read an order to delete records",
        tags=["disposal"],
        responses={200: shapes.OrderShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it with its children, by their references, and what the actor may do now."""
        actor = begin(request, "disposal.read")
        access_log.touch(request._request, [pk])
        order = _order(actor, pk)
        access_log.touch(request._request, [], [line.about_id for line in queries.lines(order)])
        return Response(order_data(actor, order))


class Certificates(GenericAPIView[Certificate]):
    """Proof of what was deleted."""

    pagination_class = OwnOrder
    serializer_class = shapes.CertificateShape

    @extend_schema(
        operation_id="certificates_list",
        summary="List certificates of disposal",
        tags=["disposal"],
        responses=shapes.CertificateShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of them, the latest first."""
        actor = begin(request, "certificate.list")
        page = list(self.paginate_queryset(queries.certificates(actor)) or [])
        access_log.touch(request._request, [one.order_id for one in page])
        return self.get_paginated_response(certificate_rows(page))


class CertificatePdf(APIView):
    """A certificate on paper."""

    @extend_schema(
        operation_id="certificate_pdf",
        summary="Download a certificate of disposal",
        tags=["disposal"],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Return it as an attachment."""
        actor = begin(request, "certificate.pdf", access_log.DISCLOSURE)
        access_log.touch(request._request, [pk])
        one = queries.certificates(actor).filter(pk=pk).first()
        if one is None:
            raise NotFound
        return HttpResponse(drawn(one), content_type="application/pdf", headers=filename(one))


def _order(actor: Actor, pk: UUID) -> Order:
    found = queries.orders(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found
