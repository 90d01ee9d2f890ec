"""On a random world: what a list shows opens, what opens is what lists are drawn from, and counts betray nothing.

The worlds are what random walks leave behind (tests/promises). A list is narrowed by what somebody has to do, so it
may show less than opens; it never shows more, and what opens is exactly the queryset that every list of it begins with.
"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.core import clock
from backend.referrals.queries import lists
from backend.workflow import confirmations
from tests.actors import Browser, browser_of
from tests.promises.helping import Helping
from tests.promises.two_logins import the_worker_takes_turns
from tests.promises.walking import Walk

__all__ = ["the_worker_takes_turns"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_worker_takes_turns")]

# Each kind of record that has a page of its own: the machine that keeps it, and its lists.
KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "referrals": ("referral", ("view=mine", "view=queue", "view=held", "view=redirected", "view=drafts")),
    "cases": ("case", ("",)),
    "transfers": ("transfer", ("",)),
    "information-requests": ("information_request", ("",)),
    "interventions": ("intervention", ("view=offered", "view=to-come", "view=under-way", "view=ended")),
    "disagreements": ("disagreement", ("view=raised", "view=to-answer", "view=about-us")),
    "tasks": ("task", ("",)),
    "actions": ("action", ("",)),
}
# Each number above the queue, and what narrows the queue to what it counts.
NARROWED_TO: Mapping[str, str] = {
    "new": "state=submitted",
    **{group: f"due={group}" for group in lists.GROUPS},
    **{whose: f"assigned={whose}" for whose in lists.ASSIGNED},
}
_ANY = list(HealthCheck)
QUICK = settings(max_examples=2, stateful_step_count=12, database=None, deadline=None, suppress_health_check=_ANY)
DEEP = settings(max_examples=60, stateful_step_count=40, database=None, deadline=None, suppress_health_check=_ANY)
_SEED = 20261128


class _Looked(Walk):
    """A walk after which everybody in it opens all their lists, and everything that there is."""

    shown: ClassVar[int] = 0

    def teardown(self) -> None:
        try:
            if self.referral_id is not None:
                self._everybody_looks()
        finally:
            super().teardown()

    def _everybody_looks(self) -> None:
        everything = self._everything()
        with clock.at(self.now):
            for who in self.people:
                _assert_lists_are_what_opens(who, everything)
                type(self).shown += 1

    def _everything(self) -> dict[str, set[UUID]]:
        with self._from_above():
            return {
                kind: set(confirmations.machines[noun].model._default_manager.values_list("id", flat=True))
                for kind, (noun, _lists) in KINDS.items()
            }


class _AmongServices(_Looked, Helping):
    """The same, of walks in which services help."""


def _assert_lists_are_what_opens(who: Actor, everything: Mapping[str, set[UUID]]) -> None:
    browser = browser_of(who)
    for kind, (noun, shown) in KINDS.items():
        listed = {key for query in shown for key in _listed(browser, f"{kind}/?{query}")}
        opened = {key for key in everything[kind] if browser.get(f"{kind}/{key}/").status_code == 200}
        with acting(who):
            drawn_from = set(confirmations.machines[noun].visible_to(who).values_list("id", flat=True))
        assert listed <= opened, (kind, who.role, who.agency_name, "listed, and does not open")
        assert opened == drawn_from, (kind, who.role, who.agency_name, "opens otherwise than it is listed")
    _assert_counts_are_of_what_is_listed(browser)


def _assert_counts_are_of_what_is_listed(browser: Browser) -> None:
    """The numbers above the queue are those of what it shows when it is narrowed to just that."""
    answer = browser.get("referrals/counts/")
    if answer.status_code != 200:
        return
    for name, number in answer.json().items():
        assert number == len(set(_listed(browser, f"referrals/?view=queue&{NARROWED_TO[name]}"))), name


def _listed(browser: Browser, path: str) -> Iterator[UUID]:
    """Every id of a list, page by page."""
    cursor: Any = ""
    while cursor is not None:
        answer = browser.get(f"{path}&page_size=2{f'&cursor={cursor}' if cursor else ''}")
        if answer.status_code == 403:
            return
        assert answer.status_code == 200, (path, answer.content)
        yield from (UUID(row["id"]) for row in answer.json()["results"])
        cursor = answer.json()["next"]


@pytest.mark.parametrize("walk", [_Looked, _AmongServices], ids=["one referral", "services"])
@pytest.mark.timeout(900)  # hundreds of requests; a busy machine is slow, not wrong
def test_what_lists_show_is_what_opens_after_a_random_walk(walk: type[_Looked]) -> None:
    _walk(walk, QUICK)


@pytest.mark.deep
@pytest.mark.timeout(0)
@pytest.mark.parametrize("walk", [_Looked, _AmongServices], ids=["one referral", "services"])
def test_what_lists_show_is_what_opens_after_long_random_walks(walk: type[_Looked]) -> None:
    _walk(walk, DEEP)


def _walk(walk: type[_Looked], how: settings) -> None:
    once = type("Once", (walk,), {"shown": 0})
    run_state_machine_as_test(seed(_SEED)(once), settings=how)
    assert once.shown > how.max_examples, "several people looked after each walk"
