"""What must be true before a birth, a loss or a change of school is recorded."""

from collections.abc import Iterator
from datetime import date, timedelta

from backend.children.models import Child

NOT_EXPECTED = "No baby is expected here. Look at the child’s details again."
NOT_RECORDED = "Nobody has recorded that the pregnancy ended. Look at the child’s details again."
PAST = "Enter a day that is not in the future."
AHEAD = "Choose today or a later day."
_WITHIN = timedelta(days=2 * 365)


def is_expected(child: Child) -> bool:
    """Say whether somebody waits for this child to be born."""
    return child.expected_date is not None and child.pregnancy_ended_on is None and child.died_on is None


def is_at_school(child: Child) -> bool:
    """Say whether a school can be spoken of."""
    return child.expected_date is None and child.died_on is None


def school_problems(child: Child, school: str, on: date, today: date) -> Iterator[tuple[str, str]]:
    """Yield (field, sentence) for a move that is none, or is too far away."""
    if not is_at_school(child):
        yield "school", "A baby who is not born yet goes to no school."
    elif school in {child.next_school, child.school_on(today)} and on == child.school_changes_on:
        yield "school", "That is written down already."
    elif school == child.school_on(today):
        yield "school", "The child goes there already."
    if abs(on - today) > _WITHIN:
        yield "on", "Choose a day within two years."
