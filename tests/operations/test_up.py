"""`manage.py up` as people meet it: one parent, restarts, one clear sentence, nothing left behind."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from backend.operations import processes
from backend.operations.postgres import roles
from backend.operations.postgres.cluster import Cluster
from backend.operations.surroundings import ROOT


@dataclass
class Running:
    """A supervisor started from a shell, as `make run` does."""

    process: subprocess.Popen[str]
    environment: dict[str, str]
    port: int
    var: Path

    def children(self) -> dict[str, int]:
        """The numbers of what it started, by what they are."""
        words = {"postgres": "bin/postgres", "web": "granian", "worker": "manage.py work"}
        found = {}
        for listed in Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            for pid in map(int, listed.read_text().split()):
                command = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
                found |= {name: pid for name, word in words.items() if word in command}
        return found

    def ready(self) -> bool:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            link.request("GET", "/api/v1/health/ready")
            return link.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            link.close()


def up(environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "up"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def until(true: Callable[[], bool], *, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One supervisor for the module; the last tests end it."""
    var = tmp_path_factory.mktemp("var")
    port = processes.free_port("127.0.0.1", preferred=None)
    kept = ("DATABASE_URL", "WORKER_DATABASE_URL", "OWNER_DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY")
    environment = {name: value for name, value in os.environ.items() if name not in kept}
    environment |= {"ALONGSIDE_VAR": str(var), "PORT": str(port), "DEMO": "false", "WEB_PROCESSES": "1"}
    process = up(environment)
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line)
        if f"is running at http://localhost:{port}" in line:
            break
    assert process.poll() is None, "".join(lines)
    made = Running(process, environment, port, var)
    yield made
    if made.process.poll() is None:
        made.process.send_signal(signal.SIGTERM)
    made.process.communicate(timeout=60)


def test_it_answers_and_a_second_run_only_says_where(running: Running) -> None:
    assert running.ready()
    second = up(running.environment)
    said, _ = second.communicate(timeout=60)
    assert second.returncode == 0
    assert f"already running at http://localhost:{running.port}" in said
    assert running.ready()


def test_no_child_knows_another_role(running: Running) -> None:
    # The worker carries out orders to delete, in a login that can do nothing else (docs/adr/0070).
    expected = {
        "web": {"DATABASE_URL": "alongside_web"},
        "worker": {"DATABASE_URL": "alongside_worker", "DISPOSAL_DATABASE_URL": "alongside_disposal"},
    }
    for name, pid in running.children().items():
        if name in expected:
            words = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
            told = dict(word.split("=", 1) for word in words if "=" in word)
            urls = {key: url for key, url in told.items() if url.startswith("postgres:")}
            assert {key: urlsplit(url).username for key, url in urls.items()} == expected[name]


@pytest.mark.parametrize("name", ["web", "worker", "postgres"])
def test_what_is_killed_comes_back(running: Running, name: str) -> None:
    before = running.children()[name]
    os.kill(before, signal.SIGKILL)
    until(lambda: running.children().get(name, before) != before)
    until(running.ready)


def test_a_port_in_use_is_one_sentence(running: Running, tmp_path: Path) -> None:
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", 0))
        squatter.listen()
        port = squatter.getsockname()[1]
        refused = up(running.environment | {"PORT": str(port), "ALONGSIDE_VAR": str(tmp_path)})
        said, _ = refused.communicate(timeout=60)
    assert refused.returncode == 1
    assert said == f"alongside: Port {port} is already in use: stop what uses it, or choose another with PORT=.\n"


def test_a_demo_for_everybody_is_one_sentence(running: Running, tmp_path: Path) -> None:
    refused = up(running.environment | {"DEMO": "true", "BIND": "0.0.0.0", "ALONGSIDE_VAR": str(tmp_path)})
    said, _ = refused.communicate(timeout=60)
    assert refused.returncode == 1
    assert said.startswith("alongside: DEMO is on, but the server would listen on 0.0.0.0.")
    assert "Traceback" not in said


def test_killing_the_parent_leaves_nothing_running_and_loses_nothing(running: Running) -> None:
    database = Cluster(running.var / "postgres")
    with psycopg.connect(database.url(roles.OWNER, database=roles.DATABASE), autocommit=True) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 1 AS x")
    children = running.children()
    assert set(children) == {"postgres", "web", "worker"}
    running.process.kill()
    running.process.communicate(timeout=10)
    for pid in children.values():
        assert processes.wait_until_gone(pid, seconds=60)
    again = up(running.environment)
    running.process = again
    until(running.ready)
    with psycopg.connect(database.url(roles.OWNER, database=roles.DATABASE), autocommit=True) as owner:
        assert owner.execute("SELECT x FROM kept").fetchone() == (1,)
    again.send_signal(signal.SIGINT)
    said, _ = again.communicate(timeout=60)
    assert again.returncode == 0
    assert said.endswith("Stopped. What was entered is kept.\n")
