"""One child who cannot be counted stops nobody else's figures, is told of, and is tried again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from backend.core import clock
from backend.insights import refreshing
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.cases.working import now, work
from tests.factories import manager
from tests.insights.keeping import refreshed, unlike
from tests.insights.test_kept import reasons
from tests.insights.test_outcomes import LATER, closed
from tests.promises.two_logins import the_worker_takes_turns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_worker_takes_turns")]
__all__ = ["the_worker_takes_turns"]


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with clock.at(LATER):
        yield World()


def aside(who: Any) -> int:
    return int(browser_of(who).get("figures/flow/").json()["aside"])


def test_a_child_who_cannot_be_counted_is_set_aside_and_tried_again_while_all_others_are_counted(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = [closed(world) for _each in range(3)]
    refreshed()
    for case in cases:
        work(world, "reopen", now(world, case), by=world.manager)
    count, odd = refreshing.shares_of, cases[1].child_id

    def breaks(children: tuple[UUID, ...], *, using: str) -> Any:
        if odd in children:
            raise ZeroDivisionError(f"of {odd}")
        return count(children, using=using)

    with monkeypatch.context() as broken:
        broken.setattr(refreshing, "shares_of", breaks)
        assert refreshed() == 2
        assert refreshed() == 0, "not each minute"
        assert reasons(world.manager) == 1
        assert (aside(world.manager), aside(manager("youth-justice"))) == (1, 0)
        with clock.at(LATER + timedelta(hours=1)):
            assert refreshed() == 0
        (said,) = unlike()
        assert f"{odd} could not be counted (ZeroDivisionError): tried 2 times" in said
        again = now(world, cases[1])
        work(world, "close", again, by=world.manager, reason_code="outcomes_met", goes_on="School nurse.")
        assert refreshed() == 0, "something changed: it is tried again, and fails again"
    assert str(odd) not in capsys.readouterr().out
    with clock.at(LATER + timedelta(hours=2)):
        assert refreshed() == 1
    assert (aside(world.manager), reasons(world.manager), unlike()) == (0, 0, [])


def test_what_fails_for_everybody_is_no_childs_matter_and_stops_the_job(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _each in range(3):
        closed(world)
    monkeypatch.setattr(refreshing, "_MOST_ASIDE", 2)
    monkeypatch.setattr(refreshing, "_KEEP", "SELECT 1 / 0, %s, %s, %s")
    with pytest.raises(DatabaseError), transaction.atomic():
        refreshed()
