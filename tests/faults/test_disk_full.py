"""The disk is full where records are kept: nobody's work is half there, reading goes on, and room makes all well.

The log of who looked has a place of its own here, as docs/how-to/run-on-your-own-postgresql.md asks for: where that is
full too, nothing may be read, because nobody could say who did.
"""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections

from tests import databases
from tests.faults.invariants import violations
from tests.faults.load import Load
from tests.faults.telling import everybody_is_told
from tests.faults.web import Web

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.faults]

LONGEST, TURNED_AWAY = 8.0, 20
SPACE = "drill_small"
# What every act writes, and the log does not: the events, their history, what is told of them.
MOVED = ("audit_event", "referrals_historicalreferral", "notifications_outbox", "workflow_idempotencykey")


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of a few megabytes which is the place of what acts write; only root may mount one."""
    with tempfile.TemporaryDirectory(prefix="drill-disk-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m,mode=0755", "tmpfs", folder], check=True)
        try:
            with _space_in(place):
                yield place
        finally:
            subprocess.run(["umount", folder], check=True)


@contextmanager
def _space_in(place: Path) -> Iterator[None]:
    inside = place / "space"
    inside.mkdir()
    with psycopg.connect(databases.server().url(database=databases.own_name()), autocommit=True) as server:
        (data,) = server.execute("SELECT current_setting('data_directory')").fetchone() or ("",)
        os.chown(inside, Path(data).stat().st_uid, Path(data).stat().st_gid)
        server.execute(f"CREATE TABLESPACE {SPACE} LOCATION '{inside}'".encode())
        _move(server, SPACE)
        try:
            yield
        finally:
            connections.close_all()
            _move(server, "pg_default")
            server.execute(f"DROP TABLESPACE {SPACE}".encode())


def _move(server: psycopg.Connection[Any], space: str) -> None:
    for table in MOVED:
        server.execute(f"ALTER TABLE {table} SET TABLESPACE {space}".encode())


@contextmanager
def _full(place: Path) -> Iterator[None]:
    """Not a byte is left inside."""
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    yield
    filler.unlink()


@pytest.fixture
def web() -> Iterator[Web]:
    """The web server with the product's own limits."""
    made = Web(options={"--blocking-threads": "8"}, settings={"STATEMENT_TIMEOUT_MS": "8000"})
    made.start()
    yield made
    made.end()


def test_while_the_disk_is_full_reading_goes_on_and_what_could_not_be_kept_goes_through_afterwards(
    small_disk: Path, web: Web
) -> None:
    load = Load(web, senders=3, referrals=60)
    with load.running():
        load.reading().of(web)
        with _full(small_disk):
            began = len(load.account.answers)
            refused = _until_so_many_are_turned_away(load, began, TURNED_AWAY)
            reads = [answer for verb, answer in load.account.answers[began:] if verb == "referral.read" and answer]
    load.finish()
    everybody_is_told()
    slowest = load.account.slowest()
    print(f"disk full: {refused} submits turned away, {len(reads)} reads meanwhile, slowest {slowest:.1f} s")  # noqa: T201 - the measure of the drill
    assert violations(load.account.asked) == {}
    assert {answer.status for answer in reads} == {200}
    assert set(load.account.statuses()) <= {200, 503}
    assert load.account.unexplained() == []
    assert slowest <= LONGEST


def _until_so_many_are_turned_away(load: Load, began: int, number: int) -> int:
    deadline = time.monotonic() + 120
    while True:
        answers = load.account.answers[began:]
        away = [answer for verb, answer in answers if verb == "referral.submit" and answer and answer.status == 503]
        if len(away) >= number:
            return len(away)
        assert time.monotonic() < deadline, "the disk is full, and everything is kept all the same"
        time.sleep(0.05)
