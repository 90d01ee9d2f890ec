"""Each thing that Alongside stands on is found when it is not well, in words, and nobody outside hears the words."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import psycopg
import pytest
import structlog
from django.core.management import call_command
from django.test import Client

from backend.operations.backups import places
from backend.operations.postgres.cluster import Cluster
from backend.operations.watching import dependencies, jobs
from tests.notifications.staff import rows
from tests.worker import worker_login

DATABASE = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
DUE = """INSERT INTO notifications_outbox
  (id, state, attempts, next_try_at, last_error, audience, message, fields, path, urgent, created_at)
  VALUES (gen_random_uuid(), 'pending', 0, now() - interval '6 minutes', '', '{}', 'm', '{}', '/', false, now())
  RETURNING 1"""


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folders of this test's own, and a worker that lives."""
    (tmp_path / "documents").mkdir()
    monkeypatch.setenv("DOCUMENT_FOLDER", str(tmp_path / "documents"))
    monkeypatch.setattr(dependencies, "LEAST_FREE_BYTES", 0)
    monkeypatch.setattr(dependencies, "LEAST_FREE_PART", 0)
    monkeypatch.delenv("BACKUP_FOLDER", raising=False)
    return tmp_path


def beats() -> None:
    rows("INSERT INTO notifications_heartbeat VALUES ('here', now()) RETURNING 1")


def found() -> dict[str, str]:
    with worker_login():
        return {one.name: one.reason for one in dependencies.findings(using="default")}


def backup_of(folder: Path, age: timedelta) -> None:
    moment = datetime.now(UTC) - age
    made = folder / f"{moment:{places.NAMED}}"
    made.mkdir(parents=True)
    places.write_about(made, whole_at=moment, major=18, first_wal="0" * 24)


@DATABASE
def test_where_all_is_well_nothing_is_said_and_the_command_ends_well(surroundings: Path) -> None:
    with worker_login():
        beats()
    assert set(found().values()) == {""}
    told = StringIO()
    call_command("health", stdout=told)
    assert told.getvalue().count(" ok\n") == len(found())


@DATABASE
def test_what_is_not_well_is_said_in_the_command_and_warned_of_in_the_log_but_not_outside(client: Client) -> None:
    with worker_login():
        rows(DUE)
        with structlog.testing.capture_logs() as lines:
            assert jobs.look_after() == 2
    warned = {line["dependency"]: line["reason"] for line in lines if line["log_level"] == "warning"}
    assert warned == {
        "worker": "no worker has given a sign of life for half a minute",
        "outbox": "what is to be delivered has been due for 6 minutes",
    }
    told = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("health", stdout=told)
    assert ended.value.code == 1
    assert "has been due for 6 minutes" in told.getvalue()
    outside = client.get("/api/v1/health/ready").json()
    assert set(outside["checks"]) == {"database", "migrations", "worker"}
    assert set(outside["checks"].values()) <= {"ok", "waiting", "failed"}
    assert "minutes" not in json.dumps(outside)


def here() -> dict[str, str]:
    """What is found on the machine, without asking a database."""
    return {
        "documents": dependencies._writable(dependencies.beside_the_database()["documents"]),
        "disk": dependencies._room(),
        "backup": dependencies._last_backup(dependencies.backup_folder() or Path("/")),
    }


def test_a_store_that_cannot_be_written_to_is_found(surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert here()["documents"] == ""
    # Whoever may do everything may write into any folder; into this one nobody can.
    monkeypatch.setenv("DOCUMENT_FOLDER", "/proc")
    assert "nothing can be written there" in here()["documents"]
    monkeypatch.setenv("DOCUMENT_FOLDER", str(surroundings / "comes" / "later"))
    assert here()["documents"] == ""


def test_a_disk_without_room_is_found_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert here()["disk"] == ""
    monkeypatch.setattr(dependencies, "LEAST_FREE_PART", 1.1)
    assert "documents" in here()["disk"]


@pytest.mark.parametrize(
    ("ages", "said"), [((), "no whole backup"), ((50, 27), "27 hours old"), ((50, 3), "")], ids=str
)
def test_a_backup_that_is_missing_or_old_is_found(
    surroundings: Path, monkeypatch: pytest.MonkeyPatch, ages: tuple[int, ...], said: str
) -> None:
    folder = surroundings / "backups"
    folder.mkdir()
    monkeypatch.setenv("BACKUP_FOLDER", str(folder))
    for hours in ages:
        backup_of(folder, timedelta(hours=hours))
    assert (said in here()["backup"]) if said else here()["backup"] == ""


def test_a_log_of_changes_that_cannot_be_copied_away_is_found_and_forgotten_when_it_can(tmp_path: Path) -> None:
    for above in (tmp_path, *tmp_path.parents[:2]):
        above.chmod(0o711)
    folder = tmp_path / "backups"
    cluster = Cluster(tmp_path / "server" / "postgres", archive=folder / places.WAL)
    cluster.start()
    try:
        with psycopg.connect(cluster.url(), autocommit=True) as server:
            assert _failing(server, expected=False) is False
            moved = (folder / places.WAL).rename(folder / "elsewhere")
            (folder / places.WAL).write_text("in the way")
            assert _failing(server, expected=True)
            (folder / places.WAL).unlink()
            moved.rename(folder / places.WAL)
            assert not _failing(server, expected=False)
    finally:
        cluster.leave(stop_anyway=True)


def _failing(server: psycopg.Connection, *, expected: bool) -> bool:
    """Have a piece copied, and wait until the server says how that went; it tries anew once a minute."""
    server.execute("CREATE TABLE IF NOT EXISTS filler (x int)")
    server.execute("INSERT INTO filler VALUES (1)")
    server.execute("SELECT pg_switch_wal()")
    end = time.monotonic() + 100
    while dependencies.archive_fails(server) is not expected and time.monotonic() < end:  # type: ignore[arg-type] # has a cursor too
        time.sleep(0.2)
    return dependencies.archive_fails(server)  # type: ignore[arg-type] # as above
