"""From outbox row to message: everybody the audience stands for gets it once, and email follows after the commit."""

from dataclasses import replace
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Q

from backend.access.binding import acting_as_system
from backend.access.marks import HIDDEN
from backend.agencies.models import User
from backend.audit.models import Event
from backend.core import clock
from backend.core.ids import uuid7
from backend.notifications.attempts import note_failure, note_success
from backend.notifications.audience import Audience, from_data, recipients
from backend.notifications.models import PENDING, Email, Message, Outbox
from backend.notifications.texts import text
from backend.notifications.wishes import AT_ONCE, DIGEST, URGENT_ONLY, Wishes, wishes_of

BATCH = 20
# What was to go at once goes at once, also where it was written by a machine whose clock is ahead of this one's.
_AT_ONCE = Q(attempts=0, next_try_at__lte=F("created_at"))
_TRACKED = ["state", "attempts", "next_try_at", "last_error", "sent_at"]


class NobodyToTell(Exception):
    """Not even the front door has an active manager; the row waits, because somebody must be told."""


def drain() -> int:
    """Deliver one batch of the outbox and return how many rows were taken; 0 means that nothing waits.

    Many workers may run this at once: each takes rows no other holds. Messages and the mark `sent` are one
    transaction, so a row is delivered at least once and its effect happens once.
    """
    with acting_as_system(job="deliver"):
        waiting = Outbox.objects.filter(PENDING, Q(next_try_at__lte=clock.now()) | _AT_ONCE)
        rows = list(waiting.order_by("next_try_at", "id").select_for_update(skip_locked=True)[:BATCH])
        for row in rows:
            _attempt(row)
        Outbox.objects.bulk_update(rows, _TRACKED)
    return len(rows)


def _attempt(row: Outbox) -> None:
    try:
        with transaction.atomic():
            _deliver(row)
    except (OperationalError, InterfaceError):
        raise  # The database is away: the batch rolls back and nobody's attempts are counted.
    except Exception as error:
        # One row that cannot be delivered must not stop the others, whatever is wrong with it.
        note_failure(row, type(error).__name__)
    else:
        note_success(row)


def _deliver(row: Outbox) -> None:
    if _was_taken_back(row):
        return
    people = recipients(_audience_of(row))
    if not people:
        raise NobodyToTell
    subject, body = text(row.message).fill(row.fields)
    chosen = wishes_of(person.pk for person in people)
    ways = {person.pk: chosen.get(person.pk) or _standard(person) for person in people}
    emails = {
        person.pk: Email(id=uuid7(), user_id=person.pk, next_try_at=_goes_at(ways[person.pk], row))
        for person in people
        if row.urgent or ways[person.pk].way_of(row.message) == AT_ONCE
    }
    messages = [
        Message(
            user_id=person.pk,
            outbox_id=row.pk,
            email_id=emails[person.pk].pk if person.pk in emails else None,
            subject=subject,
            body=body,
            path=row.path,
            urgent=row.urgent,
            is_app_only=ways[person.pk].way_of(row.message) == URGENT_ONLY,
            at=row.created_at,
        )
        for person in people
    ]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    Email.objects.bulk_create(emails.values())


def _audience_of(row: Outbox) -> Audience:
    """Return whom it is for: those who may know of the child that it tells of (access.md)."""
    audience = from_data(row.audience)
    if audience.child_id is None and row.event_id is not None:
        child_id = Event.objects.filter(pk=row.event_id).values_list("child_id", flat=True).first()
        return replace(audience, child_id=child_id)
    return audience


def _was_taken_back(row: Outbox) -> bool:
    """Say whether what it tells of was undone while it waited (architecture.md, Undo)."""
    if row.root_id is None or row.next_try_at <= row.created_at:
        return False
    undone = Q(corrects_id=row.event_id, verb__endswith=".undo")
    # Or has become something of which nobody else may know.
    hidden = Q(pk=row.event_id, mark__in=HIDDEN)
    return Event.objects.filter(undone | hidden, root_id=row.root_id).exists()


def _standard(person: User) -> Wishes:
    """Return how somebody hears who has not chosen."""
    return Wishes(standard=AT_ONCE if person.wants_email_for_all else DIGEST)


def _goes_at(wishes: Wishes, row: Outbox) -> datetime:
    """Return when the email may go: an urgent one at once, whatever the hour."""
    return clock.now() if row.urgent else wishes.loud_from(clock.now())
