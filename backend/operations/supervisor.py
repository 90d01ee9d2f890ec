"""One parent for the web server, the worker and the embedded database: what `make run` starts and Ctrl-C stops."""

import http.client
import os
import signal
import ssl
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from types import FrameType
from typing import Any

from backend.operations import processes
from backend.operations.children import Child, stop_all
from backend.operations.postgres.binaries import CannotRun
from backend.operations.postgres.cluster import Cluster
from backend.operations.preparation import Say
from backend.operations.surroundings import PATIENT_MS, ROOT, VAR

# Neither process may find the way to another role's database in its environment; the worker is given that of the login
# that deletes by an order, and of no other.
NOT_INHERITED = ("OWNER_DATABASE_URL", "WORKER_DATABASE_URL", "DISPOSAL_DATABASE_URL")
WORK = [sys.executable, str(ROOT / "manage.py"), "work"]
METRICS = [sys.executable, str(ROOT / "manage.py"), "metrics"]
# Visitors come first.
FILL_IN = ["nice", "-n", "10", sys.executable, str(ROOT / "manage.py"), "demo_past"]
READY_SECONDS = 120
GIVE_UP_AFTER = 4
# One works, one waits to read, one to write, and one is left to tell the others when to come again (places.py).
THREADS_A_PLACE = 4
# The web server ends TLS itself where it is given a certificate; by 1.3 unless 1.2 is asked for, and by nothing older.
CERTIFICATE = "GRANIAN_SSL_CERTIFICATE"


@dataclass(frozen=True)
class Site:
    """Where and how the product is served."""

    bind: str
    port: int
    demo: bool
    application: str
    urls: Callable[[], Mapping[str, str]]
    cluster: Cluster | None = None
    logs: Path = VAR / "log"

    @property
    def address(self) -> str:
        """What a person types into a browser."""
        host = "localhost" if self.bind in ("127.0.0.1", "::1") else self.bind
        return f"{'https' if os.environ.get(CERTIFICATE) else 'http'}://{host}:{self.port}"


def choose_port(bind: str, *, wanted: str | None, say: Say) -> int:
    """PORT when it is given, else 8000 or one of the ten after it."""
    if wanted:
        port = int(wanted) if wanted.isdigit() and 0 < int(wanted) < 65_536 else 0
        if not port:
            raise CannotRun(f"PORT={wanted} is not a port: choose a number between 1 and 65535.")
        if not processes.is_free(bind, port):
            raise CannotRun(f"Port {port} is already in use: stop what uses it, or choose another with PORT=.")
        return port
    for port in range(8000, 8011):
        if processes.is_free(bind, port):
            if port != 8000:
                say(f"Port 8000 is in use, so this is port {port}.")
            return port
    raise CannotRun("Ports 8000 to 8010 are all in use: choose another with PORT=.")


