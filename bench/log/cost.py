"""What the access row costs a request: the same request with the row and without it, in turns, in one process.

So what else the machine does falls on both. In a small demo city on the tests' server, as the web role.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from statistics import median, quantiles
from tempfile import NamedTemporaryFile

from django.db import connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext, override_settings

from backend.access import transaction
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.audit.access_log import write_access_row
from backend.operations.surroundings import VAR
from bench.city.making import connected_to
from tests import databases
from tests.actors import Browser, browser_of

_BEFORE = 20
_PATHS = ("cases/", "cases/{case}/", "cases/{case}/plan/", "cases/{case}/notes/", "cases/{case}/timeline/")
_HEAD = ["| Page | with: p50 | p95 ms | without: p50 | p95 ms | median of pairs | the row itself: p50 | p95 ms |"]


@dataclass
class _Took:
    """Milliseconds of requests with the row, of those without, and of writing the row."""

    with_row: list[float] = field(default_factory=list)
    without: list[float] = field(default_factory=list)
    row: list[float] = field(default_factory=list)


def lines(pairs: int) -> Sequence[str]:
    """Measure each page, and return a table of them."""
    name = databases.own_name("bench_log")
    databases.renew(name, template=databases.city_template())
    table, rows = [*_HEAD, "|---" * 8 + "|"], []
    try:
        with connected_to(name), override_settings(ALLOWED_HOSTS=["*"]):
            browser, case = _worker_with_a_case()
            for path in _PATHS:
                act = partial(browser.get, path.format(case=case))
                took = _measured(act, pairs)
                rows += took.row
                table.append(f"| `{path}` | {_said(took)} |")
            more = _statements(act, is_written=True) - _statements(act, is_written=False)
    finally:
        databases.drop(name)
    row50, row95 = _cuts(rows)
    flush50, flush95 = _cuts([_flush() for _ in range(100)])
    said = f"The row itself, over all of them: {row50:.2f} ms (p50), {row95:.2f} ms (p95); {more} statement more."
    disk = f"one that does adds a flush to what would only have read, here {flush50:.2f} and {flush95:.2f} ms."
    return [*table, "", said, f"This server does not wait for its disk; {disk}"]


def _worker_with_a_case() -> tuple[Browser, str]:
    for member in Membership.objects.filter(role=Role.CASE_WORKER, ended_at=None).select_related("user", "agency"):
        browser = browser_of(member)
        found = browser.get("cases/").json()["results"]
        if found:
            return browser, found[0]["id"]
    raise LookupError("nobody works on a case in this city")


def _measured(act: Callable[[], object], pairs: int) -> _Took:
    took = _Took()
    for nth in range(_BEFORE + pairs):
        if nth == _BEFORE:
            took = _Took()
        # Whoever comes second finds warm caches: they take turns in that, too.
        for is_written in (True, False) if nth % 2 else (False, True):
            (took.with_row if is_written else took.without).append(_milliseconds(act, took, is_written=is_written))
    return took


def _milliseconds(act: Callable[[], object], took: _Took, *, is_written: bool) -> float:
    with _writing(took.row, is_written=is_written):
        began = time.perf_counter()
        act()
        return (time.perf_counter() - began) * 1000


def _statements(act: Callable[[], object], *, is_written: bool) -> int:
    with _writing([], is_written=is_written), CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


@contextmanager
def _writing(took: list[float], *, is_written: bool) -> Iterator[None]:
    def write(request: HttpRequest, status: int) -> None:
        began = time.perf_counter()
        write_access_row(request, status)
        took.append((time.perf_counter() - began) * 1000)

    transaction._writers[:] = [write] if is_written else []
    try:
        yield
    finally:
        transaction._writers[:] = [write_access_row]


def _flush() -> float:
    """How long this disk takes to have eight kilobytes for good, as the end of a transaction that wrote waits for."""
    with NamedTemporaryFile(dir=VAR) as file:
        began = time.perf_counter()
        file.write(bytes(8192))
        file.flush()
        os.fsync(file.fileno())
        return (time.perf_counter() - began) * 1000


def _said(took: _Took) -> str:
    pairs = [one - other for one, other in zip(took.with_row, took.without, strict=True)]
    numbers = [*_cuts(took.with_row), *_cuts(took.without), median(pairs), *_cuts(took.row)]
    return " | ".join(f"{number:.2f}" for number in numbers)


def _cuts(took: Sequence[float]) -> tuple[float, float]:
    cuts = quantiles(took, n=20, method="inclusive")
    return cuts[9], cuts[18]
