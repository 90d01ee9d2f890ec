"""Community voice through the API, for the agency that wrote it down."""

from uuid import UUID

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
from backend.core.api.pagination import OwnOrder
from backend.core.errors import Invalid, NotFound
from backend.core.ids import uuid7
from backend.voices import commands, queries, serializers
from backend.voices.inputs import SayingInput
from backend.voices.models import Saying
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated

_STANDING = "standing"


def _begin(request: Request, label: str, kind: str = access_log.CONSULTATION) -> Actor:
    """Log who asks, and refuse whoever works with no children."""
    access_log.begin(request._request, label, kind)
    actor = actor_in(request)
    policy.require(actor, Permission.SAYING_SEE)
    return actor


def _saying(actor: Actor, pk: UUID) -> Saying:
    saying = queries.visible_to(actor).filter(pk=pk).first()
    if saying is None:
        raise NotFound
    return saying


class Sayings(GenericAPIView[Saying]):
    """What one's own agency wrote down."""

    pagination_class = OwnOrder
    serializer_class = serializers.SayingRowShape

    @extend_schema(
        operation_id="voices_list",
        summary="List what people said to your agency",
        tags=["saying"],
        parameters=[
            OpenApiParameter("view", enum=list(queries.VIEWS), description="Which list; “standing” if not said")
        ],
        responses=serializers.SayingRowShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of one list, the latest first."""
        actor = _begin(request, "saying.list")
        view = request.query_params.get("view", _STANDING)
        if view not in queries.VIEWS:
            sentence = f"Choose one of these views: {', '.join(queries.VIEWS)}."
            raise Invalid(sentence, fields={"view": [sentence]})
        page = list(self.paginate_queryset(queries.listed(actor, view)) or [])
        access_log.touch(request._request, [one.id for one in page])
        return self.get_paginated_response(serializers.saying_rows(actor, page))

    @extend_schema(
        operation_id="saying_record",
        summary="Write down what somebody said",
        tags=["saying"],
        parameters=[KEY_PARAMETER],
        request=SayingInput,
        responses={201: serializers.SayingShape},
    )
    def post(self, request: Request) -> Response:
        """Write it down and return it."""
        actor = _begin(request, "saying.record", access_log.COLLECTION)
        given = validated(SayingInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            commands.record_saying(actor, given, saying_id=taken.result_id)
        access_log.touch(request._request, [taken.result_id])
        return keyed_response(serializers.saying_data(actor, _saying(actor, taken.result_id)), taken)


class NewSaying(APIView):
    """Where something that was said is written down."""

    @extend_schema(
        operation_id="saying_form",
        summary="Read the form that writes down what somebody said",
        tags=["saying"],
        responses={200: serializers.NewSayingShape},
    )
    def get(self, request: Request) -> Response:
        """Return the form."""
        _begin(request, "saying.form")
        return Response(serializers.new_saying())


class SayingDetail(APIView):
    """One thing that somebody said."""

    @extend_schema(
        operation_id="saying_read",
        summary="Read what somebody said",
        tags=["saying"],
        responses={200: serializers.SayingShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it with what the actor may do now."""
        access_log.begin(request._request, "saying.read", access_log.CONSULTATION).root_ids.add(pk)
        actor = actor_in(request)
        return Response(serializers.saying_data(actor, _saying(actor, pk)))
