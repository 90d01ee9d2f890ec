"""Exports that are asked for again by themselves, each week or month, until somebody stops them or their role ends."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError

from backend.access.actors import Actor
from backend.access.binding import acting_as_system
from backend.agencies.models import Membership
from backend.core import clock
from backend.core.errors import Conflict, NotFound
from backend.deadlines.calendar import local
from backend.exports import queries
from backend.exports.models import Export, Repeat

REPEAT = "exports.repeat"
AT_MOST = 10
_BATCH = 50
_WEEK, _MONTH = "week", "month"
# Nobody waits at the page: whoever it is for is told.
_NOBODY_LOOKS = timedelta(days=1)
_ENOUGH = "Ten lists are made for you again and again already. Stop one of them first."
log = structlog.get_logger(__name__)


def after(day: date, every: str) -> date:
    """Return the day on which it is made next: a week later, or on the same day of the next month, if it has one."""
    if every == _WEEK:
        return day + timedelta(days=7)
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def repeat(actor: Actor, repeat_id: UUID, given: Mapping[str, Any], title: str) -> None:
    """Have an export made again by itself, for the actor alone; raise Conflict when many are already."""
    if queries.repeats_of(actor).filter(stopped_at=None).count() >= AT_MOST:
        raise Conflict(_ENOUGH, code="too_many")
    today = local(clock.now()).date()
    Repeat.objects.create(
        id=repeat_id,
        user_id=actor.user_id,
        membership_id=actor.membership_id,
        agency_id=actor.agency_id,
        list_code=given["list"],
        title=title,
        filters=given["filters"],
        file_format=given["file_format"],
        purpose=given["purpose"],
        every=given["every"],
        began_on=today,
        next_on=after(today, given["every"]),
    )


def stop(actor: Actor, repeat_id: UUID) -> None:
    """Make it no more; what was made stays until it expires. Raise NotFound."""
    own = queries.repeats_of(actor).filter(pk=repeat_id)
    if not own.exists():
        raise NotFound
    own.filter(stopped_at=None).update(stopped_at=clock.now())


def repeat_all() -> int:
    """Ask for what is due today, each in a transaction of its own; return how many were due."""
    today = local(clock.now()).date()
    with acting_as_system(job=REPEAT):
        ids = list(queries.due_again(today).values_list("id", flat=True)[:_BATCH])
    return sum(_again(repeat_id, today) for repeat_id in ids)


def _again(repeat_id: UUID, today: date) -> bool:
    try:
        with acting_as_system(job=REPEAT):
            due = queries.due_again(today).filter(pk=repeat_id)
            one = due.select_for_update(skip_locked=True, no_key=True).first()
            if one is not None:
                _ask_or_end(one, today)
            return one is not None
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # One must not keep the others waiting; it is tried again in an hour.
        log.error("export not repeated", repeat=str(repeat_id), error=type(error).__name__)
        return False


def _ask_or_end(one: Repeat, today: date) -> None:
    member = Membership.objects.select_related("user").get(pk=one.membership_id)
    if not (member.user.is_active and member.is_active_at(clock.now())):
        one.stopped_at = clock.now()
        one.save(update_fields=["stopped_at"])
        return
    # What was missed while nothing ran is made once, not several times.
    while one.next_on <= today:
        one.next_on = after(one.next_on, one.every)
    one.save(update_fields=["next_on"])
    now = clock.now()
    Export.objects.create(
        user_id=one.user_id,
        membership_id=one.membership_id,
        agency_id=one.agency_id,
        list_code=one.list_code,
        title=one.title,
        filters=one.filters,
        file_format=one.file_format,
        recipient="self",
        purpose=one.purpose,
        asked_at=now,
        looked_at=now - _NOBODY_LOOKS,
    )
