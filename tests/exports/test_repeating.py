"""Lists that are made again by themselves: weekly or monthly, for oneself, until one stops them or one's role ends."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from backend.agencies.models import Membership
from backend.core import clock
from backend.deadlines.calendar import LONDON
from backend.exports.commands import repeating
from backend.exports.models import Export, Repeat
from backend.notifications.models import Outbox
from tests.actors import browser_of
from tests.cases.conftest import World
from tests.exports.conftest import ask, cells, content, make
from tests.worker import worker_login

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def again(days: int) -> int:
    """Let the worker look what is due, so many days later."""
    with clock.at(clock.now() + timedelta(days=days)), worker_login():
        return repeating.repeat_all()


def repeats(who: Any) -> list[dict[str, Any]]:
    answer = browser_of(who).get("exports/repeats/")
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


@pytest.mark.parametrize(
    ("day", "every", "following"),
    [
        (date(2026, 11, 27), "week", date(2026, 12, 4)),
        (date(2026, 11, 27), "month", date(2026, 12, 27)),
        (date(2027, 1, 31), "month", date(2027, 2, 28)),
        (date(2026, 12, 31), "month", date(2027, 1, 31)),
    ],
)
def test_the_next_time_is_a_week_or_a_month_of_the_calendar_later(day: date, every: str, following: date) -> None:
    assert repeating.after(day, every) == following


@committed
def test_a_list_is_made_now_and_again_each_week_and_its_asker_is_told(world: World) -> None:
    case, who = world.allocated(), world.manager
    assert ask(who, every="week").status_code == 201
    make()
    [row] = repeats(who)
    assert (row["title"], row["every_label"], row["is_stopped"]) == (
        "Open cases that your agency leads",
        "Every week",
        False,
    )
    assert again(6) == 0
    assert again(7) == 1
    assert again(7) == 0, "once for each time"
    with clock.at(clock.now() + timedelta(days=7)):
        make()
    exports = browser_of(who).get("exports/").json()["results"]
    assert [one["is_ready"] for one in exports] == [True, True]
    assert cells(content(who, UUID(exports[0]["id"])))[1][0] == case.reference
    assert Outbox.objects.using("owner").filter(message="export_ready").count() == 1


@committed
def test_what_was_missed_is_made_once(world: World) -> None:
    ask(world.manager, every="week")
    assert again(30) == 1
    assert again(30) == 0
    assert Export.objects.using("owner").count() == 2
    assert Repeat.objects.using("owner").get().next_on > (datetime.now(LONDON) + timedelta(days=30)).date()


@committed
def test_it_is_stopped_at_any_time_and_by_nobody_else(world: World) -> None:
    ask(world.manager, every="month")
    [row] = repeats(world.manager)
    path = f"exports/repeats/{row['id']}/stop/"
    assert browser_of(world.stranger).post(path).status_code == 404
    assert repeats(world.stranger) == []
    answer = browser_of(world.manager).post(path)
    assert (answer.status_code, answer.json()["is_stopped"]) == (200, True)
    assert again(40) == 0


@committed
def test_it_ends_by_itself_when_the_role_ends(world: World) -> None:
    ask(world.manager, every="week")
    Membership.objects.using("owner").filter(pk=world.manager.membership_id).update(ended_at=clock.now())
    assert again(7) == 1
    assert again(7) == 0
    assert Export.objects.using("owner").count() == 1
    assert Repeat.objects.using("owner").get().stopped_at is not None


def test_only_for_oneself(world: World) -> None:
    answer = ask(world.manager, every="week", recipient="body", recipient_name="The board")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["every"])
    assert ask(world.manager, every="day").status_code == 400
    assert ask(world.teacher, every="week").status_code == 403
    assert browser_of(world.teacher).get("exports/repeats/").status_code == 403


def test_the_eleventh_is_refused_with_a_sentence(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeating, "AT_MOST", 1)
    assert ask(world.manager, every="week").status_code == 201
    answer = ask(world.manager, every="month")
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many")
