"""What is unusual about what somebody read: pure rules over their last weeks, with the partnership's own thresholds.

No rule says that somebody did wrong. Each is a question to the person, and most have an answer.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

_FILE = Path(__file__).resolve().parents[2] / "fixtures" / "reference" / "unusual_reading.json"
SAME_SURNAME, SAME_ADDRESS, COLLEAGUES_CHILD = "same_surname", "same_address", "colleagues_child"
OWN_FAMILY = "own_family"
NO_RELATION, NO_TASK, SEARCHES = "no_relation", "no_task", "searches"
VOLUME, IN_A_FORTNIGHT, OFF_HOURS = "volume", "in_a_fortnight", "off_hours"
KINDS: Mapping[str, str] = {
    SAME_SURNAME: "A child of the same family name",
    SAME_ADDRESS: "A child at the same address, or next door",
    OWN_FAMILY: "A child in whose record they are named",
    COLLEAGUES_CHILD: "A colleague’s child",
    NO_RELATION: "Refused again and again, or many emergencies",
    NO_TASK: "Read without a task, and nothing done",
    SEARCHES: "Searched for again and again, and nothing done",
    VOLUME: "Far more than usual",
    IN_A_FORTNIGHT: "Far more than usual in a fortnight",
    OFF_HOURS: "Outside office hours, without a task",
}
_FORTNIGHT = timedelta(days=14)
TIES = (SAME_SURNAME, SAME_ADDRESS, OWN_FAMILY, COLLEAGUES_CHILD)


@dataclass(frozen=True, slots=True)
class Limits:
    """The partnership's thresholds, as fixtures/reference/unusual_reading.json gives each with its reason."""

    back_days: int
    opens_at_hour: int
    closes_at_hour: int
    common_name: int
    most_in_a_list: int
    most_in_a_search: int
    untasked: int
    untasked_times_usual: float
    same_child_days: int
    refused: int
    same_refused_days: int
    emergencies: int
    searches: int
    searches_times_usual: float
    volume: int
    volume_times_own: float
    volume_times_role: float
    fortnight: int
    fortnight_times_own: float
    days_to_know: int
    fortnights_to_know: int
    people_to_compare: int
    on_call_nights: int
    off_hours_on_call: int


@dataclass(frozen=True, slots=True)
class Read:
    """What one person did about one child on one day, put together from the log.

    A task is a relation of their own to one of the child's records, or to a brother or sister who was referred with
    it, or of the agency that they decide for. Ties hold whatever an agency's task is: who decides for many children
    is still an aunt of one.
    """

    on: date
    subject_id: UUID
    is_opened: bool = False
    is_tasked: bool = False
    has_acted: bool = False
    is_off_hours: bool = False
    is_emergency: bool = False
    is_refused: bool = False
    ties: tuple[str, ...] = ()

    @property
    def is_idle(self) -> bool:
        """Say whether it was opened without a task, and nothing was done."""
        return self.is_opened and not self.is_tasked and not self.has_acted

    @property
    def is_turned_away(self) -> bool:
        """Say whether a record was refused that is none of theirs; not where only a part of what they read was."""
        return self.is_refused and not self.is_opened and not self.is_tasked

    @property
    def is_searched(self) -> bool:
        """Say whether it was looked for and nothing more: found among a few and not opened, or not found at all."""
        return not (self.is_opened or self.has_acted or self.is_emergency or self.is_refused or self.is_tasked)

    @property
    def is_called(self) -> bool:
        """Say whether somebody was called to it: outside office hours, they did something for a child not theirs."""
        return self.is_off_hours and (self.is_emergency or (self.has_acted and not self.is_tasked))


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual in a role: children on a day; read idly, and searched for, in as many weeks as we look back."""

    a_day: float = 0
    idle: float = 0
    searched: float = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to ask somebody about, and the children it is about."""

    kind: str
    subjects: frozenset[UUID]
    amount: int
    usual: int = 0


