"""Serves the metrics of every process of this machine, on an address of their own that is not the public one.

The web server runs as several processes, and each request meets one of them. So each process writes into files of its
own (prometheus_client's way for several processes), and this one, which answers no request, reads them all.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from ssl import TLSVersion
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from backend.operations.postgres.binaries import CannotRun
from backend.operations.watching.standing import Standing


@dataclass(frozen=True)
class Address:
    """Where metrics are served; beyond this machine, only to whoever shows a certificate of `client_ca` (config)."""

    bind: str
    port: int
    certificate: str = ""
    key: str = ""
    client_ca: str = ""


class OfTheLiving(Collector):
    """What all processes counted; what one had in hand when it ended is not counted any more."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = MultiProcessCollector(None, str(folder))  # type: ignore[no-untyped-call] # the library's own

    def collect(self) -> Iterable[Metric]:
        """Yield the families of all processes together."""
        for pid in {pid_of(file) for file in self._folder.glob("gauge_live*.db")}:
            if not is_alive(pid):
                mark_process_dead(pid, str(self._folder))  # type: ignore[no-untyped-call] # the library's own
        families: Iterable[Metric] = self._files.collect()  # type: ignore[no-untyped-call] # the library's own
        return families


def tidy(folder: Path) -> None:
    """Make the folder, readable by nobody else, and forget what processes that ended long ago had counted."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in folder.glob("*.db"):
        if not is_alive(pid_of(file)):
            file.unlink(missing_ok=True)


def pid_of(file: Path) -> int:
    """Return which process wrote a file: counter_123.db."""
    return int(file.stem.rpartition("_")[2])


def is_alive(pid: int) -> bool:
    """Say whether a process runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def registry(folder: Path) -> CollectorRegistry:
    """Return everything that is served."""
    made = CollectorRegistry()
    made.register(OfTheLiving(folder))
    made.register(Standing())
    return made


def serve(address: Address, folder: Path) -> WSGIServer:
    """Begin to serve, in a thread; return the server, which ends with `shutdown`. Raises CannotRun."""
    tidy(folder)
    try:
        server, _thread = start_http_server(
            address.port,
            address.bind,
            registry(folder),
            certfile=address.certificate or None,
            keyfile=address.key or None,
            client_cafile=address.client_ca or None,
            client_auth_required=bool(address.client_ca),
            tls_min_version=TLSVersion.TLSv1_2,
        )
    except OSError as error:
        raise CannotRun(
            f"Metrics cannot be served on {address.bind}, port {address.port}: {error.strerror}."
        ) from error
    return server
