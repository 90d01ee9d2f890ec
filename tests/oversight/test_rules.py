"""What the rules ask about, and what they leave alone: the same reading with and without a reason for it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from backend.oversight.unusual import (
    IN_A_FORTNIGHT,
    NO_RELATION,
    NO_TASK,
    OFF_HOURS,
    OWN_FAMILY,
    SEARCHES,
    Read,
    Usual,
    findings,
    limits,
)

TODAY = date(2026, 11, 24)


def read(before: int, **what: Any) -> Read:
    """What somebody did about one more child, so many days ago."""
    return Read(TODAY - timedelta(days=before), what.pop("subject_id", None) or uuid4(), **what)


def kinds(reads: Sequence[Read], usual: Usual | None = None) -> list[str]:
    return [one.kind for one in findings(TODAY, reads, usual or Usual(), limits(), {})]


def test_whoever_takes_a_last_look_at_everything_is_asked_and_whoever_has_a_full_fortnight_is_not() -> None:
    week = [read(day, is_opened=True, is_tasked=True) for day in range(15, 55) for _ in range(2) if day % 7 < 5]
    lately = [read(day, is_opened=True, is_tasked=True) for day in range(10) for _ in range(8)]
    assert kinds([*week, *lately]) == [IN_A_FORTNIGHT]
    assert kinds([*week, *lately[:30]]) == []
    assert kinds(lately) == [], "who is new has no usual fortnight"


def test_searches_of_which_nothing_follows_are_asked_about_and_those_of_who_always_searches_are_not() -> None:
    searches = [read(day) for day in range(0, 45, 3)]
    assert kinds(searches) == [SEARCHES]
    assert kinds(searches, Usual(searched=5)) == []
    opened = [read(0, subject_id=one.subject_id, is_opened=True, is_tasked=True) for one in searches]
    assert kinds([*searches, *opened]) == [], "what was searched for and then opened was work"


def test_what_is_refused_of_ones_own_work_is_no_attempt() -> None:
    assert kinds([read(day, is_refused=True) for day in range(4)]) == [NO_RELATION]
    assert kinds([read(day, is_refused=True, is_tasked=True) for day in range(4)]) == []
    part = [read(day, is_refused=True, is_opened=True, has_acted=True) for day in range(4)]
    assert kinds(part) == [], "a part of a record that they read"


def test_who_works_late_on_what_is_theirs_is_not_on_call_and_who_was_called_is() -> None:
    tonight = read(0, is_opened=True, is_off_hours=True)
    late = [read(day, is_opened=True, is_tasked=True, is_off_hours=True) for day in range(1, 20)]
    called = [read(day, is_opened=True, has_acted=True, is_off_hours=True) for day in (5, 12, 19)]
    assert kinds([*late, tonight]) == [OFF_HOURS]
    assert kinds([*called, tonight]) == []
    assert kinds([*called, *(read(0, is_opened=True, is_off_hours=True) for _ in range(4))]) == [OFF_HOURS]


def test_a_tie_is_asked_about_also_where_the_agency_has_a_task() -> None:
    assert kinds([read(0, is_opened=True, is_tasked=True, ties=(OWN_FAMILY,))]) == [OWN_FAMILY]
    assert kinds([read(1, is_opened=True, is_tasked=True, ties=(OWN_FAMILY,))]) == [], "that was yesterday"


def test_one_child_read_again_and_again_without_a_task_is_asked_about_unless_something_is_done() -> None:
    child = uuid4()
    days = [read(day, subject_id=child, is_opened=True) for day in (0, 9, 18)]
    assert kinds(days) == [NO_TASK]
    [one] = findings(TODAY, days, Usual(idle=2), limits(), {})
    assert (one.amount, one.usual) == (1, 0), "it is not compared with how many children others read"
    assert kinds([*days, read(3, subject_id=child, is_opened=True, has_acted=True)]) == []
