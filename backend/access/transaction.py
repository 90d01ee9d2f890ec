"""One transaction a request: opened before anybody is known, committed only for an answer that is not a refusal."""

from collections.abc import Callable
from typing import Protocol

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse

from backend.access import once
from backend.access.binding import bind
from backend.core.api.errors import unavailable

# These answer without a transaction of the request's own: liveness must not need the database.
UNBOUND = ("/api/v1/health/", "/static/", "/assets/")
# allauth keeps its half-finished sign-ins in the session and says 401 while it does: they must be kept.
KEEPS_REFUSALS = ("/_allauth/",)


class AccessWriter(Protocol):
    """What writes the access row of a request; the audit app registers one, being above this app."""

    def __call__(self, request: HttpRequest, status: int) -> None:
        """Write exactly one row if the request touched a child; raise DatabaseError if that fails."""


_writers: list[AccessWriter] = []


def register_access_writer(writer: AccessWriter) -> None:
    """Take the writer of access rows; called once, from audit's ready()."""
    _writers[:] = [writer]


class BoundTransactionMiddleware:
    """Wraps the request in a transaction whose last statement is its access row."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer once it is committed; a refusal is rolled back and then noted on its own."""
        if request.path.startswith(UNBOUND):
            return self.get_response(request)
        try:
            return self._bound(request)
        except (OperationalError, InterfaceError):
            return unavailable()
        finally:
            once.end()

    def _bound(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            response = self.get_response(request)
            refused = response.status_code >= 400 and not request.path.startswith(KEEPS_REFUSALS)
            if refused:
                transaction.set_rollback(True)
            elif not _written(request, response.status_code):
                transaction.set_rollback(True)
                return unavailable()
        if refused and not self._noted(request, response.status_code):
            return unavailable()
        return response

    def _noted(self, request: HttpRequest, status: int) -> bool:
        with transaction.atomic():
            actor = getattr(request, "actor", None)
            bind(actor.membership_id if actor else None)
            return _written(request, status)


def _written(request: HttpRequest, status: int) -> bool:
    """Write the access row; False means it could not be, and then nothing may be shown."""
    try:
        for write in _writers:
            write(request, status)
    except DatabaseError:
        transaction.set_rollback(True)
        return False
    return True
