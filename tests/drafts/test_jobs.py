"""A draft nobody touches: reminder, manager, warning, deletion; each once, and all undone by a save."""

from datetime import timedelta
from uuid import UUID

import pytest

from backend.access.actors import Actor
from backend.access.binding import acting
from backend.agencies.models import Agency
from backend.agencies.roles import Role
from backend.core import clock
from backend.core.ids import uuid7
from backend.drafts import commands, jobs, registration
from tests.deadlines.test_calendar import london
from tests.notifications import staff
from tests.notifications.staff import rows
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

BEGAN = "2026-11-23 10:00"


@pytest.fixture
def school() -> Agency:
    return staff.agency(staff.partnership())


@pytest.fixture
def teacher(school: Agency) -> Actor:
    return staff.member(school, Role.PRACTITIONER)


@pytest.fixture
def root_id(teacher: Actor) -> UUID:
    """A record with a draft begun on a Monday morning."""
    root_id = uuid7()
    with clock.at(london(BEGAN)), acting(teacher):
        commands.open_draft(teacher, root_id, "referral")
        commands.save(teacher, root_id, {"child_given_name": ("Unmistakable", 0)})
    return root_id


def tend(at: str) -> int:
    with clock.at(london(at)), worker_login():
        return jobs.tend()


def told() -> list[str]:
    return [message for (message,) in rows("SELECT message FROM notifications_outbox ORDER BY created_at, id")]


def is_there() -> bool:
    return bool(rows("SELECT 1 FROM drafts_draft"))


def test_the_whole_way_of_a_forgotten_draft(root_id: UUID) -> None:
    steps = {
        "2026-11-23 18:00": [],
        "2026-11-24 16:59": [],
        "2026-11-24 17:01": ["draft_reminder"],
        "2026-11-24 18:00": ["draft_reminder"],
        "2026-11-26 16:00": ["draft_reminder"],
        "2026-11-26 17:01": ["draft_reminder", "draft_for_manager"],
        "2026-12-13 10:00": ["draft_reminder", "draft_for_manager"],
        "2026-12-14 10:01": ["draft_reminder", "draft_for_manager", "draft_warning"],
        "2026-12-21 09:59": ["draft_reminder", "draft_for_manager", "draft_warning"],
        "2026-12-21 10:02": ["draft_reminder", "draft_for_manager", "draft_warning", "draft_deleted"],
    }
    for moment, messages in steps.items():
        assert is_there()
        tend(moment)
        assert told() == messages, moment
    assert not is_there()
    assert tend("2026-12-22 10:00") == 0


def test_nothing_that_was_typed_is_in_a_message(root_id: UUID) -> None:
    for moment in ("2026-11-24 18:00", "2026-11-26 18:00", "2026-12-15 10:00", "2026-12-23 10:00"):
        tend(moment)

    assert len(told()) == 4
    assert "Unmistakable" not in str(rows("SELECT fields::text, path FROM notifications_outbox"))


def test_the_manager_is_told_by_whom_and_the_author_reminded(school: Agency, teacher: Actor, root_id: UUID) -> None:
    tend("2026-11-24 18:00")
    tend("2026-11-26 18:00")

    (author,), (managers,) = rows("SELECT audience FROM notifications_outbox ORDER BY created_at")
    assert str(teacher.user_id) in str(author)
    assert str(school.pk) in str(managers)
    assert "manager" in str(managers)
    assert "Ms A. Teacher" in str(
        rows("SELECT fields::text FROM notifications_outbox WHERE message = 'draft_for_manager'")
    )


def test_a_save_begins_again(teacher: Actor, root_id: UUID) -> None:
    tend("2026-11-24 18:00")
    tend("2026-12-15 10:00")
    with clock.at(london("2026-12-16 10:00")), acting(teacher):
        commands.save(teacher, root_id, {"child_given_name": ("Sam", 1)})

    tend("2026-12-23 10:00")

    assert told() == ["draft_reminder", "draft_warning", "draft_for_manager"]
    assert is_there()


def test_no_draft_is_deleted_without_a_weeks_notice(root_id: UUID) -> None:
    """The worker was away for two months."""
    tend("2027-01-25 10:00")
    assert told() == ["draft_warning"]
    tend("2027-01-31 10:00")
    assert is_there()

    tend("2027-02-01 10:01")

    assert not is_there()


def test_the_record_is_ended_with_its_draft(root_id: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[UUID] = []

    def abandon(root: UUID, actor: Actor) -> None:
        assert actor.is_system
        assert is_there()
        ended.append(root)
        commands.discard(root, "referral")

    form = registration.Form("referral", "referral", "/referrals/{root_id}/draft", abandon)
    monkeypatch.setitem(registration._forms, "referral", form)
    tend("2026-12-15 10:00")
    tend("2026-12-23 10:00")

    assert ended == [root_id]
    assert not is_there()
    assert told() == ["draft_warning", "draft_deleted"]


def test_a_draft_saved_while_it_was_about_to_go_stays(
    teacher: Actor, root_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saved_meanwhile(_root: UUID, _actor: Actor) -> None:
        rows("UPDATE drafts_draft SET saved_at = saved_at + interval '1 hour', rev = rev + 1 RETURNING 1")

    form = registration.Form("referral", "referral", "/referrals/{root_id}/draft", saved_meanwhile)
    monkeypatch.setitem(registration._forms, "referral", form)
    tend("2026-12-15 10:00")

    assert tend("2026-12-23 10:00") == 0

    assert is_there()
    assert told() == ["draft_warning"]


def test_one_draft_that_cannot_be_tended_does_not_stop_the_others(
    teacher: Actor, root_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_root: UUID, _actor: Actor) -> None:
        raise LookupError

    with clock.at(london(BEGAN)), acting(teacher):
        commands.open_draft(teacher, uuid7(), "note")
    monkeypatch.setitem(registration._forms, "referral", registration.Form("referral", "referral", "/", broken))
    tend("2026-12-15 10:00")

    assert tend("2026-12-23 10:00") == 1

    assert rows("SELECT form FROM drafts_draft") == [("referral",)]


def test_two_workers_remind_once(root_id: UUID) -> None:
    assert tend("2026-11-24 18:00") == 1
    assert tend("2026-11-24 18:00") == 0
    assert timedelta(days=7) == jobs.NOTICE
    assert told() == ["draft_reminder"]
