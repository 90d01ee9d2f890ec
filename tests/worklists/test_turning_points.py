"""The days on which much changes for a child, and where a due date belongs on the list of today."""

from datetime import UTC, date, datetime

import pytest

from backend.children.models import Child
from backend.core import clock
from backend.worklists.rules import months_later, place_of, turning_points

MOVES = "Changes school: look at the plan"
TODAY = date(2026, 11, 25)
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def turns(**facts: date) -> list[tuple[str, date]]:
    """What is coming for a child with these facts, seen from today."""
    return [(point.label, point.on) for point in turning_points(Child(**facts), on=TODAY)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({"date_of_birth": date(2009, 6, 1)}, [("Turns 17½", date(2026, 12, 1))], id="17½ next week"),
        pytest.param({"date_of_birth": date(2008, 11, 25)}, [("Turns 18", TODAY)], id="18 today"),
        pytest.param({"date_of_birth": date(2008, 11, 24)}, [], id="18 since yesterday"),
        pytest.param({"date_of_birth": date(2009, 2, 17)}, [("Turns 18", date(2027, 2, 17))], id="in twelve weeks"),
        pytest.param({"date_of_birth": date(2009, 2, 18)}, [], id="a day later than twelve weeks"),
        pytest.param({"date_of_birth": date(2014, 1, 1)}, [], id="a younger child"),
        pytest.param({"expected_date": date(2026, 12, 24)}, [("Baby expected", date(2026, 12, 24))], id="expected"),
        pytest.param({"expected_date": date(2026, 11, 1)}, [("Baby expected", date(2026, 11, 1))], id="unsaid"),
        pytest.param({"expected_date": date(2026, 5, 1)}, [], id="long past"),
        pytest.param(
            {"expected_date": date(2026, 12, 24), "pregnancy_ended_on": date(2026, 11, 20)},
            [],
            id="the pregnancy ended",
        ),
        pytest.param({"school_changes_on": date(2027, 1, 4)}, [(MOVES, date(2027, 1, 4))], id="moves in January"),
        pytest.param({"school_changes_on": date(2026, 11, 2)}, [(MOVES, date(2026, 11, 2))], id="moved this month"),
        pytest.param({"school_changes_on": date(2026, 10, 2)}, [], id="settled"),
        pytest.param({"date_of_birth": date(2008, 11, 25), "died_on": date(2026, 1, 1)}, [], id="a child who died"),
        pytest.param({}, [], id="nothing known"),
    ],
)
def test_what_turns_within_twelve_weeks(facts: dict[str, date], expected: list[tuple[str, date]]) -> None:
    assert turns(**facts) == expected


def test_somebody_born_on_29_february_turns_18_on_1_march() -> None:
    assert months_later(date(2008, 2, 29), 18 * 12) == date(2026, 3, 1)
    assert months_later(date(2026, 8, 31), 6) == date(2027, 3, 1)
    assert months_later(date(2026, 6, 30), 6) == date(2026, 12, 30)


@pytest.mark.parametrize(
    ("due", "place"),
    [
        (datetime(2026, 11, 25, 11, 59, tzinfo=UTC), "overdue"),
        (datetime(2026, 11, 25, 17, tzinfo=UTC), "today"),
        (datetime(2026, 11, 26, 9, tzinfo=UTC), "soon"),
        (datetime(2026, 12, 3, 9, tzinfo=UTC), "later"),
        (date(2026, 11, 24), "overdue"),
        # A day has no hour: it is late only when it is over.
        (date(2026, 11, 25), "today"),
        (date(2026, 12, 2), "soon"),
        (date(2026, 12, 3), "later"),
    ],
)
def test_where_a_due_date_belongs(due: datetime | date, place: str) -> None:
    with clock.at(NOON):
        assert place_of(due) == place
