"""What the database counts as working days is what the calendar counts, also over Christmas and Easter."""

from datetime import date, datetime, timedelta

import holidays
import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core import clock
from backend.deadlines.calendar import END_OF_DAY, LONDON, add_working_days, at_local, local

pytestmark = pytest.mark.django_db
FIRST, LAST = 2020, 2045
# The list has to reach this far beyond today, or somebody has to make it longer.
AHEAD = timedelta(days=10 * 365)


def _one(sql: str, *values: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def test_the_bank_holidays_are_those_of_the_package() -> None:
    found = _one("SELECT app.bank_holidays()")
    assert found == sorted(holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST, LAST + 1)))
    assert date(LAST, 1, 1) > (clock.now() + AHEAD).date()


@given(
    since=st.datetimes(datetime(FIRST, 1, 1), datetime(LAST - 1, 1, 1)).map(lambda at: at.replace(tzinfo=LONDON)),
    amount=st.integers(1, 10),
)
@settings(max_examples=60, deadline=None)
def test_the_end_of_the_nth_working_day_is_the_same(since: datetime, amount: int) -> None:
    expected = at_local(add_working_days(local(since).date(), amount), END_OF_DAY)
    assert _one("SELECT app.after_working_days(%s, %s)", since, amount) == expected
