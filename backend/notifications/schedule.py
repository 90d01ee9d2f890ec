"""What the worker does by the clock: apps register their periodic jobs here, and the worker above them runs them."""

from collections.abc import Callable
from dataclasses import dataclass

EVERY_MINUTE = "* * * * *"


@dataclass(frozen=True, slots=True)
class Job:
    """A periodic job; `cron` is in UTC. `run` binds itself to the database and may be run again at any time."""

    name: str
    cron: str
    run: Callable[[], object]


_jobs: dict[str, Job] = {}


def register_job(name: str, *, cron: str, run: Callable[[], object]) -> None:
    """Add a periodic job from an app's `ready()`; raise ValueError when the name is taken by another."""
    job = Job(name, cron, run)
    if _jobs.get(name, job) != job:
        raise ValueError(f"there is another job called {name}")
    _jobs[name] = job


def jobs() -> dict[str, Job]:
    """Return every registered job by its name."""
    return dict(sorted(_jobs.items()))
