"""Starts one server at a time, asks it for as long as one likes by so many clients, and says what that cost."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from backend.operations.processes import die_with_parent
from backend.operations.surroundings import ROOT

_PATIENCE = 60.0
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class NoRows(RuntimeError):
    """A server answered with something else than the rows: whatever was measured says nothing."""


@dataclass(frozen=True, slots=True)
class Server:
    """What is started, and where its rows are: the product, the floor, or the ordinary one."""

    name: str
    application: str
    interface: str
    path: str
    environment: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cost:
    """Requests a second, milliseconds of each, processor time of the server for one, and the memory it held."""

    rate: float
    p50: float
    p95: float
    processor: float
    memory: float


@contextmanager
def serving(server: Server) -> Iterator[tuple[int, int]]:
    """Start it with one process of eight threads; yield its port and the process that leads it."""
    port = _free_port()
    options = {"--interface": server.interface, "--port": port, "--workers": 1, "--http": "1", "--log-level": "error"}
    if server.interface == "wsgi":
        options["--blocking-threads"] = 8
    options["--workers-kill-timeout"] = 2
    command = [str(part) for pair in options.items() for part in pair]
    asked = [sys.executable, "-m", "granian", *command, "--no-ws", server.application]
    environment = {**os.environ, **server.environment}
    process = subprocess.Popen(asked, cwd=ROOT, env=environment, preexec_fn=die_with_parent(signal.SIGTERM))
    try:
        _wait_for(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE)


def cost(server: Server, port: int, pid: int, *, clients: int, seconds: float) -> Cost:
    """Ask for the rows again and again, each client on a connection of its own."""
    before, began = _processor(pid), time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        asked = [pool.submit(_ask, server, port, began + seconds) for _client in range(clients)]
        took = [one for client in asked for one in client.result()]
    passed, spent = time.perf_counter() - began, _processor(pid) - before
    cuts = quantiles(took, n=20, method="inclusive")
    return Cost(len(took) / passed, cuts[9] * 1000, cuts[18] * 1000, spent / len(took) * 1000, _memory(pid))


def _ask(server: Server, port: int, until: float) -> Sequence[float]:
    took: list[float] = []
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    while len(took) < 2 or time.perf_counter() < until:
        began = time.perf_counter()
        link.request("GET", server.path, headers=dict(server.headers))
        answer = link.getresponse()
        body = answer.read()
        took.append(time.perf_counter() - began)
        if answer.status != 200 or body.count(b'"reference"') != 50:
            raise NoRows(f"{server.name} answered {answer.status}: {body[:200]!r}")
    link.close()
    return took


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as link:
            if link.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise NoRows("the server did not start")


def _processes(pid: int) -> Sequence[int]:
    """Return a process and those that it started."""
    found = [pid]
    for leader in found:
        told = Path(f"/proc/{leader}/task/{leader}/children").read_text(encoding="ascii")
        found += [int(child) for child in told.split()]
    return found


def _processor(pid: int) -> float:
    """Return the seconds of processor time that a server has used."""
    stats = [
        Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split() for one in _processes(pid)
    ]
    return sum(int(one[11]) + int(one[12]) for one in stats) / _TICKS


def _memory(pid: int) -> float:
    """Return how many megabytes a server holds."""
    pages = [int(Path(f"/proc/{one}/statm").read_text(encoding="ascii").split()[1]) for one in _processes(pid)]
    return sum(pages) * _PAGE / 1e6
