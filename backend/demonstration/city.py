"""Makes the whole city: plan, walk in parallel, catch up with the worker's work, and mark that it is finished."""

from collections.abc import Callable
from dataclasses import dataclass

from backend.core import clock
from backend.demonstration import (
    aftermath,
    configured,
    curious,
    deaths,
    departures,
    disposed,
    emergencies,
    households,
    logins,
    on_the_move,
    one_grandmother,
    reports,
    sealed,
    two_cases,
    unfinished,
    wishes,
)
from backend.demonstration.directory import open_directory
from backend.demonstration.emptying import OWNER
from backend.demonstration.models import City
from backend.demonstration.plan import Plan
from backend.demonstration.planning import FULL, make_plan
from backend.demonstration.playing import Advance, hands, jobs_of, play, the_company
from backend.demonstration.stage import company

SEED = "alongside"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished city, and what had to be left out because an edge refused it: one sentence for each child."""

    city: City
    left_out: tuple[str, ...]


def make_city(*, seed: str, scale: int = FULL, processes: int, started: Callable[[Plan], Advance]) -> Made:
    """Fill an empty database; `started` gets the plan and returns what to call with the number of steps done."""
    now = clock.now()
    city = City(seed=seed, scale=scale, begun_at=now)
    city.save(using=OWNER)
    plan = make_plan(seed=seed, now=now, scale=scale)
    advance = started(plan)
    open_directory(the_company(), now)
    wishes.choose(the_company())
    configured.reword(the_company(), now)
    left_out: list[str] = []
    with hands(processes) as many:
        for walked in many.each(play, jobs_of(plan)):
            advance(walked.steps)
            left_out += [walked.problem] if walked.problem else []
        reports.report(company(), seed=seed)
        two_cases.ask_which_goes_on(company(), seed=seed)
        one_grandmother.know_her_by_both(company(), seed=seed)
        deaths.rest(company(), seed=seed)
        on_the_move.set_moving(company())
        configured.think_better_of_a_rule(company(), now)
        configured.think_of_four_eyes(company(), now)
        departures.depart(company())
        households.say_who_is_around(company())
        sealed.seal_a_case(company())
        sealed.seal_a_referral(company())
        emergencies.open_in_emergencies(company())
        disposed.keep_and_dispose(company(), seed=seed)
        curious.read_unusually(company())
        unfinished.leave_a_note_unfinished(company())
        aftermath.catch_up()
        aftermath.forget_old_news()
        list(many.each(_deliver, range(processes)))
    aftermath.settle()
    aftermath.publish_months()
    logins.close()
    city.finished_at = clock.now()
    city.save(using=OWNER)
    return Made(city, tuple(left_out))


def _deliver(_place: int) -> int:
    return aftermath.deliver()
