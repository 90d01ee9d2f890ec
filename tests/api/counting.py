"""Counts the statements of a request; what a transaction itself needs and what triggers do is not counted."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

_NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN", "COMMIT")


def statements(act: Callable[[], object]) -> list[str]:
    """The statements of an act, in order."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return [one["sql"] for one in captured.captured_queries if not one["sql"].startswith(_NOT_COUNTED)]


def said(found: list[str]) -> str:
    """The beginning of each, for whoever has to find the one too many."""
    return "\n".join(f"{number}. {sql[:160]}" for number, sql in enumerate(found, start=1))
