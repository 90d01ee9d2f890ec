"""The chronology of a case: read page by page, and added to by whoever weighs what happened."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.audit.models import Event
from backend.cases.commands.notes import record_significant_event
from backend.cases.note_views import visible_case
from backend.cases.queries.chronology import Kind, chronology, place_of
from backend.cases.queries.noting import notes_of
from backend.cases.serializers.chronology import ChronologyShape, entry_data
from backend.cases.serializers.working_inputs import SignificantEventInput
from backend.core.api.pagination import MergedPages
from backend.core.errors import Invalid
from backend.core.ids import uuid7
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class CaseTimeline(GenericAPIView[Event]):
    """What happened in one case."""

    pagination_class = MergedPages
    serializer_class = ChronologyShape

    @extend_schema(
        operation_id="case_timeline",
        summary="Read the chronology of a case",
        tags=["case"],
        parameters=[OpenApiParameter("kind", enum=[one.value for one in Kind], description="“all” if not said")],
        responses=ChronologyShape(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return a page of it, what happened last first."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.timeline", access_log.CONSULTATION).root_ids.add(pk)
        pages = MergedPages()
        size, after, kind = pages.get_page_size(request), pages.place(request), _kind(request)
        case = visible_case(request, actor, pk)
        found = chronology(actor, case.id, kind, after=after, most=size + 1)
        shown = found[:size]
        last = place_of(shown[-1]) if len(found) > size else None
        return pages.answer([entry_data(one) for one in shown], last)


class CaseSignificantEvents(APIView):
    """Significant events are added to a case."""

    @extend_schema(
        operation_id="case_record_significant_event",
        summary="Record a significant event",
        tags=["case"],
        parameters=[KEY_PARAMETER],
        request=SignificantEventInput,
        responses={201: ChronologyShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Write down what happened in the child's life with what it means, and return the entry."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.record_significant_event", access_log.COLLECTION).root_ids.add(pk)
        given = validated(SignificantEventInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            record_significant_event(actor, pk, given, note_id=taken.result_id)
        case = visible_case(request, actor, pk)
        return keyed_response(entry_data(notes_of(actor, case.id).get(pk=taken.result_id)), taken)


def _kind(request: Request) -> Kind:
    try:
        return Kind(request.query_params.get("kind", Kind.ALL.value))
    except ValueError as error:
        sentence = f"Choose one of these kinds: {', '.join(Kind)}."
        raise Invalid(sentence, fields={"kind": [sentence]}) from error
