"""Clocks on a record: started once, met, stopped, held, moved with the record."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, connections, transaction

from backend.agencies.models import Target
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines import commands, queries
from backend.deadlines.kinds import KINDS
from backend.deadlines.models import Deadline
from tests.deadlines.test_calendar import london

pytestmark = pytest.mark.django_db

MONDAY = london("2026-11-23 10:00")
AGENCY, OTHER_AGENCY, PARTNERSHIP = uuid7(), uuid7(), uuid7()


@pytest.fixture
def root_id() -> UUID:
    return uuid7()


def start(root_id: UUID, kind: str = "decide", *, at: str = "2026-11-23 10:00", urgent: bool = False) -> Deadline:
    with clock.at(london(at)):
        return commands.start(
            kind, root_id=root_id, child_id=None, owner_agency_id=AGENCY, partnership_id=PARTNERSHIP, urgent=urgent
        )


def state_at(root_id: UUID, moment: str) -> tuple[str, str]:
    with clock.at(london(moment)):
        deadline = queries.of_root(root_id)[0]
        return deadline.state, deadline.rag


def test_a_clock_runs_by_the_standard_target_and_says_how_it_stands(root_id: UUID) -> None:
    deadline = start(root_id)

    assert deadline.label == KINDS["decide"].label
    assert deadline.due_at == london("2026-11-24 17:00")
    assert state_at(root_id, "2026-11-23 10:00") == ("running", "green")
    assert state_at(root_id, "2026-11-24 10:00") == ("running", "amber")
    assert state_at(root_id, "2026-11-24 17:00") == ("running", "amber")
    assert state_at(root_id, "2026-11-24 17:01") == ("breached", "red")


def test_starting_again_while_it_runs_changes_nothing(root_id: UUID) -> None:
    first = start(root_id)
    second = start(root_id, at="2026-11-24 10:00")

    assert (second.pk, second.due_at) == (first.pk, first.due_at)
    assert len(queries.of_root(root_id)) == 1


def test_once_it_has_ended_it_can_start_anew(root_id: UUID) -> None:
    first = start(root_id)
    commands.meet(root_id, ["decide"], at=MONDAY)
    second = start(root_id, at="2026-11-26 10:00")

    assert second.pk != first.pk
    assert second.due_at == london("2026-11-27 17:00")


def test_some_of_several_run_already(root_id: UUID) -> None:
    first = start(root_id)

    started = commands.start_all(
        ["acknowledge", "decide"], root_id=root_id, child_id=None, owner_agency_id=AGENCY, partnership_id=PARTNERSHIP
    )

    assert [deadline.kind for deadline in started] == ["acknowledge", "decide"]
    assert started[1].pk == first.pk


def test_several_start_in_two_statements(root_id: UUID, django_assert_max_num_queries: Callable[..., object]) -> None:
    with django_assert_max_num_queries(4):  # with SAVEPOINT and RELEASE, which the bar does not count
        commands.start_all(
            ["acknowledge", "decide", "total_age"],
            root_id=root_id,
            child_id=None,
            owner_agency_id=AGENCY,
            partnership_id=PARTNERSHIP,
        )


def test_a_partnerships_own_target_comes_first(root_id: UUID) -> None:
    own = Target.objects.select_related("partnership").get(kind="decide")

    deadline = commands.start(
        "decide", root_id=root_id, child_id=None, owner_agency_id=AGENCY, partnership_id=own.partnership_id, at=MONDAY
    )

    assert deadline.label == own.label


@pytest.mark.parametrize(
    ("kind", "urgent", "due"),
    [
        ("information_request", False, "2026-11-24 17:00"),
        ("information_request", True, "2026-11-23 14:00"),
        ("decide", True, "2026-11-24 17:00"),  # no urgent target of its own
    ],
)
def test_urgent_ones_take_the_urgent_target(root_id: UUID, kind: str, urgent: bool, due: str) -> None:
    deadline = start(root_id, kind, urgent=urgent)

    assert (deadline.kind, deadline.is_urgent) == (kind, urgent)
    assert deadline.due_at == london(due)


def test_a_kind_nobody_knows_is_refused(root_id: UUID) -> None:
    with pytest.raises(ValueError, match="frobnicate"):
        start(root_id, "frobnicate")


@pytest.mark.parametrize(
    ("met", "state"), [("2026-11-24 16:59", "met"), ("2026-11-24 17:00", "met"), ("2026-11-24 17:01", "met_late")]
)
def test_met_in_time_or_late(root_id: UUID, met: str, state: str) -> None:
    start(root_id)

    assert commands.meet(root_id, ["decide", "acknowledge"], at=london(met)) == 1

    assert state_at(root_id, "2026-12-01 10:00") == (state, "none")
    assert commands.meet(root_id, ["decide"]) == 0


def test_an_end_stops_all_but_what_goes_on(root_id: UUID) -> None:
    for kind in ("acknowledge", "decide", "feedback", "written_follow_up"):
        start(root_id, kind)

    with clock.at(MONDAY):
        assert commands.stop_all(root_id, keep=["feedback", "written_follow_up"]) == 2
        states = {deadline.kind: deadline.state for deadline in queries.of_root(root_id)}

    assert states == {
        "acknowledge": "stopped",
        "decide": "stopped",
        "feedback": "running",
        "written_follow_up": "running",
    }


def test_a_pause_moves_the_due_time_and_is_remembered(root_id: UUID) -> None:
    start(root_id)
    with clock.at(london("2026-11-23 12:00")):
        assert commands.pause(root_id, ["decide"]) == 1
        assert commands.pause(root_id, ["decide"]) == 0
    assert state_at(root_id, "2026-11-30 12:00") == ("paused", "none")
    assert queries.next_due(root_id) is None

    with clock.at(london("2026-11-25 13:00")):
        assert commands.resume(root_id, ["decide"]) == 1
        assert commands.resume(root_id, ["decide"]) == 0

    deadline = queries.of_root(root_id)[0]
    assert deadline.paused_spans == [london("2026-11-23 12:00"), london("2026-11-25 13:00")]
    assert deadline.paused_at is None
    # 5 hours on Monday, 8 on Tuesday, 4 on Wednesday.
    assert queries.next_due(root_id) == deadline.due_at == london("2026-11-27 10:00")


def test_several_pauses_add_up(root_id: UUID) -> None:
    start(root_id)
    for day in ("2026-11-23", "2026-11-24"):
        with clock.at(london(f"{day} 12:00")):
            commands.pause(root_id, ["decide"])
        with clock.at(london(f"{day} 14:00")):
            commands.resume(root_id, ["decide"])

    deadline = queries.of_root(root_id)[0]
    assert len(deadline.paused_spans) == 4
    assert deadline.due_at == london("2026-11-25 13:00")


def test_a_pause_does_not_undo_a_breach(root_id: UUID) -> None:
    start(root_id)
    with clock.at(london("2026-11-25 10:00")):
        commands.pause(root_id, ["decide"])
    assert state_at(root_id, "2026-11-26 10:00") == ("breached", "red")

    with clock.at(london("2026-11-27 10:00")):
        commands.resume(root_id, ["decide"])

    assert queries.of_root(root_id)[0].due_at == london("2026-11-24 17:00")


@pytest.mark.parametrize("end", [commands.meet, lambda root_id, _kinds: commands.stop_all(root_id)])
def test_a_clock_that_ends_while_held_is_not_late(root_id: UUID, end: Callable[..., int]) -> None:
    start(root_id)
    with clock.at(london("2026-11-23 12:00")):
        commands.pause(root_id, ["decide"])
    with clock.at(london("2026-12-01 12:00")):
        end(root_id, ["decide"])

    assert state_at(root_id, "2026-12-02 12:00")[0] in ("met", "stopped")
    assert not queries.of_root(root_id)[0].is_breached


def test_running_clocks_follow_the_record_to_another_agency(root_id: UUID) -> None:
    start(root_id, "acknowledge")
    start(root_id, "decide")
    commands.meet(root_id, ["acknowledge"])

    assert commands.move_owner(root_id, OTHER_AGENCY) == 1

    owners = {deadline.kind: deadline.owner_agency_id for deadline in queries.of_root(root_id)}
    assert owners == {"acknowledge": AGENCY, "decide": OTHER_AGENCY}


def test_next_due_is_the_earliest_that_runs(root_id: UUID) -> None:
    start(root_id, "total_age")
    start(root_id, "decide")
    assert queries.next_due(root_id) == london("2026-11-24 17:00")

    commands.meet(root_id, ["decide"])

    assert queries.next_due(root_id) == london("2026-11-30 17:00")
    assert queries.next_due(uuid7()) is None


def test_a_page_of_records_costs_one_query(root_id: UUID, django_assert_num_queries: Callable[..., object]) -> None:
    other = uuid7()
    start(root_id)
    start(root_id, "total_age")

    with django_assert_num_queries(1):
        found = queries.of_roots([root_id, other])

    assert [deadline.kind for deadline in found[root_id]] == ["decide", "total_age"]
    assert found[other] == []


@pytest.mark.parametrize(
    "broken",
    [
        {"due_at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"met_at": datetime(2026, 11, 24, tzinfo=UTC), "stopped_at": datetime(2026, 11, 24, tzinfo=UTC)},
    ],
)
def test_the_table_itself_refuses_what_makes_no_sense(root_id: UUID, broken: dict[str, datetime]) -> None:
    start(root_id)

    with pytest.raises(IntegrityError), transaction.atomic():
        Deadline.objects.filter(root_id=root_id).update(**broken)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_many_racers_start_one_clock(root_id: UUID) -> None:
    found: list[UUID] = []
    together = threading.Barrier(8)

    def race() -> None:
        try:
            together.wait(timeout=10)
            with transaction.atomic():
                found.append(start(root_id).pk)
        finally:
            connections.close_all()

    racers = [threading.Thread(target=race) for _ in range(8)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert len(found) == 8
    assert len(set(found)) == 1
    assert Deadline.objects.filter(root_id=root_id).count() == 1


def test_the_first_reminder_moves_with_a_pause(root_id: UUID) -> None:
    start(root_id)
    with clock.at(london("2026-11-23 12:00")):
        commands.pause(root_id, ["decide"])
    with clock.at(london("2026-11-25 13:00")):
        commands.resume(root_id, ["decide"])

    deadline = queries.of_root(root_id)[0]
    assert deadline.remind_at == london("2026-11-27 09:00")
