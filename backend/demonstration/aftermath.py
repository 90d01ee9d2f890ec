"""What the worker would have done all along: clocks that ran out, reminders, and every message delivered.

The worker does not run while a city is made, and it must not find a year's work when it starts. So the city does
that work with the worker's own code and login: it walks the clock from reminder to reminder, tends the drafts day by
day, and drains the outbox of the last two weeks into people's messages; what is older is noted as sent. So are the
emails, which are not sent: nobody here has a mailbox, and the demo's mail folder should start with what a visitor
causes. What people were told before last evening they have read; what came since then waits for them, unread.
"""

from datetime import timedelta

from django.db import connections, transaction
from django.db.models import F, Min

from backend.access.binding import acting_as_system
from backend.core import clock
from backend.deadlines import jobs as deadlines
from backend.deadlines.calendar import END_OF_DAY, at_local, local
from backend.deadlines.models import TICKING, Deadline
from backend.demonstration.emptying import OF_THE_CITY, OWNER
from backend.demonstration.logins import as_worker
from backend.demonstration.moments import OfficeTime
from backend.drafts import jobs as drafts
from backend.insights.jobs import publish
from backend.insights.models import PublishedMonth
from backend.notifications.delivery import drain
from backend.notifications.models import PENDING, Delivery, Email, Message, Outbox
from backend.referrals.commands.machine import resume_answered

JOB = "demo.aftermath"
# Messages of the last office hours of the day before are still unread.
_EVENING = 2
_KEEPS_MESSAGES = timedelta(days=14)
_READ_AFTER = timedelta(hours=2)
# No draft of the city is older.
_DRAFT_DAYS = 21
_A_MOMENT = timedelta(minutes=5)


def catch_up() -> None:
    """Do what clocks, reminders and drafts ask for up to now."""
    catch_up_with_clocks()
    with as_worker():
        resume_answered()
        _tend_drafts()


def catch_up_with_clocks() -> None:
    """Do what clocks that ran out or came near ask for, as of then."""
    with as_worker():
        while deadlines.expire():
            pass
        _remind()


def forget_old_news() -> None:
    """Note as sent, undelivered, what people were told long ago: nobody keeps messages for a year."""
    with as_worker(), acting_as_system(job=JOB):
        old = Outbox.objects.filter(PENDING, created_at__lt=clock.now() - _KEEPS_MESSAGES)
        old.update(state=Delivery.SENT, sent_at=F("created_at"))


def deliver() -> int:
    """Turn waiting outbox rows into messages until none is left; several processes may. Return how many were taken."""
    taken = 0
    with as_worker():
        while batch := drain():
            taken += batch
    return taken


def publish_months() -> None:
    """Publish the months as they are now, and forget what was published of them before more of their past was there."""
    with transaction.atomic(using=OWNER):
        PublishedMonth.objects.using(OWNER).all().delete()
    with as_worker():
        publish()


def settle() -> None:
    """Note emails as sent and older messages as read, and what happened in the past as recorded when it happened."""
    with as_worker(), acting_as_system(job=JOB):
        Email.objects.filter(PENDING).update(state=Delivery.SENT, sent_at=F("next_try_at"))
        office = OfficeTime(clock.now())
        last_night = office.before(office.today + _EVENING)
        Message.objects.filter(at__lt=last_night).update(read_at=F("at") + _READ_AFTER)
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute(OF_THE_CITY)
        cursor.execute("UPDATE audit_event SET recorded_at = at")
    with connections[OWNER].cursor() as cursor:
        cursor.execute("ANALYZE")


def _remind() -> None:
    """Remind of the clocks that still run, at the hours when the worker would have."""
    now = clock.now()
    while True:
        with acting_as_system(job=JOB):
            due = Deadline.objects.filter(TICKING, remind_at__lte=now).aggregate(first=Min("remind_at"))["first"]
        if due is None:
            return
        with clock.at(due):
            deadlines.remind()


def _tend_drafts() -> None:
    now = clock.now()
    for days in range(_DRAFT_DAYS, -1, -1):
        evening = at_local(local(now).date() - timedelta(days=days), END_OF_DAY) + _A_MOMENT
        if evening < now:
            with clock.at(evening):
                drafts.tend()
