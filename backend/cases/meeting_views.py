"""One review or meeting by itself, with the forms of what may be done about it."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access.authentication import actor_in
from backend.audit import access_log
from backend.cases.queries.meetings import meetings_visible_to
from backend.cases.serializers.meetings import OneMeetingShape, one_meeting_data
from backend.core.errors import NotFound


class MeetingDetail(APIView):
    """One review or meeting."""

    @extend_schema(
        operation_id="meeting_read", summary="Read a review or meeting", tags=["meeting"], responses=OneMeetingShape
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the meeting with what it said before, and what the actor may do."""
        actor = actor_in(request)
        access_log.begin(request._request, "meeting.read", access_log.CONSULTATION).root_ids.add(pk)
        meeting = meetings_visible_to(actor).filter(pk=pk).first()
        if meeting is None:
            raise NotFound
        access_log.touch(request._request, [meeting.root_id], [meeting.child_id])
        return Response(one_meeting_data(actor, meeting))
