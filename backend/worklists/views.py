"""A person's work on one page."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.permissions import Permission
from backend.audit import access_log
from backend.core.errors import Forbidden
from backend.worklists.queries import work_of
from backend.worklists.serializers import WorkShape, work_data


class MyWork(APIView):
    """What is late, due today and soon, what comes for a child, and what others owe."""

    @extend_schema(operation_id="work", summary="Read one’s own work", tags=["work"], responses={200: WorkShape})
    def get(self, request: Request) -> Response:
        """Return it, what is due first at the top of each part."""
        actor = actor_in(request)
        access_log.begin(request._request, "work.list", access_log.CONSULTATION)
        if not policy.holds(actor, Permission.TASK_SEE):
            raise Forbidden(f"Your role, {actor.role.label.lower()}, is given no work with children.")
        work = work_of(actor)
        access_log.touch(request._request, work.roots, work.children)
        return Response(work_data(work))
