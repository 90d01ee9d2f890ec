"""Facts of the calendar of England, as tables."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.deadlines import calendar
from backend.deadlines.calendar import LONDON, Unit


@dataclass(frozen=True)
class For:
    amount: int
    unit: str


def london(text: str) -> datetime:
    """An instant as the wall clock in England shows it, Monday being 2026-11-23."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        ("2026-11-23", True),  # a Monday
        ("2026-11-28", False),  # a Saturday
        ("2026-11-29", False),  # a Sunday
        ("2026-04-03", False),  # Good Friday
        ("2026-04-06", False),  # Easter Monday
        ("2026-04-07", True),
        ("2026-05-04", False),  # early May
        ("2026-05-25", False),  # spring
        ("2026-08-31", False),  # summer in England; Scotland's is on 3 August
        ("2026-08-03", True),
        ("2026-12-25", False),
        ("2026-12-28", False),  # in place of Boxing Day, a Saturday
        ("2027-01-01", False),
        ("2027-01-04", True),  # a holiday in Scotland only
        ("2026-11-30", True),  # St Andrew's Day is Scotland's
        ("2022-09-19", False),  # the funeral of Queen Elizabeth II, proclaimed for one year
    ],
)
def test_working_days_of_england(day: str, is_working: bool) -> None:
    assert calendar.is_working_day(date.fromisoformat(day)) is is_working


@pytest.mark.parametrize(
    ("received", "amount", "due"),
    [
        ("2026-11-23 09:00", 1, "2026-11-24 17:00"),
        ("2026-11-23 00:01", 1, "2026-11-24 17:00"),
        ("2026-11-23 23:59", 1, "2026-11-24 17:00"),
        ("2026-11-27 16:59", 1, "2026-11-30 17:00"),  # Friday: Monday
        ("2026-11-28 10:00", 1, "2026-11-30 17:00"),  # Saturday: the first working day after is Monday
        ("2026-11-29 10:00", 1, "2026-11-30 17:00"),
        ("2026-11-23 09:00", 5, "2026-11-30 17:00"),
        ("2026-04-02 15:00", 1, "2026-04-07 17:00"),  # over Easter
        ("2026-12-24 15:00", 1, "2026-12-29 17:00"),  # over Christmas with the substitute day
        ("2026-12-24 15:00", 3, "2026-12-31 17:00"),
        ("2026-12-24 15:00", 4, "2027-01-04 17:00"),  # and the New Year
        ("2026-03-27 10:00", 1, "2026-03-30 17:00"),  # the clocks go forward between
        ("2026-10-23 10:00", 1, "2026-10-26 17:00"),  # and back
    ],
)
def test_working_days_end_at_five(received: str, amount: int, due: str) -> None:
    assert calendar.due(For(amount, Unit.WORKING_DAYS), london(received)) == london(due)


def test_due_is_an_instant_in_utc_whatever_the_season() -> None:
    winter = calendar.due(For(1, Unit.WORKING_DAYS), london("2026-11-23 09:00"))
    summer = calendar.due(For(1, Unit.WORKING_DAYS), london("2026-06-15 09:00"))

    assert (winter.tzinfo, winter.hour) == (UTC, 17)
    assert (summer.tzinfo, summer.hour) == (UTC, 16)


def test_the_day_of_receipt_is_englands_not_utcs() -> None:
    # Half past midnight on Saturday in England is still Friday in UTC.
    received = datetime(2026, 6, 19, 23, 30, tzinfo=UTC)

    assert calendar.due(For(1, Unit.WORKING_DAYS), received) == london("2026-06-22 17:00")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-23 11:59", "2026-11-23 15:30"),  # before noon: the end of that school day
        ("2026-11-23 12:00", "2026-11-24 12:00"),  # at noon: noon of the next
        ("2026-11-23 18:00", "2026-11-24 12:00"),
        ("2026-11-27 13:00", "2026-11-30 12:00"),  # Friday afternoon
        ("2026-11-28 09:00", "2026-11-30 12:00"),  # Saturday morning is not a school morning
        ("2026-12-24 13:00", "2026-12-29 12:00"),
    ],
)
def test_school_day_rule_before_and_after_noon(received: str, due: str) -> None:
    assert calendar.due(For(1, Unit.SCHOOL_DAY), london(received)) == london(due)


@pytest.mark.parametrize("received", ["2026-10-23 13:00", "2026-10-26 09:00"])
def test_school_day_is_never_over_one_working_day_when_schools_are_closed(received: str) -> None:
    def in_term(day: date) -> bool:
        half_term = date(2026, 10, 26) <= day <= date(2026, 10, 30)
        return calendar.is_working_day(day) and not half_term

    due = calendar.due(For(1, Unit.SCHOOL_DAY), london(received), is_school_day=in_term)

    assert due == calendar.due(For(1, Unit.WORKING_DAYS), london(received))


