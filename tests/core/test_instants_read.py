"""An instant comes back from the database as it was put in, in UTC."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import DataError, connection

WITH_PARTS = datetime(2026, 11, 28, 23, 59, 59, 901_200, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "instant",
    [
        WITH_PARTS,
        WITH_PARTS.replace(microsecond=0),
        WITH_PARTS.replace(microsecond=7),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2026, 6, 1, 0, 30, tzinfo=timezone(timedelta(hours=1))),
    ],
)
def test_it_is_the_same_instant_in_utc(instant: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz, NULL::timestamptz", [instant])
        found, none = cursor.fetchone()
    assert found == instant
    assert found.tzinfo is UTC
    assert none is None


@pytest.mark.django_db
def test_of_what_is_no_instant_one_is_told() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'infinity'::timestamptz")
        with pytest.raises(DataError):
            cursor.fetchone()
