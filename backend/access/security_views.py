"""One's own sign-in: the factors, setting one up, and where one is signed in."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import fresh, security
from backend.access.session_serializers import EndSessionInput, NewAppShape, SecurityShape
from backend.core.api.parameters import refuse_undeclared
from backend.core.errors import NotSignedIn


class Known(BasePermission):
    """Somebody who is signed in, whether or not they may act yet."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Return True, or raise what is missing."""
        if not request.user or not request.user.is_authenticated:
            raise NotSignedIn("Sign in to go on.")
        refuse_undeclared(request, view)
        return True


class SecurityView(APIView):
    """How one signs in, and where one is signed in."""

    permission_classes = [Known]

    @extend_schema(operation_id="session_security", tags=["session"], responses=SecurityShape)
    def get(self, request: Request) -> Response:
        """Return one's factors and sessions."""
        return Response(security.described(request._request))


class NewAppView(APIView):
    """Setting up an authenticator app."""

    permission_classes = [Known]

    @extend_schema(operation_id="session_new_app", tags=["session"], responses=NewAppShape)
    def get(self, request: Request) -> Response:
        """Return a new secret, to whoever has just shown who they are."""
        fresh.require(request._request)
        return Response(security.new_app(request._request))


class EndSessionsView(APIView):
    """Ending what one has left open elsewhere."""

    permission_classes = [Known]

    @extend_schema(
        operation_id="session_end_others", tags=["session"], request=EndSessionInput, responses=SecurityShape
    )
    def post(self, request: Request) -> Response:
        """End one or all of one's other sessions, for whoever has just shown who they are; return what is left."""
        given = EndSessionInput(data=request.data)
        given.is_valid(raise_exception=True)
        fresh.require(request._request)
        security.end_sessions(request._request, given.validated_data["id"])
        return Response(security.described(request._request))
