"""Putting a decision of a panel into the plan of its case, and what whoever is to do it would read."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.cases.serializers.previewing import action_reader
from backend.core.ids import uuid7
from backend.panels.commands.planning import put_in_plan
from backend.panels.serializers import shapes
from backend.panels.serializers.inputs import PutInPlanInput
from backend.panels.views import item_answer
from backend.workflow.preview_views import PreviewShape, seen_by_others
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key, validated


class ItemPlan(APIView):
    """The plan of the case, as far as a panel decided what belongs there."""

    @extend_schema(
        operation_id="panel_item_put_in_plan",
        summary="Put a decision of a panel into the plan",
        tags=["panel item"],
        parameters=[KEY_PARAMETER],
        request=PutInPlanInput,
        responses={201: shapes.PanelItemShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Add an action with its words and its day, and return the item."""
        actor = actor_in(request)
        access_log.begin(request._request, "panel_item.put_in_plan", access_log.COLLECTION).root_ids.add(pk)
        given = validated(PutInPlanInput, request.data)
        taken = take_key(request, actor, result_id=uuid7(), status=201)
        if not taken.is_replay:
            put_in_plan(actor, pk, given, action_id=taken.result_id)
        return keyed_response(item_answer(request, actor, pk), taken)


class ItemPlanPreview(APIView):
    """POST what putting a decision into the plan takes, and learn what its owner would read; nothing is put there."""

    @extend_schema(
        operation_id="panel_item_put_in_plan_preview",
        summary="See what others will see: Put a decision of a panel into the plan",
        tags=["panel item"],
        request=PutInPlanInput,
        responses={200: PreviewShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Return what whoever is to do it would read; raise what putting it there raises."""
        actor = actor_in(request)
        access_log.begin(request._request, "panel_item.put_in_plan.preview", access_log.CONSULTATION).root_ids.add(pk)
        given = validated(PutInPlanInput, request.data)
        action, found = seen_by_others(
            actor,
            lambda: put_in_plan(actor, pk, given, action_id=uuid7()),
            lambda added: action_reader(added, given),
        )
        access_log.touch(request._request, [action.root_id], [action.child_id])
        return Response({"agencies": found})
