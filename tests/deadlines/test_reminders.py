"""When people are reminded of a clock."""

import pytest

from backend.deadlines import reminders
from backend.deadlines.reminders import Stage
from tests.deadlines.test_calendar import london


@pytest.mark.parametrize(
    ("started", "due", "first"),
    [
        ("2026-11-23 10:00", "2026-11-24 17:00", "2026-11-24 09:00"),  # one working day: the morning it is due
        ("2026-11-27 10:00", "2026-11-30 17:00", "2026-11-30 09:00"),
        ("2026-11-23 10:00", "2026-11-30 17:00", "2026-11-27 09:00"),  # longer: the working day before
        ("2026-11-23 08:00", "2026-11-23 12:00", "2026-11-23 12:00"),  # four hours: when it is due
        ("2026-11-23 22:00", "2026-11-24 02:00", "2026-11-24 02:00"),
    ],
)
def test_the_first_reminder(started: str, due: str, first: str) -> None:
    assert reminders.first_reminder(started_at=london(started), due_at=london(due)) == london(first)


@pytest.mark.parametrize(
    ("now", "stage", "following"),
    [
        ("2026-11-24 09:00", Stage.BEFORE, "2026-11-24 17:00"),
        ("2026-11-24 17:00", Stage.AT, "2026-11-25 09:00"),
        ("2026-11-25 08:59", Stage.AT, "2026-11-25 09:00"),
        ("2026-11-25 09:00", Stage.AFTER, "2026-11-27 09:00"),
        ("2026-11-27 09:00", Stage.STILL, None),
    ],
)
def test_before_at_after_still_and_then_no_more(now: str, stage: Stage, following: str | None) -> None:
    due = london("2026-11-24 17:00")

    assert reminders.stage(due_at=due, now=london(now)) is stage
    assert reminders.next_reminder(due_at=due, now=london(now)) == (following and london(following))


def test_a_reminder_held_back_waits_for_the_next_working_morning() -> None:
    assert reminders.held_back_until(london("2026-11-27 17:00").date()) == london("2026-11-30 09:00")
