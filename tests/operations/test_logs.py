"""No log line may hold what a person typed."""

import json
import logging
import sys

import pytest
import structlog
from django.test import Client

from backend.config.logs import JSONLines, configure_structlog, logging_settings

SECRET = "Amara Okafor-Testcase"


def line_of(record: logging.LogRecord) -> str:
    return JSONLines().format(record)


def record_with(message: str, *args: object, **extra: object) -> logging.LogRecord:
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, args, None)
    for name, value in extra.items():
        setattr(record, name, value)
    return record


def test_an_exception_is_its_kind_and_place_but_not_its_text() -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise ValueError(f"no such child: {SECRET}") from cause
    except ValueError:
        record = record_with("failed")
        record.exc_info = sys.exc_info()
    line = line_of(record)
    written = json.loads(line)
    assert SECRET not in line
    assert written["exception"] == ["builtins.ValueError", "builtins.KeyError"]
    assert any("test_logs.py" in frame for frame in written["frames"])


@pytest.mark.parametrize("name", ["request", "body", "data", "params", "sql", "exc_text", "stack_info"])
def test_what_django_hangs_on_a_record_is_dropped(name: str) -> None:
    assert SECRET not in line_of(record_with("failed", **{name: SECRET}))


def test_a_query_string_is_cut_off() -> None:
    assert SECRET not in line_of(record_with("Not Found: /children/?name=%s", SECRET))


def test_structlog_and_logging_write_the_same_shape() -> None:
    configure_structlog()
    assert json.loads(line_of(record_with("said")))["event"] == "said"
    assert logging_settings("INFO")["root"]["level"] == "WARNING"


@pytest.mark.django_db
def test_a_request_leaves_its_route_and_nothing_else(client: Client) -> None:
    with structlog.testing.capture_logs() as lines:
        client.get("/api/v1/agencies/", {"name": SECRET})
    answered = [line for line in lines if line["event"] == "answered"]
    assert len(answered) == 1
    assert set(answered[0]) == {"event", "log_level", "method", "route", "status", "milliseconds"}
    assert SECRET not in json.dumps(lines, default=str)
