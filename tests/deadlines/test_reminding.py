"""What the worker does with clocks: reminders, at most one a day for a record, and to whom."""

import threading
from uuid import UUID

import pytest
from django.db import connections

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.access.models import Conflict as AccessConflict
from backend.access.models import Named
from backend.agencies.models import Agency
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines import commands, jobs, queries, registration
from backend.deadlines.registration import Subject
from backend.notifications.audience import Person
from tests.deadlines.clocked import start
from tests.deadlines.test_calendar import london
from tests.notifications import staff
from tests.notifications.staff import rows
from tests.notifications.telling import deliver, told
from tests.worker import worker_login

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("no_subjects"),
]


def remind(*moments: str) -> None:
    for moment in moments:
        with clock.at(london(moment)), worker_login():
            jobs.remind()


def reminders() -> list[tuple[object, ...]]:
    """Each reminder's text, clock and audience, in order."""
    return rows(
        """SELECT message, fields->>'clock', audience->'roles'->>0 FROM notifications_outbox ORDER BY created_at, id"""
    )


def test_before_at_and_after_the_owner_and_then_the_manager(door: Agency) -> None:
    start(door, "total_age")
    remind(
        "2026-11-26 17:00",  # not yet
        "2026-11-27 09:00",  # the working day before
        "2026-11-27 15:00",
        "2026-11-30 16:59",
        "2026-11-30 17:00",  # due
        "2026-11-30 23:00",
        "2026-12-01 09:00",  # overdue
        "2026-12-02 09:00",
        "2026-12-03 09:00",  # three working days on
        "2026-12-09 09:00",
    )

    assert [(message, role) for message, _clock, role in reminders()] == [
        ("deadline_before", "triage_officer"),
        ("deadline_at", "triage_officer"),
        ("deadline_after", "manager"),
        ("deadline_still", "manager"),
    ]


_LATE = ("2026-11-24 09:00", "2026-11-24 17:00", "2026-11-25 09:00", "2026-11-27 09:00", "2026-12-04 09:00")


def test_a_promise_an_agency_does_not_keep_is_taken_to_the_front_door(door: Agency) -> None:
    school = staff.agency(door.partnership, name="Oak School")
    root_id = start(school, "decide")
    remind(*_LATE)

    told = rows(
        """SELECT message, audience->>'agency_id', fields->>'agency', path, urgent FROM notifications_outbox
           WHERE message IN ('deadline_still', 'deadline_escalated') ORDER BY message"""
    )
    assert told == [
        ("deadline_escalated", str(door.pk), "Oak School", "/messages", True),
        ("deadline_still", str(school.pk), "Front Door", f"/referrals/{root_id}", True),
    ]


def test_nobody_outside_hears_of_a_sealed_childs_missed_clock(door: Agency) -> None:
    school, child_id = staff.agency(door.partnership), uuid7()
    Named.objects.using("owner").create(user_id=uuid7(), child_id=child_id)
    start(school, "decide", child_id=child_id)
    remind(*_LATE)

    assert rows("SELECT count(*) FROM notifications_outbox WHERE message = 'deadline_still'") == [(1,)]
    assert rows("SELECT count(*) FROM notifications_outbox WHERE message = 'deadline_escalated'") == [(0,)]


def test_reminders_about_a_sealed_child_go_to_whoever_is_named(door: Agency) -> None:
    manager, named = staff.member(door, Role.MANAGER), staff.member(door, Role.MANAGER)
    sealed = uuid7()
    Named.objects.using("owner").create(user_id=named.user_id, child_id=sealed)
    start(door, "decide", child_id=sealed)
    remind(*_LATE)
    deliver()
    assert named.user_id in told()
    assert manager.user_id not in told()
    start(door, "decide", child_id=uuid7())
    remind(*_LATE)
    deliver()
    assert manager.user_id in told()


