"""The worker killed while it tells people, again and again: everybody is told, and nobody twice."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from backend.operations.supervisor import NOT_INHERITED
from backend.operations.surroundings import ROOT
from tests.factories import submitted
from tests.faults.invariants import violations
from tests.faults.owner import read
from tests.faults.telling import everybody_is_told

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.faults]

# One for each ten of the web server: a worker takes seconds to start, and is at work for less than one.
KILLS = max(1, int(os.environ.get("KILLS", "500")) // 10)
REFERRALS, LONGEST = 20, 60
_TOLD = "SELECT count(*) FROM notifications_message"
_WAITING = "SELECT count(*) FROM notifications_outbox WHERE state = 'pending'"


@contextmanager
def _working() -> Iterator[subprocess.Popen[bytes]]:
    """The worker's own process; whoever leaves has killed it."""
    environment = {**os.environ, **dict.fromkeys(NOT_INHERITED, "")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "backend.config.settings",
        "DATABASE_URL": os.environ["WORKER_DATABASE_URL"],
        "LOG_LEVEL": "ERROR",
    }
    process = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _wait_until_it_tells(process: subprocess.Popen[bytes], told: int) -> None:
    deadline = time.monotonic() + LONGEST
    while read(_TOLD)[0][0] == told and read(_WAITING)[0][0]:
        assert process.poll() is None, "the worker does not start"
        assert time.monotonic() < deadline, "the worker tells nobody"
        time.sleep(0.005)


def test_a_worker_killed_while_it_tells_people_has_told_everybody_in_the_end_and_nobody_twice() -> None:
    moments = random.Random(20261128)
    met = 0
    for _ in range(KILLS):
        for _one in range(REFERRALS):
            submitted()
        told = read(_TOLD)[0][0]
        with _working() as process:
            _wait_until_it_tells(process, told)
            time.sleep(moments.uniform(0, 0.3))
        waiting = read(_WAITING)[0][0]
        met += bool(waiting)
        # Whatever still waits is whole, and whatever is told is told once.
        found = violations()
        assert set(found) <= {"I5"}
        assert {kind for kind, *_rest in found.get("I5", [])} <= {"waits"}
    everybody_is_told()
    assert violations() == {}
    assert met, "no kill met a worker at work: nothing was tried"
    print(f"{KILLS} kills of the worker: {met} while somebody still waited to be told")  # noqa: T201 - the measure of the drill
