"""When the steps of a referral happened: one end is fixed by its shape, the others follow at the pace of WAITS."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from backend.deadlines import calendar
from backend.deadlines.kinds import KINDS
from backend.demonstration.moments import DAY_HOURS, OfficeTime
from backend.demonstration.plan import Step
from backend.demonstration.shapes import BY_CLOCK, STRETCHES, WAITS, Shape

# Nothing happens in the last minutes before the city is made: its clocks still run forward.
_JUST_NOW = 0.05
_MINUTE = timedelta(minutes=1)


def stretch(office: OfficeTime, name: str) -> tuple[float, float]:
    """Return a stretch of time as hours back: today's and yesterday's depend on the hour of the day.

    `today` is received today and green; `yesterday` falls due today at five and is amber; `late` is overdue and red.
    """
    match name:
        case "today":
            return _JUST_NOW * 2, office.today * 0.95
        case "yesterday":
            return office.today + 0.6, office.today + DAY_HOURS - 0.6
        case "late":
            return office.today + DAY_HOURS + 0.5, office.today + DAY_HOURS * 3.5
        case _:
            return STRETCHES[name]


def steps_of(
    shape: Shape, verbs: Sequence[str], office: OfficeTime, random: Random, *, start: float = 0
) -> tuple[Step, ...]:
    """Return the steps with their instants; `start` in hours back overrides where the shape begins."""
    if start or shape.starts:
        hours = _onwards(verbs, start or random.uniform(*stretch(office, shape.starts)), office, random)
    else:
        hours = _backwards(verbs, random.uniform(*stretch(office, shape.ends)), random)
    return tuple(Step(verb, at) for verb, at in zip(verbs, _instants(hours, office), strict=True))


def _onwards(verbs: Sequence[str], start: float, office: OfficeTime, random: Random) -> list[float]:
    """Count from the first step on, quicker where the time until now is too short."""
    waits = [0.0, *(random.uniform(*WAITS.get(verb, (0, 0))) for verb in verbs[1:])]
    pace = min(1.0, (start - _JUST_NOW) / sum(waits)) if sum(waits) else 1.0
    hours, at = [], start
    for verb, wait in zip(verbs, waits, strict=True):
        at = _run_out(verb, at, office) if verb in BY_CLOCK else at - wait * pace
        hours.append(at)
    return hours


def _backwards(verbs: Sequence[str], end: float, random: Random) -> list[float]:
    hours = [end]
    for verb in reversed(verbs[1:]):
        hours.append(hours[-1] + random.uniform(*WAITS[verb]))
    return hours[::-1]


def _run_out(verb: str, began: float, office: OfficeTime) -> float:
    """Return when the clock that began at the step before has run out."""
    due = calendar.due(KINDS[BY_CLOCK[verb]], office.before(began))
    return office.since(due + _MINUTE)


def _instants(hours: list[float], office: OfficeTime) -> list[datetime]:
    """Turn hours into instants that only go forward, whatever was rounded."""
    instants: list[datetime] = []
    for back in hours:
        at = office.before(max(back, _JUST_NOW))
        if instants and at <= instants[-1]:
            at = instants[-1] + timedelta(seconds=20)
        instants.append(at)
    return instants
