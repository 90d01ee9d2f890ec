"""Walks many lives, in this process or in several new ones, and leaves out those that an edge refuses."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from multiprocessing import get_context
from multiprocessing.pool import Pool
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import connections

from backend.core.errors import Refusal
from backend.demonstration.plan import Life, Plan
from backend.demonstration.processes import ready
from backend.demonstration.stage import Company, company
from backend.demonstration.walking import walk

Advance = Callable[[int], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Walked:
    """One life walked: how many steps, or why it is not there."""

    steps: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One life to walk, with what every process has to know."""

    life: Life
    seed: str
    now: datetime


class Hands:
    """Calls a function for each item: in this process, or in several new ones with connections of their own."""

    def __init__(self, pool: Pool | None) -> None:
        self._pool = pool

    def each(self, work: Callable[[Any], T], items: Iterable[Any]) -> Iterator[T]:
        """Yield what `work` returns for each item, in any order."""
        if self._pool is None:
            return map(work, items)
        return self._pool.imap_unordered(work, items)


@contextmanager
def hands(processes: int) -> Iterator[Hands]:
    """Lend so many hands; one works in this process."""
    if processes == 1:
        yield Hands(None)
        return
    connections.close_all()
    with get_context("spawn").Pool(processes, initializer=ready) as pool:
        yield Hands(pool)


def jobs_of(plan: Plan) -> list[Job]:
    """Return a job for each life of a plan."""
    return [Job(life, plan.seed, plan.now) for life in plan.lives]


def play(job: Job) -> Walked:
    """Walk a life; one that an edge refuses is left out as a whole, so that it does not cost the others."""
    try:
        walk(job.life, company=the_company(), seed=job.seed, now=job.now)
    except (Refusal, LookupError, ObjectDoesNotExist) as error:
        return Walked(job.life.steps, "; ".join([*getattr(error, "__notes__", ()), repr(error), str(error)]))
    return Walked(job.life.steps)


@cache
def the_company() -> Company:
    """Return everybody, read once in each process."""
    return company()
