"""The worker: drains the outbox as soon as something is written, sends email, and runs the periodic jobs."""

import os
import signal
import socket
import threading
import time
from types import FrameType

import psycopg
import structlog
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from backend.core.postgresql.base import SILENCE, Connection
from backend.notifications import heartbeat
from backend.notifications.delivery import drain
from backend.notifications.email import send_emails
from backend.operations.periodic import PeriodicJobs
from backend.operations.watching.work import count_deliveries

CHANNEL = "alongside_outbox"
# The outbox is looked at this often even if no wake-up call comes.
LONGEST_WAIT = 2.0
BEAT_EVERY = 5.0
log = structlog.get_logger(__name__)


class Worker:
    """One process of the worker; any number may run, on any number of machines."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()}-{os.getpid()}"
        self._stopping = threading.Event()
        self._periodic = PeriodicJobs()
        self._listener: psycopg.Connection | None = None
        self._beaten_at = -BEAT_EVERY

    def run(self) -> None:
        """Work until TERM or INT; what is half done is finished or rolled back, nothing is lost."""
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self.stop)
        log.info("worker started", worker=self.name)
        self._periodic.start()
        try:
            while not self._stopping.is_set():
                self._round()
        finally:
            self._periodic.stop()
            self._close_listener()
            log.info("worker stopped", worker=self.name)

    def stop(self, _sign: int = 0, _frame: FrameType | None = None) -> None:
        """Ask the worker to stop after what it is doing."""
        self._stopping.set()

    def _round(self) -> None:
        try:
            close_old_connections()
            self._work_off()
            self._wait_for_work()
        except (OperationalError, InterfaceError, psycopg.OperationalError) as error:
            # The database is away or restarting: the rows are safe there, so wait and look again.
            log.warning("database away", error=type(error).__name__)
            connection.close()
            self._close_listener()
            # Whoever waits for the product to be well again hears of this worker as soon as it is back.
            self._beaten_at = -BEAT_EVERY
            self._stopping.wait(LONGEST_WAIT)

    def _work_off(self) -> None:
        """Deliver and send until nothing waits, with signs of life in between."""
        self._beat()
        busy = True
        while busy and not self._stopping.is_set():
            busy = bool(drain() + send_emails())
            count_deliveries()
            self._beat()

    def _beat(self) -> None:
        if time.monotonic() - self._beaten_at >= BEAT_EVERY:
            heartbeat.beat(self.name)
            self._beaten_at = time.monotonic()

    def _wait_for_work(self) -> None:
        if self._listener is None:
            self._listener = _listen()
            return  # What was written before we listened is found by another look.
        for _notice in self._listener.notifies(timeout=LONGEST_WAIT, stop_after=1):
            return

    def _close_listener(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None


def _listen() -> psycopg.Connection:
    """Open a connection of its own for wake-up calls, so that waiting never sits between two transactions."""
    parameters = connection.get_connection_params()
    for django_only in ("cursor_factory", "context"):
        parameters.pop(django_only, None)
    listener = Connection.connect(**parameters, autocommit=True)
    listener.silence = connection.settings_dict[SILENCE]
    listener.execute(f"LISTEN {CHANNEL}")
    return listener
