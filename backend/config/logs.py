"""Logs as JSON lines that never hold personal data: no bodies, no query strings, no exception texts."""

import logging
import sys
from http import HTTPStatus
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# What Django attaches to a log record that could name a child: dropped before anything is written.
NEVER_LOGGED = frozenset({"request", "body", "data", "params", "sql", "args", "exc_text", "stack_info"})


def _frames(trace: TracebackType | None) -> list[str]:
    frames: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return frames[-25:]


def describe_exception(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Replace an exception by its kind and where it happened: its text may quote what a person typed."""
    info = event.pop("exc_info", None)
    if not info:
        return event
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    elif not isinstance(info, tuple):
        info = sys.exc_info()
    kinds: list[str] = []
    error = info[1]
    while error is not None and len(kinds) < 10:
        kinds.append(f"{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or error.__context__
    if kinds:
        event["exception"] = kinds
        event["frames"] = _frames(info[2])
    return event


def drop_personal(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Take out every key that could carry what people typed, and the query string of a path."""
    for key in NEVER_LOGGED & event.keys():
        del event[key]
    for key in ("event", "path"):
        if isinstance(event.get(key), str) and "?" in event[key]:
            event[key] = event[key].split("?", 1)[0]
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    describe_exception,
    drop_personal,
]


def configure_structlog() -> None:
    """Send structlog through the standard library, so that one formatter writes every line."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class JSONLines(structlog.stdlib.ProcessorFormatter):
    """One JSON object a line, the same for structlog and for libraries that use `logging`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(sort_keys=True),
            ],
            foreign_pre_chain=SHARED,
        )


class Accidents(logging.Filter):
    """Keeps errors and drops refusals: "not ready" and "busy" are answers, asked for every second by some."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether the record is about an accident."""
        return getattr(record, "status_code", None) != HTTPStatus.SERVICE_UNAVAILABLE


def logging_settings(level: str) -> dict[str, Any]:
    """Django's LOGGING: everything to standard error, libraries from warning upwards."""
    configure_structlog()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"accidents": {"()": "backend.config.logs.Accidents"}},
        "formatters": {"json": {"()": JSONLines}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": logging.getLevelName(logging.WARNING)},
        "loggers": {
            "backend": {"level": level},
            "django.request": {"level": "ERROR", "filters": ["accidents"]},
            "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "django": {"handlers": [], "level": "WARNING"},
        },
    }
