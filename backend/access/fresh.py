"""A fresh sign-in: what needs one is undone and asked again unless the person showed who they are just now.

Enforced at one place for every permission of `policy.NEEDS_FRESH_SIGN_IN` (docs/adr/0063): after everything else was
judged, so that nobody learns from being asked, and before anything is kept or shown.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from backend.access import factors
from backend.access.permissions import Permission
from backend.core import clock
from backend.core.api.errors import refusal_response
from backend.core.errors import FreshSignInNeeded

FRESH_KEY = "fresh_at"
FRESH_FOR = timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
_ASK = "For this we have to be sure that it is still you. Confirm it, and we go on where you were."


def mark(request: HttpRequest) -> None:
    """Write down that the person at this session has shown who they are."""
    request.session[FRESH_KEY] = clock.now().isoformat()


def is_fresh(session: Any) -> bool:
    """Say whether the person at a session has shown who they are within the last minutes."""
    marked = session.get(FRESH_KEY)
    return bool(marked) and clock.now() - datetime.fromisoformat(marked) < FRESH_FOR


def judged(request: HttpRequest, response: HttpResponse, granted: Collection[Permission]) -> HttpResponse:
    """Return the answer, or the challenge in its place; the request's transaction is undone with any refusal."""
    if not granted or response.status_code >= 400 or is_fresh(request.session):
        return response
    return refusal_response(_challenge(request))


def require(request: HttpRequest) -> None:
    """Raise the challenge unless the sign-in is fresh: for a page that asks before it lets the browser go elsewhere."""
    if not is_fresh(request.session):
        raise _challenge(request)


def _challenge(request: HttpRequest) -> FreshSignInNeeded:
    return FreshSignInNeeded(_ASK, challenge={"ways": ways(request.user)})


def ways(user: Any) -> list[str]:
    """Return how somebody can show that it is them."""
    found = [*(["demo"] if settings.DEMO else []), *factors.types(user.pk)]
    return [*found, "password"] if user.has_usable_password() else found


def after_step(sender: Any, request: HttpRequest, reauthenticated: bool = False, **signal: Any) -> None:
    """Hear from allauth that somebody signed in already has shown who they are; the session id rotates."""
    if reauthenticated:
        renew(request)


def renew(request: HttpRequest) -> None:
    """Make the session fresh, under a new id."""
    request.session.cycle_key()
    mark(request)
