"""Runs what apps have put on the schedule: procrastinate decides when, in a thread beside the outbox."""

import asyncio
import threading
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import close_old_connections, connections
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.jobs import Status

from backend.core.postgresql.base import SILENCE, AsyncConnection
from backend.notifications import schedule
from backend.operations.watching.work import counted

# A daily job missed because nothing ran is caught up once within a day.
CATCH_UP_SECONDS = 24 * 60 * 60
# A job whose worker was killed is given up after this long; the schedule brings the next one.
STALLED_SECONDS = 60
RESTART_SECONDS = 5.0
STOP_SECONDS = 5.0
log = structlog.get_logger(__name__)


class _Patient(AsyncConnection):
    """Procrastinate's own connections end as those of Django do when the database has gone silent."""

    silence = settings.DATABASES["default"][SILENCE]


class PeriodicJobs:
    """The thread that runs every registered job when its time has come, one at a time."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="periodic jobs", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; a lost database only delays."""
        self._thread.start()

    def stop(self) -> None:
        """Let the running job end, within seconds, and stop."""
        self._stopping.set()
        if self._loop is not None and self._task is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(timeout=STOP_SECONDS * 2)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                asyncio.run(self._serve())
            except asyncio.CancelledError:
                return
            except Exception as error:
                # Whatever went wrong, a worker without its clock must not go on looking healthy for long.
                log.warning("periodic jobs interrupted", error=type(error).__name__)
                self._stopping.wait(RESTART_SECONDS)

    async def _serve(self) -> None:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        app = make_app()
        async with app.open_async():
            await _forget_stalled(app)
            await app.run_worker_async(
                install_signal_handlers=False, delete_jobs="always", shutdown_graceful_timeout=STOP_SECONDS
            )


def make_app() -> App:
    """Return a procrastinate app whose tasks are the jobs on the schedule."""
    connector = PsycopgConnector(kwargs=connector_params(), connection_class=_Patient)
    app = App(connector=connector, periodic_defaults={"max_delay": CATCH_UP_SECONDS})
    for job in schedule.jobs().values():
        # Not more than one of a kind waits, however far behind we are. No `lock`: a killed worker would keep it.
        task = app.task(name=job.name, queueing_lock=job.name)(_with_own_connection(job))
        app.periodic(cron=job.cron, periodic_id=job.name)(task)
    return app


def _with_own_connection(job: schedule.Job) -> Callable[[int], None]:
    def run(timestamp: int) -> None:
        close_old_connections()
        try:
            counted(job.name, job.run)
        finally:
            connections.close_all()

    return run


async def _forget_stalled(app: App) -> None:
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS)
    for job in stalled:
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