@pytest.mark.parametrize(
    ("received", "target", "due"),
    [
        ("2026-11-27 15:00", For(4, Unit.CLOCK_HOURS), "2026-11-27 19:00"),  # hours of the clock, closed or not
        ("2026-10-24 23:00", For(4, Unit.CLOCK_HOURS), "2026-10-25 02:00"),  # one hour happens twice
        ("2026-03-28 23:00", For(4, Unit.CLOCK_HOURS), "2026-03-29 04:00"),  # one hour does not happen
        ("2026-11-23 10:00", For(28, Unit.DAYS), "2026-12-21 17:00"),
        ("2026-11-28 10:00", For(28, Unit.DAYS), "2026-12-24 17:00"),  # 26 December: back to the last working day
        ("2026-11-27 10:00", For(1, Unit.DAYS), "2026-11-30 17:00"),  # never before it began
        ("2026-11-23 10:00", For(6, Unit.WEEKS), "2027-01-04 17:00"),
        ("2026-08-31 10:00", For(6, Unit.MONTHS), "2027-02-26 17:00"),  # 28 February is a Sunday
        ("2026-11-23 10:00", For(12, Unit.MONTHS), "2027-11-23 17:00"),
        ("2026-12-31 10:00", For(2, Unit.MONTHS), "2027-02-26 17:00"),
    ],
)
def test_other_units(received: str, target: For, due: str) -> None:
    assert calendar.due(target, london(received)) == london(due)


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="fortnights"):
        calendar.due(For(1, "fortnights"), london("2026-11-23 09:00"))


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-23 10:00", "2026-11-23 12:00", 2),
        ("2026-11-23 07:00", "2026-11-23 20:00", 8),
        ("2026-11-27 16:00", "2026-11-30 10:00", 2),  # over a weekend
        ("2026-11-28 10:00", "2026-11-29 10:00", 0),
        ("2026-12-24 16:00", "2026-12-29 10:00", 2),
        ("2026-11-23 12:00", "2026-11-23 12:00", 0),
    ],
)
def test_working_time(start: str, end: str, hours: int) -> None:
    assert calendar.working_time_between(london(start), london(end)) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("due", "paused", "resumed", "moved"),
    [
        # Held from Monday 10 to Wednesday 15: 7 + 8 + 6 office hours later than Tuesday 17.
        ("2026-11-24 17:00", "2026-11-23 10:00", "2026-11-25 15:00", "2026-11-27 14:00"),
        ("2026-11-24 17:00", "2026-11-23 18:00", "2026-11-24 08:00", "2026-11-24 17:00"),  # a night costs nothing
        ("2026-11-24 17:00", "2026-11-28 10:00", "2026-11-30 15:00", "2026-11-24 17:00"),  # breached before
        ("2026-11-24 17:00", "2026-11-24 16:00", "2026-11-24 16:00", "2026-11-24 17:00"),
    ],
)
def test_a_pause_moves_the_due_time_by_its_office_hours(due: str, paused: str, resumed: str, moved: str) -> None:
    result = calendar.moved(london(due), unit=Unit.WORKING_DAYS, paused_at=london(paused), resumed_at=london(resumed))

    assert result == london(moved)


def test_a_pause_of_clock_hours_moves_by_the_clock() -> None:
    result = calendar.moved(
        london("2026-11-23 20:00"),
        unit=Unit.CLOCK_HOURS,
        paused_at=london("2026-11-23 18:00"),
        resumed_at=london("2026-11-24 06:30"),
    )

    assert result == london("2026-11-24 08:30")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-24 17:00", "5pm on Tuesday 24 November"),
        ("2026-11-24 12:00", "12pm on Tuesday 24 November"),
        ("2026-06-15 09:05", "9:05am on Monday 15 June"),
    ],
)
def test_instants_in_words(moment: str, words: str) -> None:
    assert calendar.in_words(london(moment).astimezone(UTC)) == words


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))


@given(MOMENTS, st.integers(1, 60))
def test_due_is_later_on_a_working_day_and_grows_with_the_amount(start: datetime, amount: int) -> None:
    due = calendar.due(For(amount, Unit.WORKING_DAYS), start)

    assert due > start
    assert calendar.is_working_day(calendar.local(due).date())
    assert due < calendar.due(For(amount + 1, Unit.WORKING_DAYS), start)


@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=60)))
def test_adding_working_time_is_the_inverse_of_measuring_it(start: datetime, length: timedelta) -> None:
    amount = calendar.working_time_between(start, start + length)

    assert calendar.working_time_between(start, calendar.add_working_time(start, amount)) == amount


@given(MOMENTS)
def test_a_school_is_never_told_later_than_one_working_day(start: datetime) -> None:
    told = calendar.due(For(1, Unit.SCHOOL_DAY), start)

    assert start < told <= calendar.due(For(1, Unit.WORKING_DAYS), start)


@pytest.mark.parametrize(
    ("start", "late"),
    [
        ("2026-11-23 10:00", "2026-11-23 17:00"),
        ("2026-11-23 17:00", "2026-11-23 17:00"),
        ("2026-11-23 18:30", "2026-11-23 23:59:59.999999"),
        ("2026-11-20 18:30", "2026-11-23 17:00"),
        # In the past already: no evening is made up for it.
        ("2026-11-24 09:00", "2026-11-23 17:00"),
    ],
)
def test_a_chosen_day_is_late_in_its_evening_or_when_it_is_over(start: str, late: str) -> None:
    assert calendar.late_at(london("2026-11-23 17:00"), london(start)) == london(late)
