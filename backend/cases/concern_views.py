"""Peers and places of concern of a case, each reading and writing of them with an access row of its own kind."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.cases.commands.concerns import add_concern, review_concern
from backend.cases.models import Concern
from backend.cases.note_views import visible_case
from backend.cases.queries.concerns import concerns_visible_to
from backend.cases.serializers import concerns as shapes
from backend.cases.serializers.concern_inputs import AddConcernInput, ReviewConcernInput
from backend.core.errors import NotFound
from backend.core.ids import uuid7
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class CaseConcerns(APIView):
    """The peers and places of concern of one case."""

    @extend_schema(
        operation_id="case_concerns",
        summary="Read the peers and places of concern",
        tags=["concern"],
        responses=shapes.CaseConcernsShape,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return what stands and what has ended, for those who may read it."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.concerns", access_log.CONSULTATION).root_ids.add(pk)
        case = visible_case(request, actor, pk)
        found = shapes.read_concerns(actor, case)
        _touch(request, found)
        return Response(shapes.concerns_data(actor, case, found))

    @extend_schema(
        operation_id="case_add_concern",
        summary="Write down a peer or a place of concern",
        tags=["concern"],
        parameters=[KEY_PARAMETER],
        request=AddConcernInput,
        responses={201: shapes.ConcernShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Write it down and return it."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.add_concern", access_log.COLLECTION).root_ids.add(pk)
        given = validated(AddConcernInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            add_concern(actor, pk, given, concern_id=taken.result_id)
        visible_case(request, actor, pk)
        return keyed_response(shapes.concern_data(actor, _concern(request, actor, taken.result_id)), taken)


class ConcernDetail(APIView):
    """One peer or place of concern."""

    @extend_schema(
        operation_id="concern_read",
        summary="Read a peer or a place of concern",
        tags=["concern"],
        responses=shapes.ConcernShape,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it with what was said of it before."""
        actor = actor_in(request)
        access_log.begin(request._request, "concern.read", access_log.CONSULTATION).root_ids.add(pk)
        return Response(shapes.concern_data(actor, _concern(request, actor, pk)))


class ConcernReview(APIView):
    """A peer or a place of concern is looked at again."""

    @extend_schema(
        operation_id="concern_review",
        summary="Look again at a peer or a place of concern",
        tags=["concern"],
        parameters=[KEY_PARAMETER],
        request=ReviewConcernInput,
        responses={200: shapes.ConcernShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Say whether it is still so and return it as it is then."""
        actor = actor_in(request)
        access_log.begin(request._request, "concern.review", access_log.ALTERATION).root_ids.add(pk)
        given = validated(ReviewConcernInput, request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        version = given.pop("version")
        if not taken.is_replay:
            review_concern(actor, pk, given, version=version)
        return keyed_response(shapes.concern_data(actor, _concern(request, actor, pk)), taken)


def _concern(request: Request, actor: Actor, pk: UUID) -> Concern:
    found = concerns_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound
    access_log.touch(request._request, [found.case_id], [found.child_id])
    _touch(request, [found])
    return found


def _touch(request: Request, found: list[Concern]) -> None:
    """Whoever reads of a peer who is a child here has looked at that child too."""
    peers = [one.peer_id for one in found if one.peer_id is not None]
    access_log.touch(request._request, [one.id for one in found], peers)
