"""The launcher survives what development machines do to servers."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from backend.operations.postgres import roles
from backend.operations.postgres.binaries import CannotRun, find_binaries
from backend.operations.postgres.cluster import Cluster
from backend.operations.surroundings import prepare_embedded, urls_of

STARTER = """
import sys
from pathlib import Path
from backend.operations.postgres.cluster import Cluster
cluster = Cluster(Path(sys.argv[1]), durable=False)
cluster.start()
print(cluster.url())
sys.stdout.flush()
sys.stdin.read()
cluster.leave()
"""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path / "postgres", durable=False)
    made.start()
    yield made
    made.leave(stop_anyway=True)


def postmaster(cluster: Cluster) -> int:
    return int((Path((cluster.folder / "data_directory").read_text()) / "postmaster.pid").read_text().splitlines()[0])


def test_data_outlive_a_killed_server(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "postgres")
    cluster.start()
    try:
        with psycopg.connect(cluster.url(), autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS x")
        pid = postmaster(cluster)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        assert not cluster.is_alive()
        cluster.start()
        with psycopg.connect(cluster.url()) as connection:
            assert connection.execute("SELECT x FROM kept").fetchone() == (1,)
    finally:
        cluster.leave(stop_anyway=True)


def test_a_process_number_used_by_someone_else_is_not_believed(cluster: Cluster) -> None:
    cluster.stop()
    data = Path((cluster.folder / "data_directory").read_text())
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n0\n0\n\n127.0.0.1\n")
    assert not cluster.is_alive()
    cluster.start()
    assert cluster.answers()


def test_a_taken_port_is_left_to_its_owner(cluster: Cluster) -> None:
    port = int((cluster.folder / "port").read_text())
    cluster.stop()
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind(("127.0.0.1", port))
        squatter.listen()
        cluster.start()
        assert int((cluster.folder / "port").read_text()) != port
        assert cluster.answers()


def test_secrets_are_private_and_no_trace_of_them_is_left(cluster: Cluster) -> None:
    assert (cluster.folder / "secrets.json").stat().st_mode & 0o077 == 0
    assert not list(cluster.folder.glob("password-*"))
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(cluster.url().replace(cluster.secret("postgres"), "guess"))


def test_four_starts_at_once_make_one_server_and_the_last_user_stops_it(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", STARTER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    urls = {starter.stdout.readline() for starter in starters if starter.stdout}
    assert len(urls) == 1
    for starter in starters[:3]:
        starter.communicate(timeout=30)
    cluster = Cluster(folder)
    assert cluster.answers()
    starters[3].communicate(timeout=30)
    assert not cluster.is_alive()


def test_data_of_another_version_are_refused_in_one_sentence(cluster: Cluster) -> None:
    cluster.stop()
    data = Path((cluster.folder / "data_directory").read_text())
    (data / "PG_VERSION").write_text("14\n")
    with pytest.raises(CannotRun, match="made by PostgreSQL 14"):
        cluster.start()


def test_roles_are_restricted_and_made_once(cluster: Cluster) -> None:
    prepare_embedded(cluster)
    prepare_embedded(cluster)
    urls = urls_of(cluster)
    with psycopg.connect(urls["OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute("CREATE TABLE thing (x int)")
        found = owner.execute("SELECT extname FROM pg_extension").fetchall()
        assert {name for (name,) in found} >= set(roles.EXTENSIONS)
    for variable in ("DATABASE_URL", "WORKER_DATABASE_URL"):
        with psycopg.connect(urls[variable], autocommit=True) as serving:
            row = serving.execute(
                "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            assert row == (False, False, False, False)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                serving.execute("CREATE TABLE mine (x int)")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                serving.execute("SELECT * FROM thing")


def test_a_role_that_may_too_much_is_refused(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url(), autocommit=True) as server:
        server.execute(f"CREATE ROLE {roles.WEB} LOGIN BYPASSRLS")
    with pytest.raises(CannotRun, match=roles.WEB):
        roles.prepare(cluster.url(), secret=cluster.secret)


def test_an_unusable_choice_of_binaries_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(CannotRun, match=f"PG_BIN={tmp_path} does not run"):
        find_binaries()
