"""What somebody says is wrong in a note through the API: read beside it, written down, and decided about."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access import queries as access
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.audit import access_log
from backend.cases.models import Case, Note
from backend.cases.queries import visible_to as cases_visible_to
from backend.cases.queries.noting import notes_visible_to
from backend.core.api.pagination import OwnOrder
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.core.ids import uuid7
from backend.rights import rectification_queries as queries
from backend.rights import rectification_serializers as shapes
from backend.rights.commands.rectifying import note_of, record_rectification
from backend.rights.models import Rectification
from backend.rights.rectification_inputs import RectificationInput
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated

_NO_SUCH = "Choose a case."
_DECIDES = "A manager of the agency that wrote it decides about what is said to be wrong."


def represented(actor: Actor, one: Rectification) -> dict[str, object]:
    """Return one as GET gives it, with its note as far as the actor reads that."""
    note = notes_visible_to(actor).filter(pk=one.note_id, state=Note.WRITTEN).first()
    return shapes.rectification_data(actor, one, note)


class Rectifications(GenericAPIView[Rectification]):
    """What is said of the notes of one case, or what waits for a manager."""

    pagination_class = OwnOrder
    serializer_class = shapes.RectificationRowShape

    @extend_schema(
        operation_id="rectifications_list",
        summary="List what people say is wrong in notes",
        tags=["rectification"],
        parameters=[OpenApiParameter("case", type=UUID, description="Of this case; else what one has to decide")],
        responses=shapes.RectificationRowShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of it."""
        actor = actor_in(request)
        access_log.begin(request._request, "rectification.list", access_log.CONSULTATION)
        found = _asked_for(actor, _key(request))
        page = list(self.paginate_queryset(found) or [])
        access_log.touch(request._request, [one.root_id for one in page], [one.child_id for one in page])
        return self.get_paginated_response(shapes.rectification_rows(page))


class OneRectification(APIView):
    """One of them."""

    @extend_schema(
        operation_id="rectification_read",
        summary="Read what somebody says is wrong in a note, and what was decided",
        tags=["rectification"],
        responses={200: shapes.RectificationShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it with what the actor may do now."""
        actor = actor_in(request)
        access_log.begin(request._request, "rectification.read", access_log.CONSULTATION).root_ids.add(pk)
        one = queries.one_of(actor, pk)
        access_log.touch(request._request, [one.root_id], [one.child_id])
        return Response(represented(actor, one))


class DisputedNote(APIView):
    """A note, and the form that writes down what somebody says of it."""

    @extend_schema(
        operation_id="disputed_note_read",
        summary="Read the form that writes down that somebody says a note is wrong",
        tags=["rectification"],
        responses={200: shapes.DisputedNoteShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it, for whoever works on the case."""
        actor = actor_in(request)
        access_log.begin(request._request, "rectification.form", access_log.CONSULTATION).root_ids.add(pk)
        note = note_of(actor, pk)
        access_log.touch(request._request, [note.root_id], [note.child_id])
        policy.require(actor, Permission.RECTIFICATION_RECORD, access.relations_to(actor, note.root_id))
        reference = Case.objects.values_list("reference", flat=True).get(pk=note.root_id)
        return Response(shapes.disputed_note(note, reference))


class DisputeNote(APIView):
    """Writing it down."""

    @extend_schema(
        operation_id="rectification_record",
        summary="Write down that somebody says a note is wrong",
        tags=["rectification"],
        parameters=[KEY_PARAMETER],
        request=RectificationInput,
        responses={201: shapes.RectificationShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Write it down beside the note and return it; the note stays as it was."""
        actor = actor_in(request)
        access_log.begin(request._request, "rectification.record", access_log.COLLECTION).root_ids.add(pk)
        given = validated(RectificationInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            record_rectification(actor, pk, given, rectification_id=taken.result_id)
        one = queries.one_of(actor, taken.result_id)
        access_log.touch(request._request, [one.root_id], [one.child_id])
        return keyed_response(represented(actor, one), taken)


def _asked_for(actor: Actor, case_id: UUID | None) -> QuerySet[Rectification]:
    """Return what is said of a case that the actor sees; without one what waits for them, if they ever decide."""
    if case_id is None:
        if not policy.holds(actor, Permission.RECTIFICATION_DECIDE):
            raise Forbidden(_DECIDES)
        return queries.to_decide(actor)
    if not cases_visible_to(actor).filter(pk=case_id).exists():
        raise NotFound
    return queries.of_case(actor, case_id)


def _key(request: Request) -> UUID | None:
    given = request.query_params.get("case", "")
    try:
        return UUID(given) if given else None
    except ValueError as error:
        raise Invalid(_NO_SUCH, fields={"case": [_NO_SUCH]}) from error
