"""What another agency will read of an action, before it is added to a plan."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.cases.commands.planning import add_action
from backend.cases.serializers.plan_inputs import ActionInput
from backend.cases.serializers.previewing import action_reader
from backend.core.ids import uuid7
from backend.workflow.preview_views import PreviewShape, seen_by_others
from backend.workflow.views import validated


class ActionPreview(APIView):
    """POST what adding an action takes, and learn what its owner would read; nothing is added."""

    @extend_schema(
        operation_id="case_add_action_preview",
        summary="See what others will see: Add an action",
        tags=["plan"],
        request=ActionInput,
        responses={200: PreviewShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Return what whoever is to do it would read; raise what adding it raises."""
        actor = actor_in(request)
        access_log.begin(request._request, "case.add_action.preview", access_log.CONSULTATION).root_ids.add(pk)
        given = validated(ActionInput, request.data)
        action, found = seen_by_others(
            actor,
            lambda: add_action(actor, pk, given, action_id=uuid7()),
            lambda added: action_reader(added, given),
        )
        access_log.touch(request._request, [action.root_id], [action.child_id])
        return Response({"agencies": found})
