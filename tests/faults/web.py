"""The production web server as a drill starts, kills and asks it: a process of its own by the restricted login."""

import http.client
import json
import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from backend.operations import processes
from backend.operations.supervisor import NOT_INHERITED
from backend.operations.surroundings import ROOT

READY_SECONDS = 120
# What the client has waited for and never got.
PATIENCE = 60


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    def json(self) -> Any:
        """The body."""
        return json.loads(self.body)


@dataclass
class Door:
    """Where the product answers on this machine; over TLS where it is said whose word is trusted."""

    port: int = field(default_factory=lambda: processes.free_port("127.0.0.1", preferred=None))
    trusts: ssl.SSLContext | None = None

    @property
    def origin(self) -> str:
        """What a browser says that it is at."""
        return f"{'https' if self.trusts else 'http'}://localhost"

    def answers(self) -> bool:
        """Whether somebody is there."""
        answer = self.ask("GET", "/api/v1/health/live")
        return answer is not None and answer.status == HTTPStatus.OK

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: Any = None) -> Answer | None:
        """One request over a real connection; None when it was cut before an answer came."""
        link = self._link()
        began = time.monotonic()
        try:
            content = None if body is None else json.dumps(body, default=str)
            sent = {"Host": "localhost", "Origin": self.origin, "Content-Type": "application/json", **(headers or {})}
            link.request(method, path, content, sent)
            answer = link.getresponse()
            read = answer.read()
            return Answer(answer.status, dict(answer.getheaders()), read, time.monotonic() - began)
        except (OSError, http.client.HTTPException):
            return None
        finally:
            link.close()

    def _link(self) -> http.client.HTTPConnection:
        if self.trusts is None:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        return http.client.HTTPSConnection("localhost", self.port, timeout=PATIENCE, context=self.trusts)


@dataclass
class Web(Door):
    """The web server on this test's database; killed by its own number only."""

    options: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it in a group of its own and wait until it answers."""
        options = {"--workers": "1", "--blocking-threads": "2", "--log-level": "error"} | dict(self.options)
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--no-ws"]
        command += ["--port", str(self.port), *(part for pair in options.items() for part in pair)]
        environment = {**os.environ, **dict.fromkeys(NOT_INHERITED, "")}
        environment |= {"DJANGO_SETTINGS_MODULE": "backend.config.settings"}
        self.process = subprocess.Popen(
            [*command, "backend.config.wsgi:application"],
            cwd=ROOT,
            env=environment | dict(self.settings),
            process_group=0,
        )
        deadline = time.monotonic() + READY_SECONDS
        while not self.answers():
            assert self.process.poll() is None, "the web server does not start"
            assert time.monotonic() < deadline, "the web server did not answer in time"
            time.sleep(0.1)

    def kill(self) -> None:
        """SIGKILL, to the group this test started and to nothing else."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        """Kill it if it still runs."""
        if self.process is not None and self.process.poll() is None:
            self.kill()
