"""One fault under people at work: what it cost them, and whether anything that was acknowledged is gone."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import connections

from tests.cluster.servers import DidNotHappen, Servers, wait_for
from tests.faults.asking import Account
from tests.faults.invariants import Asked, violations
from tests.faults.load import Load
from tests.faults.web import Door

# What issue 7 and quality.md promise; the second is what any request may take.
BACK_SECONDS, LONGEST = 30.0, 8.0
WHOLE_SECONDS, TOLD_SECONDS = 180, 120
BEFORE, AFTER, REFERRALS = 5, 3.0, 40
ANSWERED = frozenset({200, 503})

Act = Callable[[], None]


def nothing() -> None:
    """Nothing has to be put right."""


@dataclass(frozen=True)
class Fault:
    """What breaks, and what is put right afterwards by hand: a machine that is switched on again."""

    name: str
    breaks: Act
    mends: Act = nothing
    # How soon writes are acknowledged again, and whether lines to people may be cut.
    within: float = BACK_SECONDS
    cuts: bool = False


@dataclass
class Outcome:
    """One line of the table."""

    name: str
    back: float = 0.0
    whole: float = 0.0
    acknowledged: int = 0
    answers: str = ""
    slowest: float = 0.0
    breaches: list[str] = field(default_factory=list)


@dataclass
class Drills:
    """Faults one after the other, on one cluster, with everything ever asked of it kept."""

    servers: Servers
    door: Door
    asked: list[Asked] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def load(self, referrals: int = REFERRALS) -> Load:
        """People who are ready to begin; where the connections of this process lead may have changed."""
        connections.close_all()
        return Load(self.door, readers=2, referrals=referrals, pause=0.2)

    def meet(self, fault: Fault) -> None:
        """Break it under load, wait until somebody's write is acknowledged, put it right, and count what is there."""
        found = Outcome(fault.name)
        self.outcomes.append(found)
        load = self.load()
        try:
            with load.running():
                wait_for("people at work", lambda: len(load.account.done) >= BEFORE)
                fault.breaks()
                found.back = _back(load.account, time.monotonic(), within=fault.within * 3)
                threading.Event().wait(AFTER)
                fault.mends()
            found.whole = wait_for("the cluster is whole", self.servers.is_whole, seconds=WHOLE_SECONDS)
            load.finish()
        except (DidNotHappen, AssertionError) as reason:
            found.breaches.append(str(reason))
        self.judge(found, load.account, cuts=fault.cuts)
        if found.back > fault.within:
            found.breaches.append(f"no write for {found.back:.0f} s")

    def judge(self, found: Outcome, account: Account, *, cuts: bool = False, only_200: bool = False) -> None:
        """What was answered, and whether all that was ever acknowledged is there."""
        statuses = account.statuses()
        found.acknowledged, found.slowest = account.acknowledged(), account.slowest()
        found.answers = " ".join(f"{status or 'cut'}:{number}" for status, number in sorted(statuses.items()))
        allowed = {200} if only_200 else ANSWERED | ({0} if cuts else set())
        if set(statuses) - allowed:
            found.breaches.append(f"answered with {sorted(set(statuses) - allowed)}")
        if account.unexplained():
            found.breaches.append("turned away without a word")
        if found.slowest > LONGEST:
            found.breaches.append(f"a request took {found.slowest:.1f} s")
        self.asked += account.asked
        found.breaches += kept(self.asked)


def kept(asked: Iterable[Asked]) -> list[str]:
    """The invariants that do not hold once everybody who is to be told is told; best is none."""
    found: dict[str, list[tuple[object, ...]]] = {}

    def is_well() -> bool:
        connections.close_all()
        found.clear()
        found.update(violations(asked))
        return not found

    try:
        wait_for("everything is told", is_well, seconds=TOLD_SECONDS)
    except DidNotHappen:
        return [f"{name}: {rows[:2]}" for name, rows in found.items()]
    return []


def _back(account: Account, since: float, *, within: float) -> float:
    """How long nobody's write was acknowledged that was sent after this moment."""

    def acknowledged() -> list[float]:
        return [ended for began, ended in list(account.done) if began >= since]

    wait_for("a write is acknowledged", acknowledged, seconds=within)
    return min(acknowledged()) - since