def test_a_missed_clock_is_on_the_list_of_the_manager_who_may_see_it(door: Agency) -> None:
    manager, named = staff.member(door, Role.MANAGER), staff.member(door, Role.MANAGER)
    sealed, conflicting = uuid7(), uuid7()
    Named.objects.using("owner").create(user_id=named.user_id, child_id=sealed)
    AccessConflict.objects.using("owner").create(user_id=manager.user_id, child_id=conflicting)
    missed, hidden, not_mine = (
        start(door, "decide"),
        start(door, "decide", child_id=sealed),
        start(door, "decide", child_id=conflicting),
    )
    elsewhere = start(staff.agency(door.partnership), "decide")
    commands.meet(start(door, "decide"), ["decide"])
    commands.pause(start(door, "decide"), ["decide"])

    def listed(who: Actor, moment: str) -> set[UUID]:
        with clock.at(london(moment)), acting(who):
            return set(queries.breached(who).values_list("root_id", flat=True))

    assert listed(manager, "2026-11-24 17:00") == set()
    assert listed(manager, "2026-11-24 17:01") == {missed}
    assert listed(named, "2026-11-24 17:01") == {missed, hidden, not_mine}
    assert elsewhere not in listed(named, "2026-12-24 17:01")


def test_never_two_for_one_record_in_a_day(door: Agency) -> None:
    start(door, "acknowledge", "decide")
    start(door, "decide")
    remind("2026-11-24 09:00", "2026-11-24 17:01", "2026-11-24 20:00")

    assert len(reminders()) == 2

    remind("2026-11-25 09:00", "2026-11-25 09:01", "2026-11-25 18:00")
    days = rows("SELECT root_id, created_at::date, count(*) FROM notifications_outbox GROUP BY 1, 2")
    assert {count for _root, _day, count in days} == {1}
    assert len(days) == 4


def test_a_clock_that_is_met_stopped_or_held_reminds_nobody(door: Agency) -> None:
    commands.meet(start(door, "decide"), ["decide"])
    commands.stop_all(start(door, "decide"))
    commands.pause(start(door, "decide"), ["decide"])

    remind("2026-11-24 09:00", "2026-11-24 17:00", "2026-11-25 09:00")

    assert reminders() == []


def test_a_reminder_says_which_record_and_when_and_leads_there(door: Agency) -> None:
    root_id = start(door, "decide")
    remind("2026-11-24 09:00")

    fields, path, urgent = rows("SELECT fields::text, path, urgent FROM notifications_outbox")[0]
    assert "5pm on Tuesday 24 November" in str(fields)
    assert path == f"/referrals/{root_id}"
    assert not urgent


def test_an_app_above_names_the_record_and_its_owner(door: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = staff.member(door, Role.CASE_WORKER)
    subject = Subject("C-7KQ-MXDA4", "/cases/7", Person(owner.user_id))
    monkeypatch.setitem(registration._describers, "first_contact", lambda _root: subject)
    monkeypatch.setitem(registration._describers, "decide", lambda _root: None)
    start(door, "first_contact")
    start(door, "decide")

    remind("2026-11-24 09:00", "2026-11-27 09:00", "2026-11-30 17:00", "2026-12-01 09:00")

    told = rows("SELECT fields->>'reference', audience::text FROM notifications_outbox ORDER BY created_at, id")
    assert [reference for reference, _ in told] == ["C-7KQ-MXDA4"] * 3
    assert [str(owner.user_id) in str(audience) for _, audience in told] == [True, True, False]


@pytest.mark.parametrize(("moment", "urgent"), [("2026-11-23 14:00", True), ("2026-11-24 09:00", True)])
def test_an_urgent_record_pages_when_it_is_due(door: Agency, moment: str, urgent: bool) -> None:
    start(door, "information_request", urgent=True)
    remind(moment)

    assert rows("SELECT urgent FROM notifications_outbox") == [(urgent,)]


def test_two_workers_remind_once(door: Agency) -> None:
    for _ in range(10):
        start(door, "decide")
    together = threading.Barrier(4)

    def work() -> None:
        try:
            together.wait(timeout=10)
            with clock.at(london("2026-11-24 09:00")):
                jobs.remind()
        finally:
            connections.close_all()

    with worker_login():
        workers = [threading.Thread(target=work) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    assert len(reminders()) == 10
