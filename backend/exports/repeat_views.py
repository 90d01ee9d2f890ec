"""Lists that are made again by themselves: one's own, and stopping one."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.core.api.pagination import OwnOrder
from backend.exports.commands.repeating import stop
from backend.exports.models import Repeat
from backend.exports.queries import repeats_of
from backend.exports.serializers import ExportRepeatShape, repeat_data
from backend.exports.views import exporting
from backend.workflow.views import KEY_PARAMETER, keyed_response, take_key


class Repeats(GenericAPIView[Repeat]):
    """What is made again and again."""

    pagination_class = OwnOrder
    serializer_class = ExportRepeatShape

    @extend_schema(
        operation_id="export_repeats",
        summary="List what is exported again by itself",
        tags=["exports"],
        responses=ExportRepeatShape(many=True),
    )
    def get(self, request: Request) -> Response:
        """Return a page of those that go on, the latest first."""
        going_on = repeats_of(exporting(request)).filter(stopped_at=None)
        page = list(self.paginate_queryset(going_on) or [])
        return self.get_paginated_response([repeat_data(one) for one in page])


class RepeatStop(APIView):
    """Stopping one."""

    @extend_schema(
        operation_id="export_repeat_stop",
        summary="Stop exporting a list again by itself",
        tags=["exports"],
        parameters=[KEY_PARAMETER],
        request=None,
        responses={200: ExportRepeatShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Stop it and return it; files that were made stay until they expire."""
        actor = exporting(request)
        taken = take_key(request, actor, result_id=pk, status=200)
        if not taken.is_replay:
            stop(actor, pk)
        return keyed_response(repeat_data(repeats_of(actor).get(pk=pk)), taken)
