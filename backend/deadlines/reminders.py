"""When people are reminded of a clock: before it is due, when it is, and after, to ever more senior people."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from backend.deadlines.calendar import add_working_days, at_local, is_working_day, local, next_working_day

MORNING = time(9)
_DAY = timedelta(days=1)
# A clock shorter than this is reminded of when it is due, not before.
_SHORT = timedelta(hours=6)
# Working days after which the managers of the agency have had their time to put it right.
_STILL = 3


class Stage(StrEnum):
    """Where a clock stands when a reminder goes out."""

    BEFORE = "before"
    AT = "at"
    AFTER = "after"
    STILL = "still"


def first_reminder(*, started_at: datetime, due_at: datetime, days_before: int | None = None) -> datetime:
    """Return when to remind first: the working day before, else that morning, else when it is due.

    With `days_before`, on the working day that is at least so many days before, where there is that much time.
    """
    day = local(due_at).date()
    if days_before is not None:
        ahead = at_local(_working_day_before(day - timedelta(days=days_before - 1)), MORNING)
        if ahead - started_at >= _DAY:
            return ahead
    early, morning = at_local(_working_day_before(day), MORNING), at_local(day, MORNING)
    if early - started_at >= _DAY:
        return early
    return morning if started_at < morning < due_at and due_at - started_at > _SHORT else due_at


def stage(*, due_at: datetime, now: datetime) -> Stage:
    """Return which reminder is right at `now`."""
    if now < due_at:
        return Stage.BEFORE
    if now < _after(due_at):
        return Stage.AT
    return Stage.AFTER if now < _still(due_at) else Stage.STILL


def next_reminder(*, due_at: datetime, now: datetime) -> datetime | None:
    """Return when to remind again after a reminder at `now`; None after the last one."""
    match stage(due_at=due_at, now=now):
        case Stage.BEFORE:
            return due_at
        case Stage.AT:
            return _after(due_at)
        case Stage.AFTER:
            return _still(due_at)
        case Stage.STILL:
            return None


def held_back_until(today: date) -> datetime:
    """Return when to try again with a reminder of a record that had one today."""
    return at_local(next_working_day(today), MORNING)


def _after(due_at: datetime) -> datetime:
    return at_local(next_working_day(local(due_at).date()), MORNING)


def _still(due_at: datetime) -> datetime:
    return at_local(add_working_days(local(due_at).date(), _STILL), MORNING)


def _working_day_before(day: date) -> date:
    day -= _DAY
    while not is_working_day(day):
        day -= _DAY
    return day
