"""The line between worker and database goes silent, or is cut: the worker gives up waiting, and works again."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from urllib.parse import urlsplit, urlunsplit

import pytest

from backend.config.databases import SILENT_AFTER
from backend.operations.supervisor import NOT_INHERITED
from backend.operations.surroundings import ROOT
from tests.factories import submitted
from tests.faults.invariants import violations
from tests.faults.link import Link
from tests.faults.owner import read

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.faults]

STATEMENT_SECONDS = 8
# In the middle of a statement: the longest silence, then the two seconds between two rounds, and some to connect.
RECOVERY = STATEMENT_SECONDS * SILENT_AFTER + 2 + 5
BROKEN_SECONDS = 20.0
_WAITING = "SELECT count(*) FROM notifications_outbox WHERE state = 'pending'"
_HEARD = "SELECT extract(epoch FROM now() - max(at))::float FROM notifications_heartbeat"
# The periodic jobs have connections of their own, and another sign of life.
_JOBS_HEARD = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '2 seconds'"
FAULTS: dict[str, Callable[[Link], AbstractContextManager[None]]] = {"cut": Link.cut, "hole": Link.hole}


def _until(true: Callable[[], bool], *, seconds: float) -> float:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, "it did not happen"
        time.sleep(0.05)
    return time.monotonic() - began


@pytest.fixture
def link() -> Iterator[Link]:
    """The line to this run's database server."""
    address = urlsplit(os.environ["DATABASE_URL"])
    made = Link((str(address.hostname), int(address.port or 0)))
    yield made
    made.end()


@pytest.fixture
def worker(link: Link) -> Iterator[subprocess.Popen[bytes]]:
    """The worker's own process, whose only way to the database is the line."""
    address = urlsplit(os.environ["WORKER_DATABASE_URL"])
    through = address._replace(netloc=f"{address.username}:{address.password}@127.0.0.1:{link.port}")
    environment = {**os.environ, **dict.fromkeys(NOT_INHERITED, "")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "backend.config.settings",
        "DATABASE_URL": urlunsplit(through),
        "STATEMENT_TIMEOUT_MS": str(STATEMENT_SECONDS * 1000),
        "LOG_LEVEL": "ERROR",
    }
    process = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=environment)
    try:
        _until(lambda: bool(read("SELECT 1 FROM procrastinate_workers")), seconds=60)
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_worker_whose_database_is_silent_gives_up_and_works_again_when_it_speaks(
    worker: subprocess.Popen[bytes], link: Link, fault: str
) -> None:
    submitted()
    _until(lambda: read(_WAITING) == [(0,)], seconds=30)
    for _one in range(40):
        submitted()
    _until(lambda: 0 < read(_WAITING)[0][0] < 40, seconds=30)
    with FAULTS[fault](link):
        # It was at work when the line broke; more comes while it is broken.
        threading.Event().wait(BROKEN_SECONDS)
        submitted()
        assert read(_HEARD)[0][0] > BROKEN_SECONDS / 2, "the fault did not reach it"
    delivered = _until(lambda: read(_WAITING) == [(0,)], seconds=RECOVERY)
    jobs = _until(lambda: read(_JOBS_HEARD) != [(0,)], seconds=2 * RECOVERY)
    print(f"{fault}: delivers after {delivered:.1f} s, periodic jobs after {jobs:.1f} s more")  # noqa: T201 - the measure of the drill
    assert worker.poll() is None
    assert violations() == {}
