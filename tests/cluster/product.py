"""The product on the cluster, as its how-to says: roles, tables, two web servers and two workers."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from backend.operations.children import Child, stop_all
from backend.operations.supervisor import NOT_INHERITED
from backend.operations.surroundings import PATIENT_MS, ROOT
from tests.cluster.servers import Servers
from tests.faults.web import Web

# As people have it, whatever the machine that drills is busy with.
REQUEST_MS, PLACES = "8000", 8
UNLIMITED = "100000/min"


def environment_of(servers: Servers) -> dict[str, str]:
    """Make the roles by the product's own command; return what every process of the product is given."""
    folder = servers.ground.folder
    kept = {"DOCUMENT_FOLDER": "documents", "EXPORT_FOLDER": "exports", "AUDIT_FOLDER": "audit", "ALONGSIDE_VAR": "var"}
    for name in kept.values():
        (folder / name).mkdir(exist_ok=True)
    own = {name: str(folder / place) for name, place in kept.items()}
    limits = ("ANONYMOUS", "PERSON", "CRITICAL_MOMENT", "STATUS_LINK", "PASSWORD_LINK")
    own |= {
        "DJANGO_SETTINGS_MODULE": "backend.config.settings",
        "SECRET_KEY": "a key for drills, as good as any other",
        "AUDIT_SIGNING_KEY": "YSBrZXkgZm9yIHRlc3RzLCBhcyBnb29kIGFzIGFueSE=",
        "BEHIND_TLS_PROXY": "true",
        "PUBLIC_URL": "https://localhost",
        "DEMO": "false",
        "LOG_LEVEL": "WARNING",
    }
    own |= {f"THROTTLE_{name}": UNLIMITED for name in limits}
    made = run(["python", "manage.py", "roles", servers.url(servers.writes)], own)
    return own | dict(line.split("=", 1) for line in made.splitlines())


def prepare(environment: Mapping[str, str]) -> None:
    """What a new version has one run as the owner of the tables."""
    run(["sh", "deploy/prepare.sh"], environment)


def run(command: list[str], environment: Mapping[str, str]) -> str:
    """A command in the folder of the checkout; return what it says, or raise with what it complained of."""
    found = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    whole = {**os.environ, **dict(environment), "PATH": found}
    told = subprocess.run(command, cwd=ROOT, env=whole, capture_output=True, text=True, check=False)
    if told.returncode:
        raise RuntimeError(f"{' '.join(command[:3])}: {told.stderr.strip()[-1500:]}")
    return told.stdout


@contextmanager
def serving(servers: Servers, environment: Mapping[str, str]) -> Iterator[None]:
    """Two web servers and two workers, each started again when it falls, as systemd or Compose do it."""
    web = [Web(port=port, options={"--blocking-threads": str(PLACES * 4)}, settings=_web()) for port in servers.web]
    workers = [
        Child(
            f"worker{number}",
            [sys.executable, "manage.py", "work"],
            lambda: _worker(environment),
            servers.ground.folder / f"worker{number}.log",
        )
        for number in (1, 2)
    ]
    over = threading.Event()
    looking_after = threading.Thread(target=_look_after, args=(workers, over))
    try:
        for server in web:
            server.start()
        for worker in workers:
            worker.start()
        looking_after.start()
        yield
    finally:
        over.set()
        if looking_after.is_alive():
            looking_after.join()
        stop_all(workers)
        for server in web:
            server.end()


def _look_after(workers: list[Child], over: threading.Event) -> None:
    while not over.wait(0.5):
        for worker in workers:
            worker.has_ended()
            if worker.is_due():
                worker.start()


def _web() -> dict[str, str]:
    return {"PROCESS": "web", "STATEMENT_TIMEOUT_MS": REQUEST_MS, "WEB_PLACES": str(PLACES)}


def _worker(environment: Mapping[str, str]) -> dict[str, str]:
    own = {"PROCESS": "worker", "STATEMENT_TIMEOUT_MS": PATIENT_MS, "DATABASE_URL": environment["WORKER_DATABASE_URL"]}
    own["DISPOSAL_DATABASE_URL"] = environment["DISPOSAL_DATABASE_URL"]
    return {**os.environ, **dict.fromkeys(NOT_INHERITED, ""), **own}
