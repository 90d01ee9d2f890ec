"""Ways of reading what is none of one's business: mostly slowly, at ordinary hours, some with a little pretext."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from backend.deadlines.calendar import is_working_day
from backend.oversight.unusual import TIES

# A day, and what somebody did about a child; where no `subject` is named, about one more.
Step = tuple[date, dict[str, Any]]
Way = Callable[[Random, date], Iterator[Step]]


def child(dice: Random) -> UUID:
    """Somebody else's child, seldom the same again."""
    return UUID(int=dice.getrandbits(128))


def _working(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _slowly(dice: Random, day: date, times: int, pause: tuple[int, int]) -> Iterator[date]:
    for _ in range(times):
        day = _working(day)
        yield day
        day += timedelta(days=dice.randint(*pause))


def _tied(kind: str, *, is_tasked: bool = False) -> Way:
    def steps(dice: Random, day: date) -> Iterator[Step]:
        subject = child(dice)
        for when in _slowly(dice, day, dice.randint(1, 2), (3, 20)):
            yield when, {"subject": subject, "is_opened": True, "is_tasked": is_tasked, "ties": (kind,)}

    return steps


def _curious(dice: Random, day: date) -> Iterator[Step]:
    """One child every few days for ten weeks, at ordinary hours; for some, a little something is done as a pretext."""
    for when in _slowly(dice, day, 14, (3, 6)):
        yield when, {"is_opened": True, "has_acted": dice.random() < 0.2}


def _one_child(dice: Random, day: date) -> Iterator[Step]:
    """The same child again and again, a week or so apart."""
    subject = child(dice)
    for when in _slowly(dice, day, 6, (5, 12)):
        yield when, {"subject": subject, "is_opened": True}


def _tries(dice: Random, day: date) -> Iterator[Step]:
    for when in _slowly(dice, day, 7, (2, 6)):
        yield when, {"is_refused": True}


def _guesses(dice: Random, day: date) -> Iterator[Step]:
    """Addresses that are guessed, in one sitting."""
    for _ in range(dice.randint(5, 12)):
        yield _working(day), {"is_refused": True}


def _searches(dice: Random, day: date) -> Iterator[Step]:
    """The children of a street, a class or a family are searched for; few are found, and fewer opened."""
    for when in _slowly(dice, day, 12, (1, 4)):
        for _ in range(dice.randint(1, 3)):
            yield when, {"is_opened": dice.random() < 0.1}


def _in_bulk(dice: Random, day: date) -> Iterator[Step]:
    for _ in range(dice.randint(25, 60)):
        yield _working(day), {"is_opened": True, "is_tasked": dice.random() < 0.5}


def _leaving(dice: Random, day: date) -> Iterator[Step]:
    """Who may open everything takes a last look at all of it, a few more on each of their last days."""
    for when in _slowly(dice, day, 9, (1, 1)):
        for _ in range(dice.randint(7, 12)):
            yield when, {"is_opened": True, "is_tasked": dice.random() < 0.85}


def _other_teams(dice: Random, day: date) -> Iterator[Step]:
    """A manager reads what other teams work on."""
    for when in _slowly(dice, day, 10, (2, 5)):
        for _ in range(dice.randint(1, 2)):
            yield when, {"is_opened": True}


def _evenings(dice: Random, day: date) -> Iterator[Step]:
    for when in _slowly(dice, day, dice.randint(1, 3), (1, 9)):
        for _ in range(dice.randint(1, 3)):
            yield when, {"is_opened": True, "is_off_hours": True}


WAYS: Mapping[str, Way] = {
    **{kind: _tied(kind) for kind in TIES},
    "tied to one they decide for": _tied(TIES[0], is_tasked=True),
    "one after the other": _curious,
    "one child": _one_child,
    "tries": _tries,
    "guesses": _guesses,
    "searches": _searches,
    "in bulk": _in_bulk,
    "leaving": _leaving,
    "other teams": _other_teams,
    "evenings": _evenings,
}
# Only who decides in an agency's name can do it like this.
OF_WHO_DECIDES = {"tied to one they decide for", "leaving", "other teams"}
