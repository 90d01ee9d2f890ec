"""A trace says by which route and in which steps, and nothing that a person typed or is."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import structlog
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from opentelemetry.sdk import resources, trace
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from backend.operations.middleware import RequestLog
from backend.operations.watching import tracing
from backend.operations.watching.tracing import ALLOWED, Traces, set_attributes

SECRET = "Amara Okafor-Testcase"
A_CHILD = "0193f1c2-7d4e-7b2a-8c1d-5e6f7a8b9c0d"


@pytest.fixture
def kept(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """What a collector would be sent."""
    exporter = InMemorySpanExporter()
    provider = tracing.provider_of(trace, resources)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(tracing, "tracer", lambda: provider.get_tracer("alongside"))
    settings.TRACES_TO = "http://127.0.0.1:9"
    yield exporter
    provider.shutdown()


def asks(status: int) -> Any:
    def answer(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s", [SECRET])
            cursor.execute(f"/* {SECRET} */ SELECT 1")
        return HttpResponse(status=status)

    return answer


@pytest.mark.django_db
def test_a_request_is_traced_by_its_route_and_number_and_says_nothing_else(kept: InMemorySpanExporter) -> None:
    path = f"/api/v1/cases/{A_CHILD}/"
    request = RequestFactory().get(path, {"name": SECRET}, headers={"traceparent": f"00-{'a' * 32}-{'b' * 16}-01"})
    request.resolver_match = resolve(path)
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        answer = RequestLog(Traces(asks(500)))(request)

    spans = kept.get_finished_spans()
    assert [span.name for span in spans] == ["SELECT", "_OTHER", "GET api/v1/cases/<uuid:pk>/"]
    number = UUID(answer.headers["X-Request-Id"])
    assert {span.context.trace_id for span in spans} == {number.int}
    (line,) = [one for one in lines if one["event"] == "answered"]
    assert (line["request_id"], line["trace_id"]) == (str(number), number.hex)
    assert spans[-1].status.status_code is StatusCode.ERROR
    assert {name for span in spans for name in span.attributes or ()} <= ALLOWED
    told = "".join(span.to_json() for span in spans)
    for never in (SECRET, "Amara", A_CHILD, "name=", "b" * 16):
        assert never not in told


@pytest.mark.django_db
def test_a_job_that_fails_is_traced_without_its_words(kept: InMemorySpanExporter) -> None:
    with pytest.raises(LookupError), tracing.job("made.up"):
        raise LookupError(SECRET)
    (span,) = kept.get_finished_spans()
    assert (span.name, span.status.status_code, span.status.description) == ("made.up", StatusCode.ERROR, None)
    assert SECRET not in span.to_json()


def test_whatever_is_not_on_the_list_cannot_be_said() -> None:
    with pytest.raises(ValueError, match=r"url\.path"):
        set_attributes(None, {"url.path": "/"})


def test_where_no_collector_is_named_nothing_is_traced_or_imported() -> None:
    with pytest.raises(MiddlewareNotUsed):
        Traces(lambda _request: HttpResponse())
    with tracing.job("made.up"):
        pass
    said = "import sys, backend.operations.watching.tracing; print([m for m in sys.modules if 'opentelemetry' in m])"
    ran = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_without_its_packages_the_start_stops_with_a_sentence(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_missing(name: str) -> None:
        raise ImportError(name)

    settings.TRACES_TO = "http://127.0.0.1:9"
    tracing.tracer.cache_clear()
    monkeypatch.setattr(tracing, "import_module", is_missing)
    with pytest.raises(ImproperlyConfigured, match=r"tools/python\.sh traces"):
        Traces(lambda _request: HttpResponse())
