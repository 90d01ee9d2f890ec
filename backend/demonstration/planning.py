"""Makes the plan: counts the shapes out, says what came before what, and finds child, story and people for each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count, pairwise
from random import Random

from backend.deadlines.calendar import END_OF_DAY, at_local, local
from backend.demonstration import families, staff
from backend.demonstration.casting import SENT_BY, Cast, Casting
from backend.demonstration.families import Child, Home
from backend.demonstration.moments import DAY_HOURS, OfficeTime
from backend.demonstration.plan import Contact, Life, Plan
from backend.demonstration.shapes import EARLIER, PAST, SHAPES, Shape
from backend.demonstration.staff import Seat
from backend.demonstration.timing import steps_of

FULL = 100
# Referrals of the past are counted from here: a number is one in a city.
_PAST_FROM = 10_001
# In a full city: children with one contact before, those of them with two, and pairs of brothers and sisters.
_REPEATED, _THIRD, _SIBLINGS = 58, 16, 40
_LATER = (10 * DAY_HOURS, 60 * DAY_HOURS)
_HAVE_SIBLINGS = ("case", "case of last year", "signposted", "declined", "new today", "triage today", "unallocated")
_COMES_AFTER = {
    "linked to a case": ("case", "case, family agreed", "case after answers"),
    "linked to a referral": ("triage, late",),
    "rematch to confirm": EARLIER,
}


@dataclass(eq=False)
class _Entry:
    """A referral on its way into the plan, with the one about the same child that came before it."""

    shape: Shape
    by: Seat | None = None
    earlier: "_Entry | None" = None
    sibling: "_Entry | None" = None
    is_taken: bool = False
    made: list[Contact] = field(default_factory=list)
    home: Home | None = None


def make_plan(*, seed: str, now: datetime, scale: int = FULL) -> Plan:
    """Return the plan of a city; `scale` in per cent, with every shape at least once however small it is."""
    return _Planner(seed, now, scale).plan(SHAPES, SENT_BY)


def plan_past(*, seed: str, now: datetime, scale: int = FULL, gone: Collection[Seat] = ()) -> Plan:
    """Return the plan of the same city's past, without `gone`, who do not work there any more."""
    return _Planner(f"{seed} past", now, scale, first=_PAST_FROM, gone=gone).plan(PAST, {})


