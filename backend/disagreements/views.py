"""Disagreements as both sides see them: lists, and one with everything that was said."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.audit import access_log
from backend.core.api.pagination import OwnOrder
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.disagreements import queries
from backend.disagreements.models import Disagreement
from backend.disagreements.serializers import representing, shapes

_RAISED = "raised"


class DisagreementList(GenericAPIView[Disagreement]):
    """The disagreements of one's agency, as either side."""

    pagination_class = OwnOrder
    serializer_class = shapes.DisagreementRowShape

    @extend_schema(
        operation_id="disagreements_list",
        summary="List disagreements",
        tags=["disagreement"],
        parameters=[OpenApiParameter("view", enum=list(queries.VIEWS), description="Which list; “raised” if not said")],
        responses=shapes.DisagreementRowShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of one list."""
        actor = actor_in(request)
        access_log.begin(request._request, "disagreement.list", access_log.CONSULTATION)
        if not policy.holds(actor, Permission.DISAGREEMENT_SEE):
            raise Forbidden(f"Your role, {actor.role.label.lower()}, does not work with referrals.")
        chosen = queries.VIEWS.get(request.query_params.get("view", _RAISED))
        if chosen is None:
            sentence = f"Choose one of these views: {', '.join(queries.VIEWS)}."
            raise Invalid(sentence, fields={"view": [sentence]})
        page = list(self.paginate_queryset(chosen(actor)) or [])
        roots = [root for one in page for root in (one.id, one.about_id)]
        access_log.touch(request._request, roots, [one.child_id for one in page])
        return self.get_paginated_response(representing.disagreement_rows(actor, page))


class DisagreementDetail(APIView):
    """One disagreement."""

    @extend_schema(
        operation_id="disagreement_read",
        summary="Read a disagreement",
        tags=["disagreement"],
        responses={200: shapes.DisagreementShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return it with what both sides have said and what the actor may do now."""
        actor = actor_in(request)
        access_log.begin(request._request, "disagreement.read", access_log.CONSULTATION).root_ids.add(pk)
        target = queries.visible_to(actor).filter(pk=pk).first()
        if target is None:
            raise NotFound
        access_log.touch(request._request, [target.id, target.about_id], [target.child_id])
        return Response(representing.disagreement_data(actor, target))
