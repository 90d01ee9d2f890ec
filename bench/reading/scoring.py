"""What the rules make of a made-up year: what was planted and found, and what was said without a cause."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from uuid import UUID

from backend.oversight.unusual import Limits, Read, Usual, findings, limits
from bench.reading.year import ROLES, Person, Planted, Year

# Somebody decides about an alert within as many days; what comes until then is added to it.
DECIDED = timedelta(days=3)


@dataclass
class Said:
    """One alert: whoever decides does so some days later, and what comes in between is added to it."""

    person: int
    kind: str
    on: date
    subjects: set[UUID]


@dataclass
class Score:
    """How many of the planted were found, and how many of what was said was about them; missed by way."""

    planted: int
    found: int
    said: int
    right: int
    missed: dict[str, int]
    wrong: dict[str, int]

    @property
    def recall(self) -> float:
        return self.found / self.planted

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 1.0


def watch(year: Year, limit: Limits | None = None) -> list[Said]:
    """Go through the year day by day, as the worker does."""
    limit = limit or limits()
    usual = _usual(year, limit)
    return [one for person in year.people for one in _watch(person, usual[person.role], limit)]


def _watch(person: Person, usual: Usual, limit: Limits) -> list[Said]:
    said: list[Said] = []
    settled: dict[str, set[UUID]] = defaultdict(set)
    waiting: dict[str, Said] = {}
    days = sorted(person.read)
    for day in days:
        for kind, one in list(waiting.items()):
            if day - one.on > DECIDED:
                settled[kind] |= waiting.pop(kind).subjects
        first = bisect_right(days, day - timedelta(days=limit.back_days))
        reads = [read for on in days[first : bisect_right(days, day)] for read in person.read[on].values()]
        for found in findings(day, reads, usual, limit, settled):
            if found.kind not in waiting:
                waiting[found.kind] = Said(person.number, found.kind, day, set())
                said.append(waiting[found.kind])
            waiting[found.kind].subjects |= found.subjects
    return said


def _usual(year: Year, limit: Limits) -> dict[str, Usual]:
    share = limit.back_days / len(year.days)
    found = {}
    for role in ROLES:
        people = [person for person in year.people if person.role == role]
        days = [sum(read.is_opened for read in rows.values()) for person in people for rows in person.read.values()]
        idle = [sum(read.is_idle for read in _reads(person)) for person in people]
        searched = [sum(read.is_searched for read in _reads(person)) for person in people]
        found[role] = Usual(median(filter(None, days)), median(idle) * share, median(searched) * share)
    return found


def _reads(person: Person) -> Iterator[Read]:
    return (read for rows in person.read.values() for read in rows.values())


def score(year: Year, said: Sequence[Said]) -> Score:
    """Compare what was said with what was planted: it must name one of its children, within a week of the last look."""
    missed: dict[str, int] = defaultdict(int)
    for one in year.planted:
        missed[one.way] += not any(_is_about(row, one) for row in said)
    right = [row for row in said if any(_is_about(row, one) for one in year.planted)]
    wrong = Counter(row.kind for row in said if row not in right)
    found = len(year.planted) - sum(missed.values())
    return Score(len(year.planted), found, len(said), len(right), dict(missed), dict(wrong))


def _is_about(row: Said, one: Planted) -> bool:
    in_time = one.first - DECIDED <= row.on <= one.last + timedelta(days=7)
    return row.person == one.person and in_time and bool(row.subjects & one.subjects)
