"""Traces, where a collector is named: a span for each request and periodic job, and one in it for each statement.

The ready-made instrumentation writes addresses, query strings and the text of statements into spans. This one writes
what stands in ALLOWED and nothing else. A trace bears the number of its request: who has one finds the other.

The library is imported only here, and only where OTEL_EXPORTER_OTLP_ENDPOINT is set (requirements-traces.in).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http import HTTPMethod, HTTPStatus
from importlib import import_module
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ALLOWED = frozenset(
    {
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "db.system.name",
        "db.operation.name",
        "alongside.job",
    }
)
NO_ROUTE, OTHER = "none", "_OTHER"
# The first word of a statement; whatever else it begins with may be anything.
OPERATIONS = frozenset(
    {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET", "LOCK"}
)


class Traces:
    """Has a span go with each request, whose name is the method and the route's pattern."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.TRACES_TO:
            raise MiddlewareNotUsed
        self.get_response = get_response
        tracer()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request inside a span of its own; what a stranger's header says of traces is not heard."""
        method = str(request.method) if request.method in frozenset(HTTPMethod) else OTHER
        with _span(method, kind="SERVER", attributes={"http.request.method": method}) as span:
            with connection.execute_wrapper(_statement):
                response = self.get_response(request)
            match = request.resolver_match
            route = match.route if match else NO_ROUTE
            span.update_name(f"{method} {route}")
            set_attributes(span, {"http.route": route, "http.response.status_code": response.status_code})
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                span.set_status(_api().StatusCode.ERROR)
        return response


@contextmanager
def job(name: str) -> Iterator[None]:
    """Have a span go with a periodic job, where there are traces."""
    if not settings.TRACES_TO:
        yield
        return
    with _span(name, kind="INTERNAL", attributes={"alongside.job": name}) as span:
        try:
            with connection.execute_wrapper(_statement):
                yield
        except Exception:
            # That it failed, and never by which words: they may quote what a person typed.
            span.set_status(_api().StatusCode.ERROR)
            raise


def set_attributes(span: Any, attributes: dict[str, str | int]) -> None:
    """Set what may be said of a span; raise ValueError for anything else."""
    if not ALLOWED.issuperset(attributes):
        raise ValueError(f"not among what a trace may say: {sorted(set(attributes) - ALLOWED)}")
    span.set_attributes(attributes)


@cache
def tracer() -> Any:
    """Return what makes spans; raise ImproperlyConfigured where its packages are not installed."""
    try:
        sdk = import_module("opentelemetry.sdk.trace")
        sending = import_module("opentelemetry.sdk.trace.export")
        otlp = import_module("opentelemetry.exporter.otlp.proto.http.trace_exporter")
        resources = import_module("opentelemetry.sdk.resources")
    except ImportError as error:
        raise ImproperlyConfigured(
            "OTEL_EXPORTER_OTLP_ENDPOINT is set, but the packages that send traces are not installed: "
            "run sh tools/python.sh traces."
        ) from error
    provider = provider_of(sdk, resources)
    provider.add_span_processor(sending.BatchSpanProcessor(otlp.OTLPSpanExporter()))
    return provider.get_tracer("alongside")


def provider_of(sdk: Any, resources: Any) -> Any:
    """Return the library's provider, with our numbers; a name in OTEL_SERVICE_NAME goes before ours."""
    named = resources.Resource({"service.name": "alongside"}).merge(resources.OTELResourceDetector().detect())
    return sdk.TracerProvider(
        id_generator=_numbers(import_module("opentelemetry.sdk.trace.id_generator")), resource=named
    )


def _numbers(ids: Any) -> Any:
    class OfTheRequest(ids.RandomIdGenerator):  # type: ignore[misc] # known only once it is imported
        """Gives a trace the number of the request that is being answered."""

        def generate_trace_id(self) -> int:
            said = structlog.contextvars.get_contextvars().get("request_id")
            return UUID(said).int if said else int(super().generate_trace_id())

    return OfTheRequest()


@contextmanager
def _span(name: str, *, kind: str, attributes: dict[str, str | int]) -> Iterator[Any]:
    begun = tracer().start_as_current_span(
        name, kind=getattr(_api().SpanKind, kind), record_exception=False, set_status_on_exception=False
    )
    with begun as span:
        set_attributes(span, attributes)
        yield span


def _statement(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    """Have a span go with a statement, which says only what kind of statement it was."""
    first = str(sql).split(None, 1)[:1]
    operation = first[0].upper() if first and first[0].upper() in OPERATIONS else OTHER
    with _span(operation, kind="CLIENT", attributes={"db.system.name": "postgresql", "db.operation.name": operation}):
        return execute(sql, params, many, context)


@cache
def _api() -> Any:
    return import_module("opentelemetry.trace")
