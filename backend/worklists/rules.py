"""When something on a worker's list is late, due today, or soon; and the days on which much changes for a child."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from backend.children.models import Child
from backend.core import clock
from backend.deadlines.calendar import local

Place = Literal["overdue", "today", "soon", "later"]
SOON_DAYS = 7
# Long enough to ask an adult service, and to be told of its waiting list, before the day comes.
TURNING_DAYS = 84
# A move that has happened is looked at while the first weeks at the new school last.
SETTLING_DAYS = 28
# Ages at which much changes for a young person: plans for adulthood begin to be pressing, and adulthood itself.
_TURNS = ((17, 6, "Turns 17½"), (18, 0, "Turns 18"))
_MONTHS = 12
# By when the first scores of a plan are in, and how long after that they still say where somebody began.
_FIRST_SCORE_DAYS, _STILL_A_BEGINNING = 14, 14


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """A day on which much changes for a child, and what it is; `way` is where it is answered, under the case."""

    label: str
    on: date
    way: str = ""


def place_of(due: datetime | date) -> Place:
    """Return where a time or a day belongs on the list of today, by the clock in London."""
    now = clock.now()
    today = local(now).date()
    on = local(due).date() if isinstance(due, datetime) else due
    if on < today or (isinstance(due, datetime) and due < now):
        return "overdue"
    if on == today:
        return "today"
    return "soon" if on <= today + timedelta(days=SOON_DAYS) else "later"


def turning_points(child: Child, *, on: date) -> Iterator[TurningPoint]:
    """Yield what is coming for a child within twelve weeks, of the turning points of workflow.md that a date tells.

    A child that is expected, or whose expected day has passed by less than twelve weeks, is a turning point too:
    somebody has to say that the child is born. So is a change of school, until four weeks after it: the plan is looked
    at again. Nothing for a child who died, and nothing about a birth when the pregnancy has ended.
    """
    if child.died_on is not None:
        return
    until = on + timedelta(days=TURNING_DAYS)
    expected = child.expected_date if child.pregnancy_ended_on is None else None
    if expected is not None and on - timedelta(days=TURNING_DAYS) <= expected <= until:
        yield TurningPoint("Baby expected", expected, "/do/record_birth?at=child")
    moves = child.school_changes_on
    if moves is not None and on - timedelta(days=SETTLING_DAYS) <= moves <= until:
        yield TurningPoint("Changes school: look at the plan", moves, "/plan")
    if child.date_of_birth is None:
        return
    for years, months, label in _TURNS:
        turns = months_later(child.date_of_birth, years * _MONTHS + months)
        if on <= turns <= until:
            yield TurningPoint(label, turns)


def sharing_turns(ends_on: date | None, *, on: date) -> Iterator[TurningPoint]:
    """Yield that the family's consent to a share, or another share with an end, runs out within twelve weeks."""
    if ends_on is not None and on <= ends_on <= on + timedelta(days=TURNING_DAYS):
        yield TurningPoint("Agreement to share ends", ends_on)


def agreement_turns(last_day: date | None, *, on: date) -> Iterator[TurningPoint]:
    """Yield that the last day for which the family agreed to be helped comes within twelve weeks."""
    if last_day is not None and on <= last_day <= on + timedelta(days=TURNING_DAYS):
        yield TurningPoint("Agreement to be helped ends", last_day)


def first_score_due(planned_on: date | None, *, on: date) -> date | None:
    """Return by which day the first scores of a plan are in; nothing where it is too late for them to be the first."""
    if planned_on is None:
        return None
    due = planned_on + timedelta(days=_FIRST_SCORE_DAYS)
    return due if on <= due + timedelta(days=_STILL_A_BEGINNING) else None


def months_later(day: date, months: int) -> date:
    """Return the day so many months later; where that month has no such day, the first of the next month."""
    whole = day.month - 1 + months
    year, month = day.year + whole // _MONTHS, whole % _MONTHS + 1
    try:
        return date(year, month, day.day)
    except ValueError:
        return date(year + month // _MONTHS, month % _MONTHS + 1, 1)
