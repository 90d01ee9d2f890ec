"""From an outbox row to everybody it is for: once, whatever fails on the way."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connections, transaction

from backend.access.binding import acting
from backend.access.models import Conflict, Named
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.ids import uuid7
from backend.notifications import delivery
from backend.notifications.attempts import MAX_ATTEMPTS
from backend.notifications.audience import AgencyRoles, Person
from backend.notifications.commands import tell
from backend.notifications.models import Outbox
from tests.notifications import staff
from tests.notifications.staff import rows
from tests.notifications.telling import NOON, deliver, say, subjects, told
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_everybody_with_the_role_is_told_once_and_sees_only_their_own() -> None:
    door = staff.partnership().front_door
    officer, other, worker = staff.member(door), staff.member(door), staff.member(door, Role.CASE_WORKER)

    say(officer, AgencyRoles(door.pk))
    deliver()
    deliver()

    assert told() == {officer.user_id, other.user_id}
    assert subjects(officer) == subjects(other) == ["Something about R-1"]
    assert subjects(worker) == []
    assert rows("SELECT state, attempts, sent_at IS NOT NULL FROM notifications_outbox") == [("sent", 0, True)]


def test_a_change_that_is_rolled_back_tells_nobody() -> None:
    officer = staff.member(staff.partnership().front_door)

    with transaction.atomic():
        say(officer, Person(officer.user_id))
        transaction.set_rollback(True)

    deliver()
    assert told() == set()


def test_about_a_sealed_child_only_whoever_is_named_is_told() -> None:
    whole = staff.partnership()
    school, sealed = staff.agency(whole), uuid7()
    named, other, near = (staff.member(school, Role.MANAGER) for _one in range(3))
    door_manager = staff.member(whole.front_door, Role.MANAGER)
    for somebody in (named, near):
        Named.objects.using("owner").create(user_id=somebody.user_id, child_id=sealed)
    Conflict.objects.using("owner").create(user_id=near.user_id, child_id=sealed)

    say(named, AgencyRoles(school.pk, (Role.MANAGER.value,), sealed))
    deliver()
    assert told() == {named.user_id}

    say(named, AgencyRoles(whole.front_door.pk, (Role.MANAGER.value,), sealed))
    deliver()
    assert told() == {named.user_id}, "where nobody of the agency is named: whoever is"
    assert len(subjects(named)) == 2
    say(named, AgencyRoles(school.pk, (Role.MANAGER.value,), uuid7()))
    deliver()
    assert {other.user_id} <= told()
    assert door_manager.user_id not in told()


def test_nobody_is_left_untold_when_a_role_is_empty() -> None:
    whole = staff.partnership()
    school = staff.agency(whole)
    teacher = staff.member(school, Role.PRACTITIONER)
    head = staff.member(school, Role.MANAGER)
    door_manager = staff.member(whole.front_door, Role.MANAGER)

    say(teacher, AgencyRoles(school.pk))
    deliver()
    assert told() == {head.user_id}

    staff.leaves(head)
    say(teacher, AgencyRoles(school.pk))
    deliver()
    assert told() == {head.user_id, door_manager.user_id}


def test_a_person_who_has_left_is_followed_by_their_manager() -> None:
    whole = staff.partnership()
    school = staff.agency(whole)
    teacher, head = staff.member(school, Role.PRACTITIONER), staff.member(school, Role.MANAGER)
    staff.leaves(teacher)

    say(head, Person(teacher.user_id))
    deliver()

    assert told() == {head.user_id}


def test_about_a_child_a_person_is_in_conflict_with_a_manager_who_is_not_hears_instead() -> None:
    whole = staff.partnership()
    school, child = staff.agency(whole), uuid7()
    teacher, head = staff.member(school, Role.PRACTITIONER), staff.member(school, Role.MANAGER)
    deputy = staff.member(school, Role.MANAGER)
    for near in (teacher, head):
        Conflict.objects.using("owner").create(user_id=near.user_id, child_id=child)

    say(deputy, Person(teacher.user_id, child))
    deliver()
    assert told() == {deputy.user_id}

    say(deputy, Person(teacher.user_id, uuid7()))
    deliver()
    assert told() == {deputy.user_id, teacher.user_id}, "of any other child they hear themselves"


def test_recipients_are_those_at_the_time_of_delivery() -> None:
    door = staff.partnership().front_door
    early = staff.member(door)
    say(early, AgencyRoles(door.pk))

    staff.leaves(early)
    late = staff.member(door)
    deliver()

    assert told() == {late.user_id}


def test_a_row_nobody_can_get_is_tried_later_and_later_and_then_given_up() -> None:
    door = staff.partnership().front_door
    officer = staff.member(door, Role.CASE_WORKER)
    with clock.at(NOON):
        say(officer, AgencyRoles(door.pk))
    moment = NOON
    waits = []

    for attempt in range(1, MAX_ATTEMPTS + 1):
        with clock.at(moment):
            deliver()
        state, attempts, next_try_at, error = rows(
            "SELECT state, attempts, next_try_at, last_error FROM notifications_outbox"
        )[0]
        assert (attempts, error) == (attempt, "NobodyToTell")
        if state == "pending":
            waits.append(next_try_at - moment)
            with clock.at(next_try_at - timedelta(seconds=1)):
                deliver()
            moment = next_try_at

    assert state == "dead"
    assert waits == sorted(waits)
    assert len(waits) == MAX_ATTEMPTS - 1
    with clock.at(moment + timedelta(days=30)):
        deliver()
    assert rows("SELECT attempts FROM notifications_outbox") == [(MAX_ATTEMPTS,)]


def test_a_dead_letter_is_listed_and_delivered_when_an_operator_retries_it(capsys: pytest.CaptureFixture[str]) -> None:
    door = staff.partnership().front_door
    actor = staff.member(door, Role.CASE_WORKER)
    say(actor, AgencyRoles(door.pk))
    rows("UPDATE notifications_outbox SET state = 'dead', attempts = 8 RETURNING 1")
    manager = staff.member(door, Role.MANAGER)
    deliver()
    assert told() == set()

    call_command("retry_outbox")
    assert "made_up" in capsys.readouterr().out
    call_command("retry_outbox", "--all")
    deliver()

    assert told() == {manager.user_id}


def test_giving_up_is_logged_without_anything_personal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    door = staff.partnership().front_door
    say(staff.member(door, Role.CASE_WORKER, name="Ms Unmistakable"), AgencyRoles(door.pk), reference="R-UNMISTAKABLE")
    rows("UPDATE notifications_outbox SET attempts = 7 RETURNING 1")
    lines: list[dict[str, object]] = []
    monkeypatch.setattr("backend.notifications.attempts.log.error", lambda event, **more: lines.append(more))

    deliver()

    assert [line["error"] for line in lines] == ["NobodyToTell"]
    assert "UNMISTAKABLE" not in str(lines).upper()


def test_one_bad_row_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = staff.member(staff.partnership().front_door)
    for number in range(3):
        say(officer, Person(officer.user_id), reference=f"R-{number}")
    rows("UPDATE notifications_outbox SET message = 'forgotten' WHERE fields->>'reference' = 'R-1' RETURNING 1")

    deliver()

    assert subjects(officer) == ["Something about R-0", "Something about R-2"]
    assert rows("SELECT last_error FROM notifications_outbox WHERE state = 'pending'") == [("ValueError",)]


@pytest.mark.parametrize("step", ["recipients", "note_success"])
def test_a_lost_database_leaves_the_row_as_it_was(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    officer = staff.member(staff.partnership().front_door)
    say(officer, Person(officer.user_id))

    def cut(*_args: object) -> None:
        raise OperationalError("server closed the connection")

    with monkeypatch.context() as patch:
        patch.setattr(delivery, step, cut)
        with pytest.raises(OperationalError):
            deliver()

    assert told() == set()
    assert rows("SELECT state, attempts FROM notifications_outbox") == [("pending", 0)]
    deliver()
    assert subjects(officer) == ["Something about R-1"]


def test_many_workers_deliver_each_row_once() -> None:
    officer = staff.member(staff.partnership().front_door)
    for number in range(60):
        say(officer, Person(officer.user_id), reference=f"R-{number}", urgent=True)
    counts: list[int] = []

    def work() -> None:
        try:
            counts.append(sum(iter(delivery.drain, 0)))
        finally:
            connections.close_all()

    with worker_login():
        workers = [threading.Thread(target=work) for _ in range(6)]
        for thread in workers:
            thread.start()
        for thread in workers:
            thread.join()

    assert sum(counts) == 60
    assert sorted(subjects(officer)) == sorted(f"Something about R-{number}" for number in range(60))
    assert rows("SELECT count(*), count(DISTINCT id) FROM notifications_email") == [(60, 60)]


def test_an_insert_wakes_the_worker_when_it_is_committed() -> None:
    officer = staff.member(staff.partnership().front_door)
    listener = connections["owner"]
    with listener.cursor() as cursor:
        cursor.execute("LISTEN alongside_outbox")

    with acting(officer):
        say(officer, Person(officer.user_id))
        assert not list(listener.connection.notifies(timeout=0.05))
    heard = list(listener.connection.notifies(timeout=5, stop_after=1))

    assert [notice.channel for notice in heard] == ["alongside_outbox"]


def test_the_web_role_may_write_to_the_outbox_but_never_read_or_change_it() -> None:
    officer = staff.member(staff.partnership().front_door)
    say(officer, Person(officer.user_id))

    for forbidden in (Outbox.objects.exists, Outbox.objects.all().delete, lambda: Outbox.objects.update(urgent=True)):
        with pytest.raises(DatabaseError, match="permission denied"), acting(officer):
            forbidden()


@pytest.mark.parametrize(
    ("fields", "message", "path"),
    [
        ({"reference": "R-1", "child": "Sam"}, "made_up", "/"),
        ({}, "made_up", "/"),
        ({"reference": "R-1"}, "nobody_wrote_this", "/"),
        ({"reference": "R-1"}, "made_up", "//elsewhere.example"),
        ({"reference": "R-1"}, "made_up", "referrals"),
    ],
)
def test_what_may_not_travel_is_refused_before_it_is_written(fields: dict[str, str], message: str, path: str) -> None:
    officer = staff.member(staff.partnership().front_door)

    with pytest.raises(ValueError), acting(officer):  # noqa: PT011 - each has its own words
        tell(
            event_id=None,
            root_id=None,
            audience=Person(officer.user_id),
            message=message,
            fields=fields,
            path=path,
        )

    assert rows("SELECT 1 FROM notifications_outbox") == []