class Supervisor:
    """Starts the children, restarts what falls, and stops them all when told to."""

    def __init__(self, site: Site, *, say: Say) -> None:
        self.site = site
        self.say = say
        self.stopping = False
        self.children = [
            Child("web", self._web_command(), self._web_environment, site.logs / "web.log"),
            Child("worker", WORK, self._worker_environment, site.logs / "worker.log"),
        ]
        if os.environ.get("METRICS_PORT"):
            self.children.append(Child("metrics", METRICS, self._metrics_environment, site.logs / "metrics.log"))

    def run(self, announce: Say) -> None:
        """Serve until a signal says stop; `announce` gets the address once everything answers."""
        before = {sign: signal.signal(sign, self._stop) for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
        try:
            self.start()
            if not self.stopping:
                announce(self.site.address)
            while not self.stopping:
                self.look_after()
                time.sleep(0.25)
        finally:
            self.say("Stopping …")
            stop_all(self.children)
            for sign, handler in before.items():
                signal.signal(sign, handler)

    def start(self) -> None:
        """Start every child and wait until requests are answered."""
        for child in self.children:
            child.start()
        self.wait_until_ready()
        if self.site.demo and self.site.cluster:
            self.children.append(Child("city", FILL_IN, self._city_environment, self.site.logs / "city.log", ends=True))

    def wait_until_ready(self) -> None:
        """Look after the children until requests are answered; raise CannotRun when they do not start."""
        started = time.monotonic()
        told = False
        while not self.stopping and not self._is_ready():
            self.look_after()
            for child in self.children:
                if child.failures >= GIVE_UP_AFTER:
                    raise CannotRun(
                        f"The {child.name} process does not start. The end of {child.log}:\n{child.last_words()}"
                    )
            waited = time.monotonic() - started
            if waited > 3 and not told:
                self.say("Waiting for the web server and the worker …")
                told = True
            if waited > READY_SECONDS:
                raise CannotRun(f"The server did not become ready; see {self.site.logs} for the reason.")
            time.sleep(0.1)

    def _stop(self, _sign: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def look_after(self) -> None:
        """One round: whatever has fallen is started again when its wait is over."""
        cluster = self.site.cluster
        if cluster and not cluster.is_alive():
            self.say("The database stopped; starting it again.")
            cluster.start(dies_with_us=True)
        for child in self.children:
            if child.has_ended() and not child.is_done():
                self.say(f"The {child.name} process ended (code {child.ended[-1]}); starting it again. See {child.log}")
            if child.is_due():
                child.start()

    def _is_ready(self) -> bool:
        link = self._link()
        try:
            link.request("GET", "/api/v1/health/ready", headers={"Host": "localhost"})
            return link.getresponse().status == HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            link.close()

    def _link(self) -> http.client.HTTPConnection:
        """Return a connection to our own server; over TLS to no other than one that shows our own certificate."""
        certificate = os.environ.get(CERTIFICATE)
        if not certificate:
            return http.client.HTTPConnection(self.site.bind, self.site.port, timeout=5)
        shows_ours = ssl.create_default_context(cafile=certificate)
        # It is made out to the name that people type, and asked by the number of an address.
        shows_ours.check_hostname = False
        return http.client.HTTPSConnection(self.site.bind, self.site.port, timeout=5, context=shows_ours)

    # --- what each child is given ---

    def _web_command(self) -> list[str]:
        web_processes = os.environ.get("WEB_PROCESSES") or str(min(2, os.cpu_count() or 1))
        options: dict[str, Any] = {
            "--interface": "wsgi",
            "--host": self.site.bind,
            "--port": self.site.port,
            "--workers": web_processes,
            "--blocking-threads": self._places() * THREADS_A_PLACE,
            # A thread that ends takes its database connection along.
            "--blocking-threads-idle-timeout": 600,
            "--http": "1",
            "--workers-kill-timeout": 4,
            "--log-level": "error",
        }
        flat = [str(part) for pair in options.items() for part in pair]
        return [sys.executable, "-m", "granian", *flat, "--no-ws", "--respawn-failed-workers", self.site.application]

    def _places(self) -> int:
        return int(os.environ.get("WEB_THREADS") or 8)

    def _environment(self, process: str) -> dict[str, str]:
        environment = dict(os.environ)
        environment |= dict.fromkeys(NOT_INHERITED, "")
        environment |= {
            "PROCESS": process,
            "DEMO": "true" if self.site.demo else "false",
            "GRANIAN_HOST": self.site.bind,
            "PUBLIC_URL": os.environ.get("PUBLIC_URL") or self.site.address,
        }
        return environment

    def _web_environment(self) -> Mapping[str, str]:
        own = {"DATABASE_URL": self.site.urls()["DATABASE_URL"], "WEB_PLACES": str(self._places())}
        return self._environment("web") | own

    def _city_environment(self) -> Mapping[str, str]:
        """What fills in the demo city's past acts as everybody there: it is given what made the city."""
        return self._environment("city") | dict(self.site.urls())

    def _metrics_environment(self) -> Mapping[str, str]:
        """What serves metrics reads what the worker may read, and waits no longer than whoever scrapes."""
        return self._environment("metrics") | {"DATABASE_URL": self.site.urls()["WORKER_DATABASE_URL"]}

    def _worker_environment(self) -> Mapping[str, str]:
        urls = self.site.urls()
        own = {name: urls[name] for name in ("DISPOSAL_DATABASE_URL",) if urls.get(name)}
        url = urls["WORKER_DATABASE_URL"]
        return self._environment("worker") | own | {"DATABASE_URL": url, "STATEMENT_TIMEOUT_MS": PATIENT_MS}
