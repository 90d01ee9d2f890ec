"""Turns every refusal and every framework exception into the one error shape, and rolls the transaction back."""

import logging
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as ModelInvalid
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, transaction
from django.http import Http404, JsonResponse
from django.http.request import HttpRequest
from psycopg.errors import UniqueViolation
from rest_framework import exceptions
from rest_framework.response import Response

from backend.core.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    NotSignedIn,
    Refusal,
    Throttled,
    Unavailable,
    UnsupportedType,
)

logger = logging.getLogger(__name__)

# The bytes of OrjsonRenderer: whether a view or a middleware refuses must not show.
_AS_ORJSON = {"separators": (",", ":"), "ensure_ascii": False}


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer a refusal; return None for a programming error, which the outer handler logs as a 500."""
    refusal = as_refusal(error)
    if refusal is None:
        return None
    connection = transaction.get_connection()
    if connection.in_atomic_block:
        connection.set_rollback(True)
    response = Response(refusal.as_body(), status=refusal.status)
    for name, value in refusal.headers.items():
        response[name] = value
    return response


def as_refusal(error: Exception) -> Refusal | None:
    """Return the refusal that says in our words what a library's exception means."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, Http404):
        return NotFound()
    if isinstance(error, PermissionDenied):
        return Forbidden("You cannot do that.")
    if isinstance(error, ModelInvalid):
        return Invalid(*error.messages)
    if isinstance(error, exceptions.APIException):
        return _from_framework(error)
    if isinstance(error, OperationalError | InterfaceError):
        return _busy()
    if isinstance(error, IntegrityError) and isinstance(error.__cause__, UniqueViolation):
        return _somebody_was_faster(error.__cause__)
    return None


def _from_framework(error: exceptions.APIException) -> Refusal:
    match error:
        case exceptions.ValidationError():
            return _invalid(error.detail)
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return NotSignedIn("Sign in to go on.")
        case exceptions.PermissionDenied():
            reason = str(error.detail)
            code = "csrf" if reason.startswith("CSRF") else None
            return Forbidden("Reload the page and try again." if code else reason, code=code)
        case exceptions.NotFound():
            return NotFound()
        case exceptions.UnsupportedMediaType():
            return UnsupportedType("Send the request as JSON in UTF-8.")
        case exceptions.Throttled():
            refusal: Refusal = Throttled("You have sent too many requests. Wait a moment and try again.")
            refusal.headers["Retry-After"] = str(int(getattr(error, "wait", None) or 1))
            return refusal
    refusal = Refusal(str(error.detail), code=str(getattr(error, "default_code", "invalid")))
    refusal.status = error.status_code
    return refusal


def _invalid(detail: Any) -> Invalid:
    if isinstance(detail, dict):
        fields = dict(_places("", detail))
        general = fields.pop("non_field_errors", [])
        return Invalid(*(general or ["There is a problem with what was sent."]), fields=fields)
    return Invalid(*_sentences(detail))


def _places(place: str, value: Any) -> Iterator[tuple[str, list[str]]]:
    """Yield each field with its sentences; a field of an entry in a list is `questions.0.text`, as forms name it."""
    parts: Iterable[tuple[Any, Any]]
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list) and any(isinstance(part, dict) for part in value):
        parts = enumerate(value)
    else:
        yield place, _sentences(value)
        return
    for name, part in parts:
        if part:
            yield from _places(f"{place}.{name}" if place else str(name), part)


def _sentences(value: Any) -> list[str]:
    if isinstance(value, list):
        return [sentence for part in value for sentence in _sentences(part)]
    return [str(value)]


def _somebody_was_faster(error: UniqueViolation) -> Conflict:
    """Two who do the same at once both find that nobody did yet; the table lets one of them in."""
    logger.warning("Lost a race for %s", error.diag.constraint_name)
    return Conflict("Somebody has done the same at this moment. Reload the page to see it.", code="done_meanwhile")


def _busy() -> Unavailable:
    refusal = Unavailable("The service is busy. What you typed is safe; try again in a moment.")
    refusal.headers["Retry-After"] = "2"
    return refusal


def refusal_response(refusal: Refusal) -> JsonResponse:
    """Return a refusal as a plain Django response, for middleware, where DRF's handler does not reach."""
    return JsonResponse(refusal.as_body(), status=refusal.status, headers=refusal.headers, json_dumps_params=_AS_ORJSON)


def unavailable(error: DatabaseError | None = None) -> JsonResponse:
    """Return the 503 that carries no body of the request it refuses."""
    return refusal_response(_busy())


def not_found(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """Django's 404 for an API path that is no route: the same bytes as a record one may not see."""
    return refusal_response(NotFound())


def server_error(request: HttpRequest) -> JsonResponse:
    """Django's 500 for an API path: no trace, one sentence.

    It is asked of whatever a middleware raises, before any middleware round it sees that: also of a lost database.
    """
    lost = sys.exception()
    if isinstance(lost, OperationalError | InterfaceError):
        return refusal_response(_busy())
    refusal = Refusal("Something went wrong at our end. What you sent was not kept; try again.", code="server_error")
    refusal.status = 500
    return refusal_response(refusal)
