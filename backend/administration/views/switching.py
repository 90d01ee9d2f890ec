"""Acting in another of one's own roles: each change, and each try, is a row of the access log."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import session
from backend.access.session_serializers import SessionShape, SwitchInput
from backend.audit import access_log
from backend.core.errors import NotSignedIn
from backend.workflow.views import validated


class SwitchView(APIView):
    """Act in another of one's own memberships."""

    # Whoever is signed in and acts in none yet may choose one.
    permission_classes = [AllowAny]

    @extend_schema(operation_id="session_switch", tags=["session"], request=SwitchInput, responses=SessionShape)
    def post(self, request: Request) -> Response:
        """Switch and return the session as it is now."""
        if not request.user or not request.user.is_authenticated:
            raise NotSignedIn("Sign in to go on.")
        given = validated(SwitchInput, request.data)
        access_log.begin(request._request, "session.switch", access_log.ALTERATION)
        session.switch(request._request, given["membership_id"])
        return Response(session.describe(request._request))
