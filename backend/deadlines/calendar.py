"""When something falls due: working days of England, school days and plain hours, as pure functions of instants."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
START_OF_DAY = time(9)
END_OF_DAY = time(17)
LAST_OF_DAY = time(23, 59, 59, 999_999)
NOON = time(12)
END_OF_SCHOOL_DAY = time(15, 30)
# What comes later cannot be done the same day by somebody who is out on visits.
LATE_IN_THE_DAY = time(15)
_SATURDAY = 5
_MONTHS = 12
DayRule = Callable[[date], bool]


class Unit(StrEnum):
    """What a target counts in."""

    CLOCK_HOURS = "clock_hours"
    WORKING_DAYS = "working_days"
    SCHOOL_DAY = "school_day"
    SAME_DAY = "same_day"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class Amount(Protocol):
    """How long: a number of units. A row of agencies.Target is one."""

    @property
    def amount(self) -> int:
        """How many."""

    @property
    def unit(self) -> str:
        """Of what: a Unit."""


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Say whether offices in England are open on `day`: not a weekend, not a bank holiday."""
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


def next_working_day(day: date, *, rule: DayRule = is_working_day) -> date:
    """Return the first working day after `day`."""
    day += timedelta(days=1)
    while not rule(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, amount: int) -> date:
    """Return the `amount`th working day after `day`; `day` itself is never counted, working or not."""
    for _ in range(amount):
        day = next_working_day(day)
    return day


def local(moment: datetime) -> datetime:
    """Return an aware instant as it reads on a wall clock in England."""
    return moment.astimezone(LONDON)


def at_local(day: date, hour: time) -> datetime:
    """Return the instant, in UTC, when the wall clock in England shows `hour` on `day`."""
    return datetime.combine(day, hour, tzinfo=LONDON).astimezone(UTC)


def due(target: Amount, start: datetime, *, is_school_day: DayRule = is_working_day) -> datetime:
    """Return the instant in UTC when something received at `start` falls due; raise ValueError for an unknown unit."""
    day = local(start).date()
    match Unit(target.unit):
        case Unit.CLOCK_HOURS:
            return start.astimezone(UTC) + timedelta(hours=target.amount)
        case Unit.WORKING_DAYS:
            return at_local(add_working_days(day, target.amount), END_OF_DAY)
        case Unit.SCHOOL_DAY:
            return _school_day(start, is_school_day)
        case Unit.SAME_DAY:
            return _same_day(start)
        case Unit.DAYS:
            return _end_of(day + timedelta(days=target.amount), start)
        case Unit.WEEKS:
            return _end_of(day + timedelta(weeks=target.amount), start)
        case Unit.MONTHS:
            return _end_of(_months_later(day, target.amount), start)


def late_at(chosen: datetime, start: datetime) -> datetime:
    """Return when something is late whose day somebody chose, as the evening of that day.

    Chosen on that very day once its office hours are over, it has until the day itself is over.
    """
    day = local(start).date()
    return at_local(day, LAST_OF_DAY) if chosen < start and local(chosen).date() == day else chosen


def _school_day(start: datetime, is_school_day: DayRule) -> datetime:
    """Before noon: the end of that school day. Otherwise noon of the next one, but never over one working day."""
    received = local(start)
    day = received.date()
    if is_school_day(day) and received.time() < NOON:
        return at_local(day, END_OF_SCHOOL_DAY)
    limit = at_local(next_working_day(day), END_OF_DAY)
    return min(at_local(next_working_day(day, rule=is_school_day), NOON), limit)


def _same_day(start: datetime) -> datetime:
    """Until mid-afternoon of a working day: the end of it. Later, or on another day: noon of the next working day."""
    received = local(start)
    day = received.date()
    if is_working_day(day) and received.time() < LATE_IN_THE_DAY:
        return at_local(day, END_OF_DAY)
    return at_local(next_working_day(day), NOON)


def _end_of(day: date, start: datetime) -> datetime:
    """Return the end of `day`, or of the working day before it, but never of the day it began."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    began = local(start).date()
    return at_local(day if day > began else next_working_day(began), END_OF_DAY)


def _months_later(day: date, amount: int) -> date:
    """Return the same day of a later month, or that month's last day."""
    years, month = divmod(day.month - 1 + amount, _MONTHS)
    first = date(day.year + years, month + 1, 1)
    last = date(first.year + first.month // _MONTHS, first.month % _MONTHS + 1, 1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def working_time_between(start: datetime, end: datetime) -> timedelta:
    """Return how much of the time from `start` to `end` was office hours, 9am to 5pm on working days."""
    total = timedelta()
    day = local(start).date()
    while day <= local(end).date():
        if is_working_day(day):
            opened, closed = at_local(day, START_OF_DAY), at_local(day, END_OF_DAY)
            total += max(min(closed, end) - max(opened, start), timedelta())
        day += timedelta(days=1)
    return total


def add_working_time(moment: datetime, amount: timedelta) -> datetime:
    """Return the instant when `amount` of office hours have passed since `moment`; nothing added changes nothing."""
    day = local(moment).date()
    while amount > timedelta():
        if is_working_day(day):
            opened, closed = at_local(day, START_OF_DAY), at_local(day, END_OF_DAY)
            begin = max(opened, moment)
            if begin < closed:
                step = min(amount, closed - begin)
                moment, amount = begin + step, amount - step
        day += timedelta(days=1)
    return moment.astimezone(UTC)


def moved(due_at: datetime, *, unit: str, paused_at: datetime, resumed_at: datetime) -> datetime:
    """Return where a pause leaves `due_at`: later by the (office) hours it lasted; a breach is never undone."""
    if paused_at >= due_at:
        return due_at
    if unit == Unit.CLOCK_HOURS:
        return due_at + (resumed_at - paused_at)
    return add_working_time(due_at, working_time_between(paused_at, resumed_at))


def in_words(moment: datetime) -> str:
    """Return an instant as people in England say it: 5pm on Tuesday 24 November."""
    there = local(moment)
    hour = f"{there.hour % 12 or 12}"
    minutes = f":{there.minute:02d}" if there.minute else ""
    return f"{hour}{minutes}{'am' if there.hour < 12 else 'pm'} on {there:%A} {there.day} {there:%B}"


def day_in_words(moment: datetime) -> str:
    """Return the day in England alone, like “3 March 2026”."""
    return day_said(local(moment).date())


def day_said(day: date) -> str:
    """Return a day, like “3 March 2026”."""
    return f"{day.day} {day:%B %Y}"
