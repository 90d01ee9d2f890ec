"""What the worker does with clocks: what follows when one runs out, once, and again where it failed."""

import threading
from uuid import UUID

import pytest
from django.db import OperationalError, connections

from backend.access.actors import Actor
from backend.agencies.models import Agency
from backend.core import clock
from backend.core.errors import Conflict
from backend.deadlines import commands, jobs, queries, registration
from tests.deadlines.clocked import start
from tests.deadlines.test_calendar import london
from tests.notifications.staff import rows
from tests.worker import worker_login

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("no_subjects"),
]


def states(root_id: UUID) -> dict[str, str]:
    with clock.at(london("2026-11-30 10:00")):
        return {deadline.kind: deadline.state for deadline in queries.of_root(root_id)}


class Handler:
    """What follows when `take` runs out, in this test: it may fail as often as it is told to."""

    def __init__(self) -> None:
        self.called: list[UUID] = []
        self.fails: Exception | None = None

    def __call__(self, root_id: UUID, actor: Actor) -> None:
        assert actor.is_system
        self.called.append(root_id)
        if self.fails:
            raise self.fails
        commands.meet(root_id, ["take"])


@pytest.fixture
def handler(monkeypatch: pytest.MonkeyPatch) -> Handler:
    handler = Handler()
    monkeypatch.setitem(registration._expiries, "take", handler)
    return handler


def expire(*moments: str) -> int:
    done = 0
    for moment in moments:
        with clock.at(london(moment)), worker_login():
            done += jobs.expire()
    return done


def test_what_follows_is_done_once_when_the_clock_has_run_out(door: Agency, handler: Handler) -> None:
    root_id = start(door, "take", "decide")

    assert expire("2026-11-24 16:59") == 0
    assert expire("2026-11-24 17:00", "2026-11-24 17:01", "2026-11-25 17:00") == 1

    assert handler.called == [root_id]
    assert states(root_id) == {"take": "met", "decide": "breached"}


@pytest.mark.parametrize("end", ["meet", "stop", "pause"])
def test_nothing_follows_from_a_clock_that_does_not_run(door: Agency, handler: Handler, end: str) -> None:
    root_id = start(door, "take")
    with clock.at(london("2026-11-23 12:00")):
        match end:
            case "meet":
                commands.meet(root_id, ["take"])
            case "stop":
                commands.stop_all(root_id)
            case "pause":
                commands.pause(root_id, ["take"])

    assert expire("2026-11-25 10:00") == 0
    assert handler.called == []


def test_a_refusal_is_tried_again_later_and_later_and_then_given_up(door: Agency, handler: Handler) -> None:
    root_id = start(door, "take")
    handler.fails = Conflict("The record has moved on.", code="wrong_state")

    for day in range(25, 31):
        for hour in range(24):
            expire(f"2026-11-{day} {hour:02d}:00")

    assert handler.called == [root_id] * jobs.MAX_ATTEMPTS
    assert rows("SELECT expiry_attempts, expired_at IS NOT NULL FROM deadlines_deadline") == [(jobs.MAX_ATTEMPTS, True)]
    assert states(root_id) == {"take": "breached"}


def test_one_refusal_does_not_hold_up_the_others(door: Agency, handler: Handler) -> None:
    bad, good = start(door, "take"), start(door, "take")

    def only_good(root_id: UUID, actor: Actor) -> None:
        if root_id == bad:
            raise LookupError
        handler(root_id, actor)

    registration._expiries["take"] = only_good

    assert expire("2026-11-25 10:00") == 1
    assert handler.called == [good]


def test_a_lost_database_is_not_a_refusal(door: Agency, handler: Handler) -> None:
    start(door, "take")
    handler.fails = OperationalError("server closed the connection")

    with pytest.raises(OperationalError):
        expire("2026-11-25 10:00")

    assert rows("SELECT expiry_attempts FROM deadlines_deadline") == [(0,)]


def test_what_a_failed_handler_wrote_is_rolled_back(door: Agency, handler: Handler) -> None:
    root_id = start(door, "take", "decide")

    def half(root: UUID, _actor: Actor) -> None:
        commands.stop_all(root)
        raise LookupError

    registration._expiries["take"] = half
    expire("2026-11-25 10:00")

    assert states(root_id) == {"take": "breached", "decide": "breached"}


def test_two_workers_do_what_follows_once(door: Agency, handler: Handler) -> None:
    roots = {start(door, "take") for _ in range(6)}
    together = threading.Barrier(4)

    def work() -> None:
        try:
            together.wait(timeout=10)
            with clock.at(london("2026-11-25 10:00")):
                jobs.expire()
        finally:
            connections.close_all()

    with worker_login():
        workers = [threading.Thread(target=work) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    assert sorted(handler.called) == sorted(roots)


def test_a_kind_of_clock_has_one_handler(handler: Handler) -> None:
    registration.register_expiry("take", handler)

    with pytest.raises(ValueError, match="take"):
        registration.register_expiry("take", lambda _root, _actor: None)
