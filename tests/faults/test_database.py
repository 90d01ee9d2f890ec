"""The database is killed under people at work, whole or by its backends: nothing acknowledged is lost."""

import os
import signal
import threading
from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import connections

from backend.operations import processes
from tests import databases
from tests.faults.invariants import violations
from tests.faults.load import Load
from tests.faults.telling import everybody_is_told
from tests.faults.web import Web

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.faults]

LONGEST, RECOVERY = 8.0, 5.0
ROUNDS = 30
_BACKENDS = """SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE usename = 'alongside_web' AND datname = %s"""


@pytest.fixture
def web() -> Iterator[Web]:
    """The web server with the product's own limits."""
    made = Web(options={"--blocking-threads": "8"}, settings={"STATEMENT_TIMEOUT_MS": "8000"})
    made.start()
    yield made
    made.end()


def _backends_are_killed() -> int:
    """Again and again, whatever they are doing; return how many were."""
    killed = 0
    with psycopg.connect(databases.server().url(), autocommit=True) as server:
        for _ in range(ROUNDS):
            threading.Event().wait(0.3)
            row = server.execute(_BACKENDS, [databases.own_name()]).fetchone()
            killed += row[0] if row else 0
    return killed


def _the_server_is_killed() -> int:
    """Three times, without a chance to finish anything, and started as the supervisor starts it."""
    assert databases.DRILLS, "only a drill's own server may be killed: make test-faults"
    for _ in range(3):
        threading.Event().wait(2)
        connections.close_all()
        with psycopg.connect(databases.server().url(), autocommit=True) as server:
            (file,) = server.execute("SELECT pg_read_file('postmaster.pid')").fetchone() or ("0",)
        number = int(file.split()[0])
        os.kill(number, signal.SIGQUIT)
        assert processes.wait_until_gone(number, seconds=30)
        databases.server().start()
    return 3


FAULTS: dict[str, Callable[[], int]] = {"backends": _backends_are_killed, "server": _the_server_is_killed}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_was_acknowledged_before_the_database_was_killed_is_there_and_the_rest_goes_through_later(
    web: Web, fault: str
) -> None:
    load = Load(web)
    with load.running():
        load.reading().of(web)
        killed = FAULTS[fault]()
        recovered = load.seconds_until_well()
    load.finish()
    everybody_is_told()
    statuses, slowest = load.account.statuses(), load.account.slowest()
    print(f"{fault}: {killed} killed, {statuses}, slowest {slowest:.1f} s, well in {recovered:.1f} s")  # noqa: T201 - the measure of the drill
    assert violations(load.account.asked) == {}
    assert set(statuses) <= {200, 503}
    assert load.account.unexplained() == []
    assert slowest <= LONGEST
    assert recovered <= RECOVERY
