"""Questions as the agency that was asked sees them: the question and who the child is, nothing of the referral."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.audit import access_log
from backend.children.models import Child
from backend.core.api.pagination import Pages
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.deadlines.queries import of_roots
from backend.referrals.models import InformationRequest
from backend.referrals.queries.lists import questions_for
from backend.referrals.queries.seeing import questions_visible_to
from backend.referrals.serializers.parts import question
from backend.referrals.serializers.shapes import QuestionShape

_VIEW = "for-me"


class QuestionList(GenericAPIView[InformationRequest]):
    """The questions one's agency was asked."""

    pagination_class = Pages
    serializer_class = QuestionShape

    @extend_schema(
        operation_id="information_requests_list",
        summary="List questions asked of one's agency",
        tags=["information request"],
        parameters=[OpenApiParameter("view", enum=[_VIEW], description="“for-me” if not said")],
        responses=QuestionShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of questions, the latest first."""
        actor = actor_in(request)
        access_log.begin(request._request, "information_request.list", access_log.CONSULTATION)
        strange = [name for name in request.query_params if name not in ("view", "cursor", "page_size")]
        if strange or request.query_params.get("view", _VIEW) != _VIEW:
            raise Invalid("This list has the view “for-me” and no other filter.")
        if not policy.holds(actor, Permission.INFORMATION_REQUEST_SEE):
            raise Forbidden(f"Your role, {actor.role.label.lower()}, does not work with referrals.")
        page = list(self.paginate_queryset(questions_for(actor)) or [])
        access_log.touch(request._request, [one.root_id for one in page], [one.child_id for one in page])
        return self.get_paginated_response(question_rows(actor, page))


class QuestionDetail(APIView):
    """One question."""

    @extend_schema(
        operation_id="information_request_read",
        summary="Read a question",
        tags=["information request"],
        responses={200: QuestionShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the question, who the child is, and what the actor may answer."""
        actor = actor_in(request)
        touched = access_log.begin(request._request, "information_request.read", access_log.CONSULTATION)
        touched.root_ids.add(pk)
        asks = questions_visible_to(actor).filter(pk=pk).first()
        if asks is None:
            raise NotFound
        access_log.touch(request._request, [asks.root_id], [asks.child_id])
        return Response(question_data(actor, asks))


def question_data(actor: Actor, asks: InformationRequest) -> dict[str, Any]:
    """Return one question exactly as GET gives it."""
    return question_rows(actor, [asks])[0]


def question_rows(actor: Actor, page: list[InformationRequest]) -> list[dict[str, Any]]:
    """Return a page of questions with three statements whatever its length."""
    relations = queries.relations(actor, {asks.root_id for asks in page})
    children = Child.objects.in_bulk({asks.child_id for asks in page})
    clocks = of_roots(asks.id for asks in page)
    return [
        question(actor, asks, relations[asks.root_id], clocks=clocks[asks.id], child=children.get(asks.child_id))
        for asks in page
    ]