class _Planner:
    def __init__(self, seed: str, now: datetime, scale: int, *, first: int = 1, gone: Collection[Seat] = ()) -> None:
        self._seed, self._now, self._scale = seed, now, scale
        self._random = Random(seed)  # noqa: S311 - made-up people, no secret
        self._office = OfficeTime(now)
        # How old somebody was does not move with the hour at which the city is made.
        self._calendar = OfficeTime(at_local(local(now).date(), END_OF_DAY))
        self._casting = Casting(self._random, gone)
        self._numbers = count(first)

    def plan(self, shapes: Iterable[Shape], sent_by: Mapping[str, Iterable[str]]) -> Plan:
        entries = self._entries(shapes, sent_by)
        self._say_what_came_before(entries)
        self._find_siblings(entries)
        lives = [self._life_from(place, entry) for place, entry in enumerate(entries) if not entry.is_taken]
        self._random.seed(f"{self._seed} order")
        self._random.shuffle(lives)
        return Plan(self._seed, self._now, tuple(lives))

    def _share(self, count: int) -> int:
        return max(1, round(count * self._scale / FULL))

    def _entries(self, shapes: Iterable[Shape], sent_by: Mapping[str, Iterable[str]]) -> list[_Entry]:
        entries = [_Entry(shape) for shape in shapes for _ in range(self._share(shape.count))]
        free: dict[str, list[_Entry]] = {}
        for entry in entries:
            free.setdefault(entry.shape.name, []).append(entry)
        for person, names in sent_by.items():
            for name in names:
                if free[name]:
                    free[name].pop(0).by = staff.named(person)
        return entries

    def _say_what_came_before(self, entries: list[_Entry]) -> None:
        for entry in [entry for entry in entries if entry.shape.before]:
            self._put_before(entry, entries, _COMES_AFTER[entry.shape.name])
        free = [entry for entry in entries if not entry.is_taken and entry.earlier is None]
        later = [entry for entry in free if entry.shape.name not in EARLIER and "begin" not in entry.shape.steps]
        repeated = self._random.sample(later, min(len(later), self._share(_REPEATED)))
        for place, entry in enumerate(repeated):
            self._put_before(entry, entries, EARLIER)
            if entry.earlier is not None and place < self._share(_THIRD):
                self._put_before(entry.earlier, entries, EARLIER)

    def _put_before(self, entry: _Entry, entries: list[_Entry], names: tuple[str, ...]) -> None:
        free = [
            other
            for other in entries
            if other.shape.name in names and not (other.is_taken or other.by or other.earlier) and other is not entry
        ]
        if free:
            entry.earlier = self._random.choice(free)
            entry.earlier.is_taken = True

    def _find_siblings(self, entries: list[_Entry]) -> None:
        """Brothers and sisters are referred in one go: the same shape, right after each other."""
        alone = [entry for entry in entries if not entry.is_taken and entry.earlier is None and entry.by is None]
        pairs = [
            (first, second)
            for first, second in pairwise(alone)
            if first.shape is second.shape and first.shape.name in _HAVE_SIBLINGS
        ]
        for first, second in self._random.sample(pairs, min(len(pairs), self._share(_SIBLINGS))):
            if first.sibling is None and second.sibling is None and not any(one.sibling is first for one in alone):
                second.sibling = first

    # --- one child ---

    def _life_from(self, place: int, entry: _Entry) -> Life:
        """Each child has its own luck: what the day changes for one (a birthday, a weekend) changes no other."""
        self._random.seed(f"{self._seed} {place}")
        return self._life(entry)

    def _life(self, entry: _Entry) -> Life:
        chain = [entry]
        while chain[0].earlier is not None:
            chain.insert(0, chain[0].earlier)
        cast = self._casting.cast(entry.shape, by=self._sender(entry), born=len(chain) > 1)
        start = self._sibling_start(entry)
        last = self._contact(entry, cast, start=start)
        child = self._child(entry, cast, last.steps[0].at)
        contacts = [last]
        for earlier in reversed(chain[:-1]):
            contacts.insert(0, self._before(earlier, contacts, child))
        entry.made, entry.home = contacts, child.home
        return Life(contacts[-1].number, child, tuple(contacts))

    def _sender(self, entry: _Entry) -> Seat | None:
        if entry.by is None and entry.sibling is not None and entry.sibling.made:
            return entry.sibling.made[-1].referrer
        return entry.by

    def _sibling_start(self, entry: _Entry) -> float:
        if entry.sibling is None or not entry.sibling.made or not entry.shape.starts:
            return 0
        return max(0.1, self._office.since(entry.sibling.made[-1].steps[0].at) - 0.2)

    def _child(self, entry: _Entry, cast: Cast, on: datetime) -> Child:
        home = entry.sibling.home if entry.sibling is not None else None
        home = home or families.make_home(self._random)
        day = self._day(self._office.since(on))
        if cast.story.unborn:
            return families.make_unborn(self._random, home, on=day)
        age, sex = self._random.choice(cast.ages), cast.story.sex
        return families.make_child(self._random, home, age=age, on=day, sex=sex, school=cast.school)

    def _day(self, hours: float) -> date:
        return local(self._calendar.before(hours)).date()

    def _before(self, entry: _Entry, after: Sequence[Contact], child: Child) -> Contact:
        """Return an earlier contact, told and done with (or, for a link, still open) when the later ones began."""
        later, began = after[0], [self._office.since(contact.steps[0].at) for contact in after]
        gap = (2.0, 7.0) if entry.shape.name == "triage, late" else _LATER
        start = began[0] + self._random.uniform(*gap)
        # Working days are counted as days of a week, wherever weekends fall: how old a child was is the same each day.
        day = self._day(began[-1]) - timedelta(days=round((start - began[-1]) / DAY_HOURS * 7 / 5))
        age = None if child.born_on is None else max(0, child.age_on(day))
        cast = self._cast_for(entry, child, age, later)
        return self._contact(entry, cast, start=start)

    def _cast_for(self, entry: _Entry, child: Child, age: int | None, later: Contact) -> Cast:
        """A story for the age at that time, or one or two years beside it; never sent by the same agency."""
        for years in (0, -1, 1, -2, 2, -4, 4, -6, 6):
            try:
                near = None if age is None else max(0, age + years)
                but = later.referrer.agency
                return self._casting.cast(entry.shape, by=entry.by, age=near, sex=child.sex, but=but, born=True)
            except LookupError:
                continue
        return self._casting.cast(entry.shape, by=entry.by, born=True)

    def _contact(self, entry: _Entry, cast: Cast, *, start: float = 0) -> Contact:
        shape = entry.shape
        seat = self._sender(entry)
        if seat is None or seat.agency != cast.agency:
            seat = self._casting.turns.referrer(cast.agency)
        sends_to, holder = self._casting.holder(shape, cast)
        agencies, people = self._casting.parts(shape, cast, holder)
        own = holder == cast.target
        verbs = [verb for verb in shape.steps if not (own and verb == "lead_accepts")]
        return Contact(
            number=next(self._numbers),
            shape=shape.name,
            story=cast.story.id,
            state=shape.state,
            urgent=cast.story.urgent,
            referrer=seat,
            sends_to=sends_to,
            holder=holder,
            steps=steps_of(shape, verbs, self._office, self._random, start=start),
            agencies=agencies,
            people=people,
            asked=self._casting.asked(shape, cast, holder, seat),
        )
