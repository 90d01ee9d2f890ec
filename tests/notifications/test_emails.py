"""Emails: the urgent ones at once, a digest a day, each tried until it works, and none kept for ever."""

from datetime import timedelta

import pytest
from django.core import mail

from backend.access.binding import acting
from backend.core import clock
from backend.notifications import email, retention
from backend.notifications.audience import AgencyRoles, Person
from backend.notifications.models import Message
from tests.notifications import staff
from tests.notifications.staff import rows
from tests.notifications.telling import NOON, deliver, say, send, subjects
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_urgent_ones_and_those_of_people_who_wish_it_are_emailed_after_the_commit() -> None:
    door = staff.partnership().front_door
    officer, eager = staff.member(door), staff.member(door, all_email=True)
    say(officer, AgencyRoles(door.pk), urgent=True, reference="R-9")
    say(officer, AgencyRoles(door.pk), reference="R-10")
    deliver()
    assert mail.outbox == []

    send()
    send()

    by_subject = sorted((message.subject, message.to[0]) for message in mail.outbox)
    addresses = dict(rows("SELECT id, email FROM agencies_user"))
    assert by_subject == sorted(
        [
            ("Something about R-9", addresses[officer.user_id]),
            ("Something about R-9", addresses[eager.user_id]),
            ("Something about R-10", addresses[eager.user_id]),
        ]
    )
    assert "http://localhost:8000/referrals/1" in mail.outbox[0].body
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 3


class BrokenServer:
    """A mail server that takes what it is sent and then does not answer, until it is well again."""

    def __init__(self, failures: int, error: Exception) -> None:
        self.failures = failures
        self.error = error
        self.taken: list[str] = []

    def send_messages(self, messages: list[mail.EmailMessage]) -> int:
        self.taken += [message.extra_headers["Message-ID"] for message in messages]
        if len(self.taken) <= self.failures:
            raise self.error
        return len(messages)


@pytest.mark.parametrize("error", [TimeoutError(), ConnectionRefusedError(), ValueError("odd address")])
def test_an_email_that_fails_is_tried_again_under_the_same_message_id(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    server = BrokenServer(2, error)
    monkeypatch.setattr(email, "get_connection", lambda: server)
    officer = staff.member(staff.partnership().front_door)
    with clock.at(NOON):
        say(officer, Person(officer.user_id), urgent=True)
        deliver()

    for wait in (timedelta(), timedelta(seconds=31), timedelta(minutes=5), timedelta(minutes=10)):
        with clock.at(NOON + wait):
            send()

    assert len(server.taken) == 3
    assert len(set(server.taken)) == 1
    assert rows("SELECT state, attempts FROM notifications_email") == [("sent", 2)]


def test_an_unreachable_mail_server_is_asked_once_in_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    server = BrokenServer(100, TimeoutError())
    monkeypatch.setattr(email, "get_connection", lambda: server)
    officer = staff.member(staff.partnership().front_door)
    for _ in range(5):
        say(officer, Person(officer.user_id), urgent=True)
    deliver()

    send()

    assert len(server.taken) == 1
    assert sorted(rows("SELECT attempts FROM notifications_email")) == [(0,), (0,), (0,), (0,), (1,)]


def test_a_worker_killed_while_sending_gives_its_emails_back(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = staff.member(staff.partnership().front_door)
    with clock.at(NOON):
        say(officer, Person(officer.user_id), urgent=True)
        deliver()

        def killed(*_args: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(email, "_send", killed)
            with pytest.raises(KeyboardInterrupt):
                send()
        send()
    assert mail.outbox == []

    with clock.at(NOON + email.LEASE + timedelta(seconds=1)):
        send()
    assert len(mail.outbox) == 1


def test_one_digest_a_day_with_what_was_neither_read_nor_emailed() -> None:
    door = staff.partnership().front_door
    officer = staff.member(door)
    with clock.at(NOON):
        for number in range(3):
            say(officer, Person(officer.user_id), reference=f"R-{number}")
        say(officer, Person(officer.user_id), reference="R-urgent", urgent=True)
        deliver()
        send()
        mail.outbox.clear()
        with acting(officer):
            Message.objects.filter(subject="Something about R-0").update(read_at=NOON)

    for hours in (18, 19, 20):
        with clock.at(NOON + timedelta(hours=hours)), worker_login():
            email.make_digests()
            email.send_emails()
    with clock.at(NOON + timedelta(days=2)), worker_login():
        email.make_digests()
        email.send_emails()

    assert [message.subject for message in mail.outbox] == ["Alongside: 2 messages you have not read"]
    body = mail.outbox[0].body
    assert "R-1" in body
    assert "R-2" in body
    assert "R-0" not in body
    assert "R-urgent" not in body


def test_a_digest_of_very_many_is_short() -> None:
    officer = staff.member(staff.partnership().front_door)
    for number in range(25):
        say(officer, Person(officer.user_id), reference=f"R-{number}")
    deliver()

    with clock.at(NOON), worker_login():
        email.make_digests()
        email.send_emails()

    assert mail.outbox[0].body.count("Something about") == email.DIGEST_LINES
    assert "and 5 more: http://localhost:8000/messages" in mail.outbox[0].body


def test_nothing_is_sent_when_everything_was_read_or_the_person_has_gone() -> None:
    door = staff.partnership().front_door
    reader, gone = staff.member(door), staff.member(door)
    say(reader, AgencyRoles(door.pk))
    deliver()
    with clock.at(NOON), worker_login():
        email.make_digests()
    with acting(reader):
        Message.objects.update(read_at=NOON)
    rows("UPDATE agencies_user SET is_active = false WHERE id = %s RETURNING 1", gone.user_id)

    send()

    assert mail.outbox == []
    assert rows("SELECT DISTINCT state FROM notifications_email") == [("sent",)]


def test_what_was_sent_long_ago_is_deleted_in_batches_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    officer = staff.member(staff.partnership().front_door)
    with clock.at(NOON):
        for number in range(5):
            say(officer, Person(officer.user_id), reference=f"R-{number}", urgent=True)
        deliver()
        send()
        say(officer, Person(officer.user_id), reference="R-DEAD")
        rows("UPDATE notifications_outbox SET state = 'dead' WHERE state = 'pending' RETURNING 1")
        say(officer, Person(officer.user_id), reference="R-WAITS")
    later = NOON + retention.KEPT - timedelta(seconds=1)
    with clock.at(later), worker_login():
        assert retention.forget_sent() == 0

    with clock.at(later + timedelta(seconds=2)), worker_login():
        assert retention.forget_sent() == 10

    left = rows("SELECT fields->>'reference', state FROM notifications_outbox ORDER BY 1")
    assert left == [("R-DEAD", "dead"), ("R-WAITS", "pending")]
    assert rows("SELECT count(*) FROM notifications_email") == [(0,)]
    # What people were told stays theirs to read.
    assert len(subjects(officer)) == 5
