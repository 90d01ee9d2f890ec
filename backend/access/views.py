"""Who is signed in, switching roles, the demo's sign-in, and the lists every form needs."""

from typing import Any

from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import fresh, session
from backend.access.session_serializers import DemoPeopleShape, SessionShape, SwitchInput


class SessionView(APIView):
    """The session of this browser; for nobody it says so."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="session_read", tags=["session"], responses=SessionShape)
    def get(self, request: Request) -> Response:
        """Return who is asking, and give a browser that has lost its token a new one, so that it can sign in."""
        get_token(request._request)
        return Response(session.describe(request._request))


class FreshView(APIView):
    """Whether the sign-in is fresh: asked before a link is followed whose refusal no page could show."""

    @extend_schema(operation_id="session_fresh", tags=["session"], responses={204: None})
    def get(self, request: Request) -> Response:
        """Return nothing, or the challenge."""
        fresh.require(request._request)
        return Response(status=204)


class DemoPeopleView(APIView):
    """The made-up people of the demo; 404 everywhere else."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="demo_people", tags=["demo"], responses=DemoPeopleShape)
    def get(self, request: Request) -> Response:
        """Return whom one can sign in as."""
        return Response({"results": session.demo_people()})


class DemoSignInView(APIView):
    """Sign in as a made-up person with one click; 404 outside the demo."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="demo_sign_in", tags=["demo"], request=SwitchInput, responses=SessionShape)
    def post(self, request: Request) -> Response:
        """Sign in and return the session."""
        session.demo_people()
        session.demo_sign_in(request._request, _membership(request))
        return Response(session.describe(request._request))


class DemoConfirmView(APIView):
    """Say with one click that one is still who signed in with one; 404 outside the demo."""

    @extend_schema(operation_id="demo_confirm", tags=["demo"], request=None, responses=SessionShape)
    def post(self, request: Request) -> Response:
        """Make the sign-in fresh and return the session."""
        session.demo_confirm(request._request)
        return Response(session.describe(request._request))


def _membership(request: Request) -> Any:
    serializer = SwitchInput(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data["membership_id"]
