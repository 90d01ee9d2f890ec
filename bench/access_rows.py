"""What the access row costs: `.venv/bin/python manage.py shell -c "from bench.access_rows import run; run()"`.

In a demo city (`make run`, once). The same requests with the row and without it take turns in one process, so that what
else the machine does falls on both; prints milliseconds, the difference of each pair, and how many statements each is.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from statistics import quantiles

from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from backend.access import transaction
from backend.agencies.models import Membership
from backend.agencies.roles import Role
from backend.audit.access_log import write_access_row
from tests.actors import Browser, browser_of

PAIRS, BEFORE = 400, 20
PATHS = ("session/", "cases/", "cases/{case}/", "cases/{case}/plan/", "cases/{case}/notes/")


def run() -> None:
    """Print a line a path."""
    with override_settings(ALLOWED_HOSTS=["*"]):
        browser, case = _worker_with_a_case()
        for path in PATHS:
            _print(path, partial(browser.get, path.format(case=case)))


def _worker_with_a_case() -> tuple[Browser, str]:
    for member in Membership.objects.filter(role=Role.CASE_WORKER, ended_at=None).select_related("user", "agency"):
        browser = browser_of(member)
        found = browser.get("cases/").json()["results"]
        if found:
            return browser, found[0]["id"]
    raise LookupError("nobody works on a case here: make a demo city first")


def _print(path: str, act: Callable[[], object]) -> None:
    written, unwritten = [], []
    for nth in range(BEFORE + PAIRS):
        # Whoever comes second finds warm caches: they take turns in that, too.
        order = [(True, written), (False, unwritten)]
        for is_written, took in order if nth % 2 else reversed(order):
            took.append(_milliseconds(act, is_written=is_written))
    pairs = [one - other for one, other in zip(written[BEFORE:], unwritten[BEFORE:], strict=True)]
    (with50, with95), (without50, without95), (more50, more95) = map(
        _cuts, (written[BEFORE:], unwritten[BEFORE:], pairs)
    )
    print(
        f"{path}: with {with50:.1f} / {with95:.1f} ms (p50 / p95), without {without50:.1f} / {without95:.1f}, ratio "
        f"{with50 / without50:.2f} / {with95 / without95:.2f}, difference of a pair {more50:.2f} / {more95:.2f}, "
        f"statements {_statements(act, is_written=True)} and {_statements(act, is_written=False)}",
        flush=True,
    )


def _milliseconds(act: Callable[[], object], *, is_written: bool) -> float:
    with _writing(is_written=is_written):
        began = time.perf_counter()
        act()
        return (time.perf_counter() - began) * 1000


def _statements(act: Callable[[], object], *, is_written: bool) -> int:
    with _writing(is_written=is_written), CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


@contextmanager
def _writing(*, is_written: bool) -> Iterator[None]:
    transaction._writers[:] = [write_access_row] if is_written else []
    try:
        yield
    finally:
        transaction._writers[:] = [write_access_row]


def _cuts(took: list[float]) -> tuple[float, float]:
    cuts = quantiles(took, n=20, method="inclusive")
    return cuts[9], cuts[18]
