"""DRF's view of who is asking: the actor that the middleware bound, with the CSRF check on unsafe methods."""

from typing import Any

from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from backend.access import factors
from backend.access.actors import Actor
from backend.core.api.parameters import refuse_undeclared
from backend.core.errors import Forbidden, NotSignedIn


class BoundSession(SessionAuthentication):
    """Session sign-in; 401 rather than DRF's 403 when nobody is signed in."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """Return the person, or None; raise PermissionDenied when the CSRF token is missing or wrong."""
        user = getattr(request._request, "user", None)
        if user is None or not user.is_active:
            return None
        self.enforce_csrf(request)
        return user, None

    def authenticate_header(self, request: Request) -> str:
        """Make DRF answer 401."""
        return "Session"


class SignedIn(BasePermission):
    """The default of every view: somebody who is signed in, acts in a current membership and asks for what there is."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Return True, or raise the refusal that says what is missing."""
        if not request.user or not request.user.is_authenticated:
            raise NotSignedIn("Sign in to go on.")
        if not factors.suffices(request._request.session):
            raise Forbidden(factors.MISSING, code="second_factor")
        if getattr(request._request, "actor", None) is None:
            raise Forbidden("You have no current role in an agency. Ask your manager to add you.", code="no_membership")
        refuse_undeclared(request, view)
        return True


def actor_in(request: Request) -> Actor:
    """Return the actor of a request that `SignedIn` let through."""
    # Our attribute on Django's request, set by ActorMiddleware; its types do not know it.
    actor: Actor = request._request.actor  # type: ignore[attr-defined]
    return actor
