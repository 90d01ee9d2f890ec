"""The worker's process: it wakes up, works off, beats, survives a lost database and stops when told to."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.test import Client

from backend.access.binding import acting
from backend.notifications import schedule
from backend.notifications.audience import Person
from backend.notifications.commands import tell
from backend.operations import periodic
from backend.operations.worker import CHANNEL
from tests import databases
from tests.notifications import staff
from tests.notifications.staff import rows
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
ROOT = Path(__file__).resolve().parents[2]


def until(true: Callable[[], bool], *, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


@contextmanager
def running_worker() -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "backend.config.settings",
        "DATABASE_URL": os.environ["WORKER_DATABASE_URL"],
        "LOG_LEVEL": "INFO",
    }
    del environment["OWNER_DATABASE_URL"]
    process = subprocess.Popen(
        [sys.executable, "manage.py", "work"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def worker() -> Iterator[subprocess.Popen[str]]:
    with running_worker() as process:
        until(lambda: bool(rows("SELECT 1 FROM notifications_heartbeat")))
        yield process


def say(times: int = 1) -> None:
    manager = staff.member(staff.partnership().front_door)
    with acting(manager):
        for _ in range(times):
            tell(
                event_id=None,
                root_id=None,
                audience=Person(manager.user_id),
                message="deadline_at",
                fields={"clock": "Decide", "reference": "R-1", "due": "5pm"},
                path="/",
            )


def cut_connections() -> int:
    """What a restart of the database does to the worker's connections; only the server's superuser may."""
    cut = databases.on_server(
        f"""SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE usename = 'alongside_worker' AND datname = '{databases.own_name()}'"""
    )
    return len(cut)


def delivered(count: int) -> bool:
    return rows("SELECT count(*) FROM notifications_message") == [(count,)]


def test_it_delivers_survives_a_lost_database_and_stops_gracefully(
    worker: subprocess.Popen[str], client: Client
) -> None:
    ready = client.get("/api/v1/health/ready")
    assert (ready.status_code, ready.json()["checks"]["worker"]) == (200, "ok")

    say()
    until(lambda: delivered(1), seconds=5)

    assert cut_connections()
    say()
    until(lambda: delivered(2))
    assert worker.poll() is None

    worker.send_signal(signal.SIGTERM)
    _, log = worker.communicate(timeout=20)
    assert worker.returncode == 0
    assert "worker stopped" in log
    assert "Traceback" not in log


def test_a_worker_killed_in_the_middle_loses_nothing_and_repeats_nothing() -> None:
    say(300)

    with running_worker() as first:
        until(lambda: rows("SELECT count(*) BETWEEN 1 AND 280 FROM notifications_message") == [(True,)])
        first.kill()
    assert not delivered(300)
    with running_worker():
        until(lambda: delivered(300))
        until(lambda: rows("SELECT count(*) FROM notifications_outbox WHERE state = 'pending'") == [(0,)])

    assert rows("SELECT count(DISTINCT outbox_id) FROM notifications_message") == [(300,)]


def test_without_a_heartbeat_it_is_not_ready(client: Client) -> None:
    response = client.get("/api/v1/health/ready")

    assert (response.status_code, response.json()["checks"]["worker"]) == (503, "waiting")
    assert client.get("/api/v1/health/live").status_code == 200


def test_an_old_heartbeat_is_none(client: Client) -> None:
    with worker_login():
        rows("INSERT INTO notifications_heartbeat VALUES ('gone', now() - interval '31 seconds') RETURNING 1")

    assert client.get("/api/v1/health/ready").json()["checks"]["worker"] == "waiting"


def test_every_registered_job_has_a_time_and_runs_on_an_empty_database() -> None:
    with worker_login():
        app = periodic.make_app()
        assert {name for name, _ in app.periodic_registry.periodic_tasks} == set(schedule.jobs())
        for job in schedule.jobs().values():
            job.run()


def test_a_job_name_is_taken_once() -> None:
    schedule.register_job("made.up", cron=schedule.EVERY_MINUTE, run=say)
    try:
        schedule.register_job("made.up", cron=schedule.EVERY_MINUTE, run=say)
        with pytest.raises(ValueError, match=r"made\.up"):
            schedule.register_job("made.up", cron="0 1 * * *", run=say)
    finally:
        del schedule._jobs["made.up"]


def test_periodic_jobs_run_and_a_killed_ones_place_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[float] = []
    every_minute = schedule.Job("made.up", schedule.EVERY_MINUTE, lambda: ran.append(time.monotonic()))
    monkeypatch.setattr(schedule, "jobs", lambda: {"made.up": every_minute})
    rows(
        """INSERT INTO procrastinate_jobs (queue_name, task_name, status, args)
           VALUES ('default', 'made.up', 'doing', '{}') RETURNING 1"""
    )

    with worker_login():
        jobs = periodic.PeriodicJobs()
        jobs.start()
        until(lambda: bool(ran))
        until(lambda: rows("SELECT count(*) FROM procrastinate_jobs") == [(0,)])
        jobs.stop()

    assert not jobs._thread.is_alive()


def test_the_worker_listens_where_the_trigger_calls() -> None:
    with psycopg.connect(os.environ["OWNER_DATABASE_URL"], autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        say()
        assert [notice.channel for notice in listener.notifies(timeout=5, stop_after=1)] == [CHANNEL]
