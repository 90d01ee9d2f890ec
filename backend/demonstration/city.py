"""Makes the whole city: plan, walk in parallel, catch up with the worker's work, and mark that it is finished."""

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

from backend.core import clock
from backend.core.errors import Refusal
from backend.demonstration import aftermath, configured, departures, logins, reports, two_cases, wishes
from backend.demonstration.directory import open_directory
from backend.demonstration.emptying import OWNER
from backend.demonstration.models import City
from backend.demonstration.plan import Life, Plan
from backend.demonstration.planning import FULL, make_plan
from backend.demonstration.processes import ready
from backend.demonstration.stage import Company, company
from backend.demonstration.walking import walk

SEED = "alongside"
Advance = Callable[[int], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Made:
    """A finished city, and what had to be left out because an edge refused it: one sentence for each child."""

    city: City
    left_out: tuple[str, ...]


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


def make_city(*, seed: str, scale: int = FULL, processes: int, started: Callable[[Plan], Advance]) -> Made:
    """Fill an empty database; `started` gets the plan and returns what to call with the number of steps done.

    A life that an edge refuses is left out as a whole, so that one of four hundred does not cost the others.
    """
    now = clock.now()
    city = City(seed=seed, begun_at=now)
    city.save(using=OWNER)
    plan = make_plan(seed=seed, now=now, scale=scale)
    advance = started(plan)
    open_directory(_company(), now)
    wishes.choose(_company())
    configured.reword(_company(), now)
    left_out: list[str] = []
    jobs = [Job(life, seed, now) for life in plan.lives]
    with _hands(processes) as hands:
        for walked in hands.each(_walk, jobs):
            advance(walked.steps)
            left_out += [walked.problem] if walked.problem else []
        reports.report(company(), seed=seed)
        two_cases.ask_which_goes_on(company(), seed=seed)
        configured.think_better_of_a_rule(company(), now)
        departures.depart(company())
        aftermath.catch_up()
        aftermath.forget_old_news()
        list(hands.each(_deliver, range(processes)))
    aftermath.settle()
    logins.close()
    city.finished_at = clock.now()
    city.save(using=OWNER)
    return Made(city, tuple(left_out))


class _Hands:
    """Calls a function for each item: in this process, or in several new ones with connections of their own."""

    def __init__(self, pool: Pool | None) -> None:
        self._pool = pool

    def each(self, work: Callable[[Any], T], items: Iterable[Any]) -> Iterator[T]:
        """Yield what `work` returns for each item, in any order."""
        if self._pool is None:
            return map(work, items)
        return self._pool.imap_unordered(work, items)


@contextmanager
def _hands(processes: int) -> Iterator[_Hands]:
    if processes == 1:
        yield _Hands(None)
        return
    connections.close_all()
    with get_context("spawn").Pool(processes, initializer=ready) as pool:
        yield _Hands(pool)


def _walk(job: Job) -> Walked:
    try:
        walk(job.life, company=_company(), seed=job.seed, now=job.now)
    except (Refusal, LookupError, ObjectDoesNotExist) as error:
        return Walked(job.life.steps, "; ".join([*getattr(error, "__notes__", ()), repr(error), str(error)]))
    return Walked(job.life.steps)


def _deliver(_place: int) -> int:
    return aftermath.deliver()


@cache
def _company() -> Company:
    return company()
