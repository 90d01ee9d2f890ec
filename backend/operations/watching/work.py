"""How the worker's work goes, counted in its process: deliveries and periodic jobs, by kind and outcome."""

import time
from collections.abc import Callable

from prometheus_client import Counter, Gauge, Histogram

from backend.notifications.attempts import take_outcomes
from backend.operations.watching import tracing

# Most take less than a second; counting figures anew may take minutes.
SECONDS = (0.1, 1, 10, 60, 300)

DELIVERIES = Counter(
    "alongside_deliveries", "Attempts to deliver, by what it was and how it went.", ["kind", "outcome"]
)
JOBS = Counter("alongside_jobs_run", "Periodic jobs run, by name and how it went.", ["job", "outcome"])
JOB_SECONDS = Histogram("alongside_job_seconds", "Seconds a periodic job took.", ["job"], buckets=SECONDS)
JOB_SUCCESS = Gauge(
    "alongside_job_last_success_timestamp_seconds",
    "When a periodic job last ended well.",
    ["job"],
    multiprocess_mode="max",
)


def count_deliveries() -> None:
    """Count what was delivered since the last time."""
    for (kind, outcome), number in take_outcomes().items():
        DELIVERIES.labels(kind, outcome).inc(number)


def counted(name: str, run: Callable[[], object]) -> None:
    """Run a periodic job, and count how it went; raise what it raises."""
    started, outcome = time.perf_counter(), "failed"
    try:
        with tracing.job(name):
            run()
        outcome = "done"
        JOB_SUCCESS.labels(name).set_to_current_time()
    finally:
        JOBS.labels(name, outcome).inc()
        JOB_SECONDS.labels(name).observe(time.perf_counter() - started)
