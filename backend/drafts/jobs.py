"""What the worker does with drafts nobody touches: remind, tell the manager, warn, delete."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError
from django.db.models import Q

from backend.access.actors import Actor
from backend.access.binding import acting_as_system
from backend.agencies.models import User
from backend.agencies.roles import Role
from backend.core import clock
from backend.deadlines.calendar import END_OF_DAY, add_working_days, at_local, in_words, local
from backend.drafts.models import Draft
from backend.drafts.registration import form_named
from backend.notifications.audience import AgencyRoles, Audience, Person
from backend.notifications.commands import tell
from backend.notifications.schedule import register_job

REMIND_AFTER, ESCALATE_AFTER = 1, 3  # working days
WARN_AFTER, DELETE_AFTER = timedelta(days=21), timedelta(days=28)
NOTICE = DELETE_AFTER - WARN_AFTER
# Nothing is a working day old before this; it keeps the drafts in use out of the query.
_YOUNG = timedelta(hours=8)
Act = Callable[[Draft], None]
log = structlog.get_logger(__name__)


class TouchedMeanwhile(Exception):
    """Somebody saved or sent the draft while we were about to act: everything is rolled back."""


def register() -> None:
    """Register with the worker: each hour, because a day begins at another hour of UTC in summer."""
    register_job("drafts.tend", cron="5 * * * *", run=tend)


def tend() -> int:
    """Do for each untouched draft the one thing that is due, in a transaction of its own; return how many were due."""
    now = clock.now()
    old = Q(saved_at__lt=now - WARN_AFTER, warned_at__isnull=True) | Q(saved_at__lt=now - DELETE_AFTER)
    unmentioned = Q(reminded_at__isnull=True) | Q(escalated_at__isnull=True, is_own=False)
    with acting_as_system(job="drafts.tend"):
        waiting = Draft.objects.filter(old | unmentioned, saved_at__lt=now - _YOUNG).order_by("saved_at", "id")
        ids = list(waiting.values_list("id", flat=True))
    return sum(_tend(draft_id) for draft_id in ids)


def _tend(draft_id: UUID) -> bool:
    try:
        with acting_as_system(job="drafts.tend") as actor:
            return _do_what_is_due(draft_id, actor)
    except (OperationalError, InterfaceError):
        raise
    except TouchedMeanwhile:
        return False
    except Exception as error:
        # One draft must not keep the others waiting; it is tried again with the next run.
        log.error("draft not tended", draft=str(draft_id), error=type(error).__name__)
        return False


def _do_what_is_due(draft_id: UUID, actor: Actor) -> bool:
    draft = Draft.objects.filter(pk=draft_id).first()
    if draft is None:
        return False
    act = _due_act(draft)
    if act is None:
        return False
    if act is _delete:
        # The record is locked before its draft, as every request does.
        abandon = form_named(draft.form).abandon
        if abandon:
            abandon(draft.root_id, actor)
    locked = Draft.objects.filter(pk=draft_id).select_for_update(no_key=True).first()
    was_touched = locked is not None and locked.saved_at != draft.saved_at
    # Only the deletion may find the draft gone: ending its record may have discarded it.
    if was_touched or (locked is None and act is not _delete):
        raise TouchedMeanwhile
    act(draft)
    return True


def _due_act(draft: Draft) -> Act | None:
    """Return the one thing that is due, the gravest first."""
    now = clock.now()
    if draft.warned_at and now >= max(draft.saved_at + DELETE_AFTER, draft.warned_at + NOTICE):
        return _delete
    if not draft.warned_at and now >= draft.saved_at + WARN_AFTER:
        return _warn
    if not draft.escalated_at and not draft.is_own and now >= _after_working_days(draft, ESCALATE_AFTER):
        return _escalate
    if not draft.reminded_at and now >= _after_working_days(draft, REMIND_AFTER):
        return _remind
    return None


def _after_working_days(draft: Draft, amount: int) -> datetime:
    return at_local(add_working_days(local(draft.saved_at).date(), amount), END_OF_DAY)


def _remind(draft: Draft) -> None:
    draft.reminded_at = clock.now()
    draft.save(update_fields=["reminded_at"])
    _tell(draft, Person(draft.author_id), "draft_reminder")


def _escalate(draft: Draft) -> None:
    draft.reminded_at = draft.reminded_at or clock.now()
    draft.escalated_at = clock.now()
    draft.save(update_fields=["reminded_at", "escalated_at"])
    author = User.objects.filter(pk=draft.author_id).values_list("name", flat=True).first()
    managers = AgencyRoles(draft.agency_id, (Role.MANAGER.value,))
    _tell(draft, managers, "draft_for_manager", person=author or "A colleague")


def _warn(draft: Draft) -> None:
    now = clock.now()
    draft.warned_at = now
    draft.reminded_at = draft.reminded_at or now
    draft.escalated_at = draft.escalated_at or now
    draft.save(update_fields=["warned_at", "reminded_at", "escalated_at"])
    _tell(
        draft, Person(draft.author_id), "draft_warning", due=in_words(max(draft.saved_at + DELETE_AFTER, now + NOTICE))
    )


def _delete(draft: Draft) -> None:
    Draft.objects.filter(pk=draft.pk).delete()
    _tell(draft, Person(draft.author_id), "draft_deleted", path="/")


def _tell(draft: Draft, audience: Audience, message: str, *, path: str | None = None, **fields: str) -> None:
    form = form_named(draft.form)
    tell(
        event_id=None,
        root_id=draft.root_id,
        audience=audience,
        message=message,
        fields={"form": form.label, "when": in_words(draft.saved_at), **fields},
        path=path or form.path.format(root_id=draft.root_id),
    )
