"""What people choose about email: each kind of message, the hour of the digest, quiet hours; urgent ones never wait."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from backend.access.actors import Actor
from backend.core import clock, vocabulary
from backend.core.ids import uuid7
from backend.notifications import delivery, email, texts
from backend.notifications.audience import Person
from backend.notifications.commands import tell
from backend.notifications.models import Email, Message, NotificationSettings
from backend.notifications.wishes import KINDS, Wishes, kind_of
from tests.notifications import staff
from tests.worker import worker_login

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

# A Monday in winter, when clocks here are those of Greenwich.
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
REFERRAL, CASE = "referral_taken", "case_resumed"
FIELDS = {"reference": "R-1", "holder": "Front Door", "phone": "0121 496 0000", "due": "5pm on Tuesday"}


def at(hour: int, *, day: int = 0) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour)


def somebody(**chosen: Any) -> Actor:
    who = staff.member(staff.agency(staff.partnership()))
    if chosen:
        row = NotificationSettings(id=uuid7(), user_id=who.user_id, **{"digest_hour": 7, "by_kind": {}, **chosen})
        NotificationSettings.objects.using("owner").bulk_create([row])
    return who


def say(who: Actor, message: str, moment: datetime, *, urgent: bool = False) -> None:
    with clock.at(moment), worker_login():
        tell(
            event_id=uuid7(),
            root_id=uuid7(),
            audience=Person(who.user_id),
            message=message,
            fields=FIELDS,
            path="/referrals/1",
            urgent=urgent,
        )
        delivery.drain()


def work(moment: datetime) -> int:
    """The worker looks after digests and email; return how many letters went out."""
    before = len(mail.outbox)
    with clock.at(moment), worker_login():
        email.make_digests()
        email.send_emails()
    return len(mail.outbox) - before


def test_by_default_urgent_ones_come_at_once_and_the_rest_once_a_day_in_the_morning():
    who = somebody()
    assert work(at(6)) == 0
    say(who, REFERRAL, at(10))
    say(who, CASE, at(11), urgent=True)
    assert [work(at(hour)) for hour in (11, 12)] == [2, 0], "the urgent one, and the digest of the day"
    say(who, REFERRAL, at(13))
    assert [work(at(hour, day=day)) for hour, day in ((20, 0), (6, 1), (7, 1))] == [0, 0, 1]
    assert Message.objects.using("owner").count() == 3


@pytest.mark.parametrize(("way", "letters"), [("at_once", 1), ("digest", 0), ("urgent_only", 0)])
def test_each_kind_goes_its_own_way(way, letters):
    who = somebody(by_kind={"referrals": way}, digest_hour=20)
    say(who, REFERRAL, at(10))
    say(who, CASE, at(10))
    assert work(at(10)) == letters
    say(who, REFERRAL, at(11), urgent=True)
    assert work(at(11)) == 1


def test_what_is_to_stay_in_the_app_is_in_no_digest_and_in_the_list():
    who = somebody(by_kind={"referrals": "urgent_only"})
    say(who, REFERRAL, at(10))
    assert work(at(8, day=1)) == 0
    say(who, CASE, at(9, day=1))
    assert work(at(8, day=2)) == 1
    assert "1 message" in mail.outbox[-1].subject
    assert Message.objects.using("owner").count() == 2


def test_the_digest_comes_at_the_chosen_hour_once_a_day():
    who = somebody(digest_hour=18)
    assert work(at(6)) == 0
    say(who, REFERRAL, at(10))
    assert [work(at(hour)) for hour in (7, 17, 18, 19)] == [0, 0, 1, 0]
    say(who, CASE, at(20))
    assert [work(at(hour)) for hour in (21, 23)] == [0, 0]
    assert [work(at(hour, day=1)) for hour in (7, 18)] == [0, 1]


def test_the_hour_of_the_digest_is_the_clocks_here_in_summer_too():
    summer = datetime(2026, 6, 1, tzinfo=UTC)
    who = somebody(digest_hour=7)
    say(who, REFERRAL, summer - timedelta(hours=3))
    assert work(summer + timedelta(hours=5, minutes=59)) == 0
    assert work(summer + timedelta(hours=6)) == 1


def test_quiet_hours_hold_back_what_is_not_urgent_until_they_are_over():
    who = somebody(by_kind={"referrals": "at_once"}, quiet_from=20, quiet_to=7, digest_hour=12)
    say(who, REFERRAL, at(22))
    assert [work(at(hour, day=day)) for hour, day in ((22, 0), (6, 1), (7, 1))] == [0, 0, 1]
    say(who, REFERRAL, at(23, day=1), urgent=True)
    assert work(at(23, day=1)) == 1


@pytest.mark.parametrize(
    ("begins", "ends", "hour", "loud"),
    [
        (20, 7, 19, 19),
        (20, 7, 20, 31),
        (20, 7, 6, 7),
        (20, 7, 7, 7),
        (12, 14, 13, 14),
        (None, None, 3, 3),
        (22, 0, 23, 24),
    ],
)
def test_quiet_hours_may_go_over_midnight(begins, ends, hour, loud):
    wishes = Wishes(quiet_from=begins, quiet_to=ends)
    assert wishes.loud_from(at(hour)) == at(loud)


def test_a_digest_made_in_quiet_hours_waits_for_their_end():
    who = somebody(quiet_from=6, quiet_to=9, digest_hour=7)
    say(who, REFERRAL, at(5))
    assert [work(at(hour)) for hour in (7, 8, 9)] == [0, 0, 1]
    assert Email.objects.using("owner").count() == 1


def test_every_message_belongs_to_one_kind():
    kinds = {kind_of(code) for code in texts.registered() if code != "made_up"}
    assert kinds == set(vocabulary.get(KINDS).codes)
