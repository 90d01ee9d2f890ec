"""Answers to what never reaches a view, in the API's error shape."""

from django.http import HttpRequest, JsonResponse

from backend.core.api.errors import not_found, refusal_response, server_error
from backend.core.errors import Forbidden, Invalid

__all__ = ["bad_request", "csrf_failure", "forbidden", "not_found", "server_error"]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """Answer a request that Django itself finds broken."""
    return refusal_response(Invalid("There is a problem with what was sent."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """Answer Django's PermissionDenied outside the API."""
    return refusal_response(Forbidden("You cannot do that."))


def csrf_failure(request: HttpRequest, reason: str = "") -> JsonResponse:
    """Answer a write that did not come from one of our own pages, or from one that is out of date."""
    return refusal_response(Forbidden("Reload the page and try again.", code="csrf"))
