"""A made-up year of reading: sixty people with their cases, cover for others, leave, busy weeks, nights on call.

In it some snoop (ways.py).
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from backend.deadlines.calendar import is_working_day
from backend.oversight.unusual import TIES, Read
from bench.reading.ways import OF_WHO_DECIDES, WAYS, child

FIRST = date(2025, 1, 1)
ROLES = {"manager": 0.1, "triage_officer": 0.2, "case_worker": 0.7}
OWN, EACH = 16, 3
DECIDING = ("manager", "triage_officer")
# Searches a day of which nothing follows: a name that was misspelt, a child that is not known yet.
SEARCHES = {"manager": 0.04, "triage_officer": 0.12, "case_worker": 0.04}


@dataclass
class Person:
    """Somebody who works there, with the children they have a task for and what they read on each day."""

    number: int
    role: str
    part_time: float
    is_on_call: bool
    # How often they work on what is theirs outside office hours, and search for what is not there.
    late: float
    searches: float
    own: list[UUID]
    leave: set[date] = field(default_factory=set)
    busy: set[date] = field(default_factory=set)
    read: dict[date, dict[UUID, Read]] = field(default_factory=lambda: defaultdict(dict))

    def note(self, on: date, subject_id: UUID, **what: Any) -> None:
        """Add to what they did about a child on a day."""
        known = self.read[on].get(subject_id, Read(on, subject_id))
        self.read[on][subject_id] = replace(known, **what)


@dataclass(frozen=True)
class Planted:
    """One person who read what was none of their business: which children, from when to when, in which way."""

    person: int
    way: str
    first: date
    last: date
    subjects: frozenset[UUID]


class Year:
    """Everything that was read, and what of it was planted."""

    def __init__(self, seed: int, *, people: int = 60, days: int = 365, each: int = EACH) -> None:
        self.dice = random.Random(seed)
        self.days = [FIRST + timedelta(days=number) for number in range(days)]
        self.people = [self._person(number, people) for number in range(people)]
        for person in self.people:
            for day in self.days:
                self._usual_day(person, day)
        self.planted = [self._plant(way) for way in WAYS for _ in range(each)]

    def child(self) -> UUID:
        """Somebody else's child, seldom the same again."""
        return child(self.dice)

    def a_few(self, mean: float) -> int:
        """Around this many, and sometimes many more."""
        return sum(self.dice.random() < mean / 20 for _ in range(20))

    def _person(self, number: int, people: int) -> Person:
        dice = self.dice
        share, role = number / people, "case_worker"
        for name, part in ROLES.items():
            if share < part:
                role = name
                break
            share -= part
        one = Person(
            number,
            role,
            part_time=dice.choice([1, 1, 1, 0.8, 0.6]),
            is_on_call=number % 5 == 0,
            late=dice.choice([0.01, 0.01, 0.01, 0.15]),
            searches=SEARCHES[role] * dice.choice([1, 1, 1, 3]),
            own=[self.child() for _ in range(OWN)],
        )
        for _ in range(3):
            first = dice.choice(self.days)
            one.leave.update(first + timedelta(days=day) for day in range(dice.choice([5, 9, 14])))
        for _ in range(6):
            first = dice.choice(self.days)
            one.busy.update(first + timedelta(days=day) for day in range(5))
        return one

    def _usual_day(self, person: Person, day: date) -> None:
        dice = self.dice
        if dice.random() < 0.05:
            person.own[dice.randrange(OWN)] = self.child()
        if day in person.leave:
            return
        if person.is_on_call and dice.random() < 0.14:
            self._on_call(person, day)
        if not is_working_day(day) or dice.random() > person.part_time:
            return
        for subject in dice.sample(person.own, min(OWN, self.a_few(7) * (2 if day in person.busy else 1))):
            late = dice.random() < person.late
            person.note(day, subject, is_opened=True, is_tasked=True, has_acted=dice.random() < 0.4, is_off_hours=late)
        self._for_others(person, day)
        if person.role in DECIDING:
            self._for_the_agency(person, day)
        for _ in range(self.a_few(person.searches)):
            person.note(day, self.child())

    def _for_the_agency(self, person: Person, day: date) -> None:
        """What comes in and has to be decided; seldom is one of their own family name among it."""
        dice = self.dice
        for _ in range(self.a_few(3)):
            ties = (dice.choice(TIES[:2]),) if dice.random() < 0.0003 else ()
            person.note(day, self.child(), is_opened=True, is_tasked=True, has_acted=dice.random() < 0.5, ties=ties)

    def _on_call(self, person: Person, day: date) -> None:
        for _ in range(self.a_few(1.5)):
            did, glass = self.dice.random() < 0.85, self.dice.random() < 0.2
            what = {"has_acted": did, "is_emergency": glass, "is_tasked": glass}
            person.note(day, self.child(), is_opened=True, is_off_hours=True, **what)

    def _for_others(self, person: Person, day: date) -> None:
        """Cover for whoever is away, mostly to do something; a wrong link; a name that happens to be one's own."""
        dice = self.dice
        cover = self.a_few(2) if dice.random() < 0.05 else int(dice.random() < 0.1)
        for _ in range(cover):
            ties = (dice.choice(TIES),) if dice.random() < 0.003 else ()
            person.note(day, self.child(), is_opened=True, has_acted=dice.random() < 0.8, ties=ties)
        if dice.random() < 0.02:
            wrong = self.child()
            for later in range(2 if dice.random() < 0.2 else 1):
                person.note(day + timedelta(days=later), wrong, is_refused=True)

    def _plant(self, way: str) -> Planted:
        able = [one for one in self.people if way not in OF_WHO_DECIDES or one.role in DECIDING]
        person = self.dice.choice(able)
        begin = self.dice.randrange(len(self.days) // 4, len(self.days) * 4 // 5)
        steps = [step for step in WAYS[way](self.dice, self.days[begin]) if step[0] <= self.days[-1]]
        subjects = []
        for day, what in steps:
            subject = what.pop("subject", None) or self.child()
            subjects.append(subject)
            person.note(day, subject, **what)
        return Planted(person.number, way, steps[0][0], steps[-1][0], frozenset(subjects))
