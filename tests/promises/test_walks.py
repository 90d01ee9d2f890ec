"""The two promises, checked after every step of random walks: nobody is dropped, and nobody is left wondering.

The quick walks explore: their seed is the commit’s, so that each commit takes other ways, and the same ones however
often and wherever it is tested. A red run is therefore never chance: it fails again on the same commit, and elsewhere
with the seed that it prints (`WALK_SEED=… make test ARGS=tests/promises`). The deep ones draw anew each time.
"""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from backend.audit.models import Event
from backend.referrals import urls
from tests.promises.conftest import WALKED
from tests.promises.helping import Helping
from tests.promises.joining import TwoCases
from tests.promises.leading import Leading
from tests.promises.meeting import Meeting
from tests.promises.two_logins import the_worker_takes_turns
from tests.promises.walking import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_worker_takes_turns")]
__all__ = ["the_worker_takes_turns"]
# What a page shows of an edge is described by its route.
ROUTES = urls.urlpatterns
_ANY = list(HealthCheck)
# No examples of earlier runs: what is walked follows from the seed alone.
QUICK = settings(max_examples=5, stateful_step_count=14, database=None, deadline=None, suppress_health_check=_ANY)
# Those that begin far on: fewer and shorter, for each begins with all that led there.
SHORT = settings(QUICK, max_examples=3, stateful_step_count=12)
FAR_ON = {"services": Helping, "panels": Meeting, "who leads": Leading}
# In so many parts, each in a process and a database of its own: as many as there are cores is fastest (-n auto).
PARTS = int(os.environ.get("WALK_PARTS", str(os.cpu_count() or 1)))
WALKS, STEPS = int(os.environ.get("WALKS", "2000")), int(os.environ.get("WALK_STEPS", "50"))
DEEP: dict[str, tuple[type[Walk], int]] = {
    "one referral": (Walk, WALKS),
    "two cases": (TwoCases, WALKS // 10),
    **{what: (walk, WALKS // 10) for what, walk in FAR_ON.items()},
}


def _seed() -> int:
    """The seed somebody asks for, else the commit; a copy without its history takes the same ways each time."""
    told = os.environ.get("WALK_SEED")
    if told:
        return int(told)
    here = Path(__file__).resolve().parent
    git = subprocess.run(["git", "rev-parse", "HEAD"], cwd=here, capture_output=True, text=True, check=False)
    return int(git.stdout.strip()[:12] or "0", 16)


@pytest.mark.parametrize("walk", [Walk, TwoCases], ids=["one referral", "two cases"])
@pytest.mark.timeout(900)  # hundreds of edges; a busy machine is slow, not wrong
def test_both_promises_hold_at_every_step_of_a_random_walk(walk: type[Walk]) -> None:
    _walk(walk, QUICK)


@pytest.mark.parametrize("what", FAR_ON)
@pytest.mark.timeout(900)
def test_they_hold_while_services_help_panels_meet_and_the_lead_is_sought(what: str) -> None:
    _walk(FAR_ON[what], SHORT)


def _walk(walk: type[Walk], how: settings) -> None:
    chosen = _seed()
    try:
        run_state_machine_as_test(seed(chosen)(walk), settings=how)
    except BaseException as failure:
        failure.add_note(f"The same walks again: WALK_SEED={chosen} make test ARGS=tests/promises/test_walks.py")
        raise


class Remembered(Walk):
    """A walk that remembers what happened in it, in the order of its keys."""

    happened: ClassVar[list[str]] = []

    def teardown(self) -> None:
        with self._from_above():
            self.happened.extend(Event.objects.order_by("id").values_list("verb", flat=True))
        super().teardown()


def test_the_same_draws_walk_the_same_way_each_time() -> None:
    """Else a walk that went wrong could be neither trusted nor shortened: nothing in it may be chance but the draws."""
    few = settings(QUICK, max_examples=2)
    first, again = (type("Once", (Remembered,), {"happened": []}) for _ in range(2))
    for walk in (first, again):
        run_state_machine_as_test(seed(7)(walk), settings=few)
    assert first.happened
    assert first.happened == again.happened


@pytest.mark.deep
@pytest.mark.timeout(0)
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(("walk", "walks"), DEEP.values(), ids=DEEP)
def test_both_promises_hold_at_every_step_of_two_thousand_long_walks(
    walk: type[Walk], walks: int, part: int, record_property: Callable[[str, object], None]
) -> None:
    """One part of them, drawn apart; tests/promises/conftest.py says in one line what all of them walked."""
    walk.taken.clear()
    examples = -(-walks // PARTS)
    deep = settings(max_examples=examples, stateful_step_count=STEPS, deadline=None, suppress_health_check=_ANY)
    try:
        run_state_machine_as_test(type(f"Deep{part}", (walk,), {}), settings=deep)
    finally:
        record_property(WALKED, dict(walk.taken))
