"""Which part of a long family of tests runs every time: a fixed one, the same on each machine. All of it: test-deep."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from zlib import crc32

import pytest

# What a journey is walked with; walked with one of them each time, it is walked with the others by `make test-deep`.
HANDS = frozenset(["width", "works", "by", "hands", "with_keys"])
# For a test that goes through many things itself: a part of them every time, and all of them.
PART_AND_WHOLE = pytest.mark.parametrize(
    "whole", [False, pytest.param(True, marks=pytest.mark.deep)], ids=["a part", "the whole"]
)


def is_in_turn(name: str, *, one_of: int, turn: int = 0) -> bool:
    """Whether what has this name is in the part whose turn it is, of so many parts."""
    return crc32(name.encode()) % one_of == turn


def set_aside(items: Iterable[pytest.Item]) -> None:
    """Mark as deep what `@pytest.mark.spread(n)` leaves out: it runs one in n."""
    for item in items:
        spread = item.get_closest_marker("spread")
        if spread is not None and not is_in_turn(item.nodeid, one_of=spread.args[0]):
            item.add_marker(pytest.mark.deep)


def set_aside_hands(items: Iterable[pytest.Item]) -> None:
    """Of each journey, leave the one hand whose turn it is, and mark the others as deep."""
    for name, journeys in groupby(items, key=_journey):
        found = list(journeys)
        for place, item in enumerate(found):
            if place != crc32(name.encode()) % len(found):
                item.add_marker(pytest.mark.deep)


def _journey(item: pytest.Item) -> str:
    """What a test is, whichever hand it is walked with."""
    params: dict[str, Any] = getattr(getattr(item, "callspec", None), "params", {})
    other = {name: str(value) for name, value in params.items() if name not in HANDS}
    return f"{item.nodeid.partition('[')[0]} {sorted(other.items())}"
