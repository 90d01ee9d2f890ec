"""What the worker does with clocks: what follows when one runs out, and reminders, at most one a day for a record."""

from collections.abc import Mapping
from datetime import date, timedelta

import structlog
from django.db import InterfaceError, OperationalError, connection

from backend.access.binding import acting_as_system
from backend.access.models import Named
from backend.agencies.models import Agency
from backend.agencies.roles import Role
from backend.core import clock
from backend.deadlines import queries, reminders
from backend.deadlines.calendar import in_words, local
from backend.deadlines.kinds import KINDS
from backend.deadlines.models import Deadline
from backend.deadlines.registration import Subject, describer, expiries
from backend.deadlines.reminders import Stage
from backend.notifications.audience import AgencyRoles, Audience
from backend.notifications.commands import tell
from backend.notifications.models import ITSELF
from backend.notifications.schedule import EVERY_MINUTE, register_job

BATCH = 100
MAX_ATTEMPTS = 8
_FIRST_WAIT = timedelta(minutes=1)
log = structlog.get_logger(__name__)


def register() -> None:
    """Register both with the worker."""
    register_job("deadlines.expire", cron=EVERY_MINUTE, run=expire)
    register_job("deadlines.remind", cron=EVERY_MINUTE, run=remind)


def expire() -> int:
    """Do what follows for clocks that ran out, each in a transaction of its own; return how many were dealt with."""
    handlers = expiries()
    with acting_as_system(job="deadlines.expire"):
        waiting = list(queries.run_out(handlers)[:BATCH])
    return sum(_expire(deadline) for deadline in waiting)


def _expire(deadline: Deadline) -> bool:
    try:
        with acting_as_system(job="deadlines.expire", root_id=deadline.root_id) as actor:
            # Not a row lock: the handler locks the record first and its clocks after, as every request does.
            if not _try_lock(deadline) or not queries.run_out([deadline.kind]).filter(pk=deadline.pk).exists():
                return False
            expiries()[deadline.kind](deadline.root_id, actor)
            Deadline.objects.filter(pk=deadline.pk).update(expired_at=clock.now())
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # One record's refusal must not hold up what follows for the others.
        _note_failure(deadline, type(error).__name__)
        return False
    return True


def _try_lock(deadline: Deadline) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"expire {deadline.pk}"])
        return bool(cursor.fetchone()[0])


def _note_failure(deadline: Deadline, error: str) -> None:
    attempts = deadline.expiry_attempts + 1
    given_up = attempts >= MAX_ATTEMPTS
    now = clock.now()
    with acting_as_system(job="deadlines.expire"):
        Deadline.objects.filter(pk=deadline.pk).update(
            expiry_attempts=attempts,
            expiry_next_at=now + _FIRST_WAIT * 2**attempts,
            expired_at=now if given_up else None,
        )
    write = log.error if given_up else log.warning
    write("expiry failed", deadline=str(deadline.pk), kind=deadline.kind, attempts=attempts, error=error)


def remind() -> int:
    """Write the reminders that are due and return how many; a record that had one today waits for the next day."""
    with acting_as_system(job="deadlines.remind"):
        waiting = list(queries.to_remind().select_for_update(skip_locked=True)[:BATCH])
        today = local(clock.now()).date()
        roots = [deadline.root_id for deadline in waiting]
        had_one = set(Deadline.objects.filter(root_id__in=roots, reminded_on=today).values_list("root_id", flat=True))
        told = 0
        for deadline in waiting:
            if deadline.root_id in had_one:
                deadline.remind_at = reminders.held_back_until(today)
                continue
            had_one.add(deadline.root_id)
            told += _remind(deadline, today)
        Deadline.objects.bulk_update(waiting, ["remind_at", "reminded_on"])
    return told


def _remind(deadline: Deadline, today: date) -> bool:
    now = clock.now()
    stage = reminders.stage(due_at=deadline.due_at, now=now)
    deadline.remind_at = reminders.next_reminder(due_at=deadline.due_at, now=now)
    subject = _subject(deadline)
    if subject is None:
        return False
    deadline.reminded_on = today
    fields = {"clock": deadline.label, "reference": subject.reference, "due": in_words(deadline.due_at)}
    if stage is Stage.STILL:
        fields["agency"] = _escalate(deadline, fields)
    tell(
        event_id=None,
        root_id=deadline.root_id,
        audience=_audience(deadline, stage, subject.audience),
        message=f"deadline_{stage}",
        fields=fields,
        path=subject.path,
        urgent=stage is Stage.STILL or (deadline.is_urgent and stage is not Stage.BEFORE),
    )
    return True


def _escalate(deadline: Deadline, fields: Mapping[str, str]) -> str:
    """Tell the front door's managers that another agency has missed a promise; return the name of who knows now.

    They get the reference and whom to ring, not the record. Of a sealed child nobody outside is told.
    """
    owner = Agency.objects.select_related("partnership__front_door").get(pk=deadline.owner_agency_id)
    front_door = owner.partnership.front_door
    is_sealed = deadline.child_id and Named.objects.filter(child_id=deadline.child_id, ended_at=None).exists()
    if is_sealed:
        return "Every manager who is named on the record"
    if front_door is None or front_door.id == owner.id:
        return "Every manager of your agency"
    tell(
        event_id=None,
        root_id=deadline.root_id,
        audience=AgencyRoles(front_door.id, (Role.MANAGER.value,)),
        message="deadline_escalated",
        fields={**fields, "agency": owner.name},
        path=ITSELF,
        urgent=True,
    )
    return front_door.name


def _subject(deadline: Deadline) -> Subject | None:
    describe = describer(deadline.kind)
    if describe:
        return describe(deadline.root_id)
    kind = KINDS.get(deadline.kind)
    path = kind.path.format(root_id=deadline.root_id) if kind else "/"
    return Subject(reference="see the record", path=path)


def _audience(deadline: Deadline, stage: Stage, owner: Audience | None) -> Audience:
    """Return whom to tell: the owner, or the role that does this work; once overdue the agency's managers.

    Of these, whoever may know of the child: the clocks of a sealed record go to those named on it.
    """
    if stage in (Stage.AFTER, Stage.STILL):
        return AgencyRoles(deadline.owner_agency_id, (Role.MANAGER.value,), deadline.child_id)
    kind = KINDS.get(deadline.kind)
    role = kind.role.value if kind else Role.MANAGER.value
    return owner or AgencyRoles(deadline.owner_agency_id, (role,), deadline.child_id)
