"""Every kind of clock reminds before it is due where there is time, when it is due, and after; never twice in a day."""

from datetime import timedelta
from uuid import UUID

import pytest

from backend.agencies.models import Agency
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines import commands, jobs
from backend.deadlines.calendar import local
from backend.deadlines.kinds import KINDS
from backend.deadlines.models import Deadline
from tests.deadlines.test_calendar import london
from tests.notifications import staff
from tests.notifications.staff import rows
from tests.worker import worker_login

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("no_subjects"),
]

STARTED = "2026-11-23 10:00"
# With less time than this between start and due there is one word to the owner: that morning, or when it is due.
TIME_FOR_A_WORD_BEFORE = timedelta(days=3)
Heard = tuple[object, ...]


@pytest.fixture
def school() -> Agency:
    """Not the front door itself: what it misses is taken further."""
    return staff.agency(staff.partnership(), name="Oak School")


def start(agency: Agency, kind: str) -> UUID:
    root_id = uuid7()
    with clock.at(london(STARTED)):
        commands.start_all(
            [kind], root_id=root_id, child_id=None, owner_agency_id=agency.pk, partnership_id=agency.partnership_id
        )
    return root_id


def live(root_id: UUID) -> list[object]:
    """Let the worker look whenever a reminder is due, and in between; return the days on which it said something."""
    days = []
    while (at := Deadline.objects.using("owner").get(root_id=root_id).remind_at) is not None:
        for moment in (at, at + timedelta(minutes=1)):
            with clock.at(moment), worker_login():
                if jobs.remind():
                    days.append(local(moment).date())
    return days


def heard(agency: Agency) -> list[Heard]:
    return rows(
        """SELECT message, audience->'roles'->>0, fields->>'clock', path, urgent FROM notifications_outbox
            WHERE audience->>'agency_id' = %s ORDER BY created_at, id""",
        str(agency.pk),
    )


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_owner_hears_before_and_when_it_is_due_and_the_managers_after(school: Agency, kind: str) -> None:
    root_id = start(school, kind)
    due_at = Deadline.objects.using("owner").get(root_id=root_id).due_at
    days = live(root_id)
    said = [(message, role) for message, role, *_rest in heard(school)]
    own, manager = KINDS[kind].role.value, Role.MANAGER.value
    before, at = ("deadline_before", own), ("deadline_at", own)
    assert said[-2:] == [("deadline_after", manager), ("deadline_still", manager)]
    assert said[:-2] in ([before, at], [before], [at]), "to whoever does the work, in this order"
    if due_at - london(STARTED) >= TIME_FOR_A_WORD_BEFORE:
        assert said[:-2] == [before, at]
    if at not in said:
        assert days[0] == local(due_at).date(), "only a word that morning stands for the one when it is due"
    assert len(days) == len(set(days)) == len(said), "two for one thing in a day"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_reminder_says_which_clock_and_the_last_one_is_urgent_and_goes_further(school: Agency, kind: str) -> None:
    live(start(school, kind))
    reminders = heard(school)
    assert {label for _message, _role, label, *_rest in reminders} == {KINDS[kind].label}
    assert reminders[-1][-1] is True
    door = rows("SELECT message, path FROM notifications_outbox WHERE message = 'deadline_escalated'")
    assert door == [("deadline_escalated", "/messages")]
