"""What every answer carries, and the one log line it leaves."""

import time
from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from backend.core import patience
from backend.core.ids import uuid7

log = structlog.get_logger("backend.requests")
# What is words; files that people hung on records, pictures and PDFs are packed already.
WORDS = ("application/json", "text/html")
SIGN_OUT = "/_allauth/browser/v1/auth/session"
Answer = Callable[[HttpRequest], HttpResponseBase]


class ResponseHeaders:
    """No answer of the API or of the app's own pages is kept by a browser or a proxy; devices and sensors are off."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the headers that Django and WhiteNoise have not set."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        if request.method == "DELETE" and request.path == SIGN_OUT:
            # What a browser kept goes with whoever leaves a shared computer; the cookie that knows the browser stays.
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


class Packed(GZipMiddleware):
    """What the API and the app's page say is sent compressed, with bytes of chance in it (docs/adr/0078)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress words for whoever takes them so; what is anything else goes as it is."""
        if not response.headers.get("Content-Type", "").startswith(WORDS):
            return response
        return super().process_response(request, response)


class RequestLog:
    """One line for each request: the route's pattern, never the address, so that no name or number is in a log."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Number the request, answer it and write down how it went; an answer that failed says the number."""
        started, number = time.perf_counter(), uuid7()
        # A trace bears the same number (watching/tracing.py), written as those who read traces know it.
        traced = {"trace_id": number.hex} if settings.TRACES_TO else {}
        with structlog.contextvars.bound_contextvars(request_id=str(number), **traced):
            response = self.get_response(request)
            # For whoever rings about it. What is not yours and what is not there are the same to the byte: no other
            # answer bears a number of its own.
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                response.headers["X-Request-Id"] = str(number)
            match = request.resolver_match
            log.info(
                "answered",
                method=request.method,
                route=match.route if match else None,
                status=response.status_code,
                milliseconds=round((time.perf_counter() - started) * 1000, 1),
            )
        return response


class EndOfPatience:
    """No request waits for the database longer than people wait: after that it is answered that it was not done."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request within the time there is."""
        with patience.at_most(settings.REQUEST_SECONDS):
            return self.get_response(request)
