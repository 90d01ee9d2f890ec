"""Where a request spends its time: a profile of many, added up by whose code it is."""

import cProfile
import pstats
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.operations.surroundings import ROOT

_TIMES, _WARM = 50, 5
# In these psycopg hands over to the server and waits.
_WAITS = (("psycopg/connection.py", "wait"), ("psycopg/client_cursor.py", "_execute_send"))
_LIBRARIES = (
    ("django/db/", "Django: building statements and rows"),
    ("django/", "Django: the request, its address, the session"),
    ("rest_framework/", "Django REST framework"),
    ("psycopg", "psycopg: parameters and columns"),
)
DATABASE, OTHERS = "The database, waited for", "Python and other packages"


@dataclass(frozen=True, slots=True)
class Spent:
    """What one request costs in one part of the code: part of the whole time, and calls of functions."""

    part: str
    share: float
    calls: int


def spent(ask: Callable[[], object]) -> Sequence[Spent]:
    """Ask again and again under a profiler, and return the parts, the longest first.

    A profiler makes each call of a function dearer, so what makes many is told as too much, and waiting as too little.
    """
    for _time in range(_WARM):
        ask()
    profile = cProfile.Profile()
    profile.enable()
    for _time in range(_TIMES):
        ask()
    profile.disable()
    seconds: dict[str, float] = defaultdict(float)
    calls: Counter[str] = Counter()
    # Typeshed does not know what a profile holds: a call's place, and how often and how long it was.
    rows: Mapping[tuple[str, int, str], tuple[int, int, float, float, object]] = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    for (file, _line, function), (_primitive, number, own, _whole, _callers) in rows.items():
        part = _part(file, function)
        seconds[part] += own
        calls[part] += number
    whole = sum(seconds.values())
    return [
        Spent(part, took / whole, round(calls[part] / _TIMES))
        for part, took in sorted(seconds.items(), key=lambda one: -one[1])
    ]


def table(parts: Sequence[Spent]) -> str:
    """Return a row for each part."""
    lines = ["| where | share of the time | calls of functions |", "|---|---|---|"]
    lines += [f"| {one.part} | {one.share:.0%} | {one.calls:,} |" for one in parts]
    return "\n".join(lines)


def _part(file: str, function: str) -> str:
    path = file.replace("\\", "/")
    if any(path.endswith(where) and function == waits for where, waits in _WAITS):
        return DATABASE
    if path.startswith(str(ROOT / "backend")):
        return f"Alongside: {Path(path).relative_to(ROOT / 'backend').parts[0]}"
    _before, inside, rest = path.partition("site-packages/")
    return next((name for begins, name in _LIBRARIES if inside and rest.startswith(begins)), OTHERS)
