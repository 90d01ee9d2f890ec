"""What must be true before a version may count."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from backend.configuration.kinds import kind_of
from backend.configuration.models import Version
from backend.core import clock
from backend.deadlines.calendar import local

Given = Mapping[str, Any]
_THE_SAME = "This says the same as the version in force. Change something first, or discard the draft."
_NOT_TRIED = "Try it out first: somebody who agrees should see what it would do."
_PAST = "This day has passed. Choose today or a later day."
_NO_SUCH = "There is no such entry. Somebody may have removed it."


def today() -> date:
    """Return the day it is in England."""
    return local(clock.now()).date()


def says_something_new(version: Version, in_force: Version | None, _given: Given | None) -> Iterator[str]:
    """Nobody is asked to agree to nothing."""
    if in_force is not None and in_force.entries == version.entries:
        yield _THE_SAME


def is_without_faults(version: Version, _in_force: Version | None, _given: Given | None) -> Iterator[str]:
    """What is wrong with the entries together is said, a sentence a mistake."""
    yield from kind_of(version.kind).faults(version.entries)


def was_tried(version: Version, _in_force: Version | None, _given: Given | None) -> Iterator[str]:
    """Where there is a bench, it was used on these very entries."""
    if kind_of(version.kind).try_out is not None and version.tried_at is None:
        yield _NOT_TRIED


def its_day_is_to_come(_version: Version, _in_force: Version | None, given: Given | None) -> Iterator[str]:
    """Nothing counts from a day that has passed: old records keep what they were made with."""
    day = (given or {}).get("effective_on")
    if day is not None and day < today():
        yield _PAST


def entry_exists(version: Version, _in_force: Version | None, given: Given | None) -> Iterator[str]:
    """An entry that is changed or removed is there; a new one has no code yet."""
    code = (given or {}).get("code")
    if code and all(entry["code"] != code for entry in version.entries):
        yield _NO_SUCH


def new_entries_may_come(version: Version, _in_force: Version | None, given: Given | None) -> Iterator[str]:
    """Some kinds have a fixed list: each level of need has its text, and there is no other level."""
    if given is not None and not given.get("code"):
        yield from entries_may_go(version, _in_force, given)


def entries_may_go(version: Version, _in_force: Version | None, _given: Given | None) -> Iterator[str]:
    """The same of what is removed."""
    kind = kind_of(version.kind)
    if kind.codes:
        yield f"Each {kind.noun} has its place here: change it, none is added or removed."
