"""Browsers in which somebody has signed in before: a cookie that says whose they are, and opens nothing.

Whoever comes from one is told of no new device, and is not kept out by those who try the password elsewhere.
"""

import hashlib
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "device" if settings.PLAIN_HTTP else "__Host-device"
_SALT = "devices"
_KEPT_SECONDS = 400 * 24 * 3600
# One browser that colleagues share; who has not come for longest is forgotten.
_MOST = 10


def is_known(request: HttpRequest, user_id: UUID) -> bool:
    """Say whether somebody has signed in in this browser before."""
    return _digest(user_id) in _people(request)


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Write into the browser who has just signed in in it."""
    user_id: UUID | None = getattr(request, "arrived", None)
    if user_id is None:
        return
    own = _digest(user_id)
    people = [own, *(one for one in _people(request) if one != own)][:_MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(people, salt=_SALT),
        max_age=_KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _people(request: HttpRequest) -> list[str]:
    try:
        people: list[str] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_KEPT_SECONDS)
    except signing.BadSignature:
        return []
    return people


def _digest(user_id: UUID) -> str:
    """Name a person so that whoever reads the cookie learns nothing and can look up nothing."""
    return hashlib.sha256(f"{settings.SECRET_KEY} {user_id}".encode()).hexdigest()[:16]