@cache
def limits() -> Limits:
    """Return the thresholds of the file."""
    given: Mapping[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return Limits(**{field.name: given[field.name]["value"] for field in fields(Limits)})


def findings(
    today: date, reads: Sequence[Read], usual: Usual, limit: Limits, settled: Mapping[str, Collection[UUID]]
) -> list[Finding]:
    """Return what is unusual today; `reads` are one person's, of today and of as many days before as we look back.

    `settled` is what somebody has decided about already: by kind, the children it was about. It is not said again.
    """
    found = []
    for kind, rule in _RULES.items():
        done = settled.get(kind, ())
        one = rule(_Seen(kind, today, [read for read in reads if read.subject_id not in done], usual, limit))
        found += [one] if one and one.subjects else []
    return found


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one rule looks at."""

    kind: str
    today: date
    reads: Sequence[Read]
    usual: Usual
    limit: Limits

    def now(self) -> list[Read]:
        return [read for read in self.reads if read.on == self.today]

    def idle(self) -> list[Read]:
        """What was opened without a task; nothing was done about the child, on that day or on another."""
        acted = {read.subject_id for read in self.reads if read.has_acted}
        return [read for read in self.reads if read.is_idle and read.subject_id not in acted]

    def is_on_call(self) -> bool:
        """Whether somebody was called on some earlier nights; who only works late on what is theirs is not on call."""
        return len({read.on for read in self.reads if read.is_called and read.on != self.today}) >= (
            self.limit.on_call_nights
        )

    def finding(self, subjects: Iterable[UUID], usual: float = 0) -> Finding:
        named = frozenset(subjects)
        return Finding(self.kind, named, len(named), round(usual))


def _tie(seen: _Seen) -> Finding:
    return seen.finding(read.subject_id for read in seen.now() if seen.kind in read.ties and read.is_opened)


def _refused(seen: _Seen) -> Finding | None:
    days = Counter(read.subject_id for read in seen.reads if read.is_turned_away)
    in_emergency = {read.subject_id for read in seen.reads if read.is_emergency}
    if any(read.is_turned_away for read in seen.now()):
        again = {subject for subject, times in days.items() if times >= seen.limit.same_refused_days}
        return seen.finding(days if len(days) >= seen.limit.refused else again)
    if any(read.is_emergency for read in seen.now()) and len(in_emergency) >= seen.limit.emergencies:
        return seen.finding(in_emergency)
    return None


def _idle(seen: _Seen) -> Finding | None:
    # Nights on call are judged by a rule of their own.
    idle = [read for read in seen.idle() if not (read.is_off_hours and seen.is_on_call())]
    if not any(read.on == seen.today for read in idle):
        return None
    days = Counter(read.subject_id for read in idle)
    again = {subject for subject, times in days.items() if times >= seen.limit.same_child_days}
    most = max(seen.limit.untasked, seen.limit.untasked_times_usual * seen.usual.idle)
    # However many others read once: who comes back to a child is not compared with them.
    return seen.finding(days, seen.usual.idle) if len(days) >= most else seen.finding(again)


def _searches(seen: _Seen) -> Finding | None:
    if not any(read.is_searched for read in seen.now()):
        return None
    followed = {read.subject_id for read in seen.reads if not read.is_searched}
    looked_for = {read.subject_id for read in seen.reads if read.is_searched} - followed
    most = max(seen.limit.searches, seen.limit.searches_times_usual * seen.usual.searched)
    return seen.finding(looked_for, seen.usual.searched) if len(looked_for) >= most else None


def _many(seen: _Seen) -> Finding | None:
    days = Counter(read.on for read in seen.reads if read.is_opened)
    before = [children for day, children in days.items() if day != seen.today]
    if len(before) < seen.limit.days_to_know:
        return None
    own, limit = median(before), seen.limit
    if days[seen.today] < max(limit.volume, limit.volume_times_own * own, limit.volume_times_role * seen.usual.a_day):
        return None
    return seen.finding((read.subject_id for read in seen.now() if read.is_opened), own)


def _in_a_fortnight(seen: _Seen) -> Finding | None:
    """Far more children than in one's other fortnights: who leaves, and takes a last look at everything."""
    if not any(read.is_opened for read in seen.now()):
        return None
    children: dict[int, set[UUID]] = defaultdict(set)
    for read in seen.reads:
        if read.is_opened:
            children[(seen.today - read.on) // _FORTNIGHT].add(read.subject_id)
    lately = children.pop(0)
    if len(children) < seen.limit.fortnights_to_know:
        return None
    # The fullest of them: in another one, somebody was on leave.
    fullest = max(map(len, children.values()))
    if len(lately) < max(seen.limit.fortnight, seen.limit.fortnight_times_own * fullest):
        return None
    return seen.finding(lately, fullest)


def _at_night(seen: _Seen) -> Finding | None:
    idle = [read for read in seen.idle() if read.is_off_hours and seen.today - read.on < _FORTNIGHT]
    tonight = [read for read in idle if read.on == seen.today]
    few = seen.is_on_call() and len(tonight) < seen.limit.off_hours_on_call
    if not tonight or (few and len(idle) <= seen.limit.off_hours_on_call):
        return None
    return seen.finding(read.subject_id for read in idle)


_RULES: Mapping[str, Callable[[_Seen], Finding | None]] = {
    **dict.fromkeys(TIES, _tie),
    NO_RELATION: _refused,
    NO_TASK: _idle,
    SEARCHES: _searches,
    VOLUME: _many,
    IN_A_FORTNIGHT: _in_a_fortnight,
    OFF_HOURS: _at_night,
}
