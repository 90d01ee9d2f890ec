"""The only writes to deadlines: start, meet, stop, pause, resume, and follow the record to another agency.

All are called under the lock of the record they belong to, inside its transaction.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from backend.agencies.models import Target
from backend.core import clock
from backend.deadlines import calendar
from backend.deadlines.kinds import KINDS, Kind
from backend.deadlines.models import Deadline
from backend.deadlines.queries import running, targets
from backend.deadlines.reminders import first_reminder


def start(
    kind: str,
    *,
    root_id: UUID,
    child_id: UUID | None,
    owner_agency_id: UUID,
    partnership_id: UUID,
    at: datetime | None = None,
    due_at: datetime | None = None,
    urgent: bool = False,
) -> Deadline:
    """Start a clock and return it; while one of that kind runs for the record, return that one unchanged.

    `due_at` is a chosen day in place of the target's.
    """
    started = start_all(
        [kind],
        root_id=root_id,
        child_id=child_id,
        owner_agency_id=owner_agency_id,
        partnership_id=partnership_id,
        at=at,
        due_at=due_at,
        urgent=urgent,
    )
    return started[0]


def start_all(
    kinds: Collection[str],
    *,
    root_id: UUID,
    child_id: UUID | None,
    owner_agency_id: UUID,
    partnership_id: UUID,
    at: datetime | None = None,
    due_at: datetime | None = None,
    urgent: bool = False,
) -> list[Deadline]:
    """Start several clocks in two statements, whatever their number; see `start`."""
    if not kinds:
        return []
    rows = new_clocks(
        kinds,
        root_id=root_id,
        child_id=child_id,
        owner_agency_id=owner_agency_id,
        partnership_id=partnership_id,
        at=at,
        due_at=due_at,
        urgent=urgent,
    )
    try:
        with transaction.atomic():
            return Deadline.objects.bulk_create(rows)
    except IntegrityError:
        # A clock of one of these kinds already runs, perhaps since a moment ago: it wins, the others start.
        Deadline.objects.bulk_create(rows, ignore_conflicts=True)
    now_running = {deadline.kind: deadline for deadline in running(root_id).filter(kind__in=kinds)}
    return [now_running[kind] for kind in kinds]


def new_clocks(
    kinds: Collection[str],
    *,
    root_id: UUID,
    child_id: UUID | None,
    owner_agency_id: UUID,
    partnership_id: UUID,
    at: datetime | None = None,
    due_at: datetime | None = None,
    urgent: bool = False,
) -> list[Deadline]:
    """Return clocks as `start_all` writes them, not yet written: for several records at once, or none that run."""
    if not kinds:
        return []
    began = at or clock.now()
    found = targets(kinds, partnership_id=partnership_id, urgent=urgent)
    return [
        Deadline(
            kind=kind,
            root_id=root_id,
            child_id=child_id,
            owner_agency_id=owner_agency_id,
            partnership_id=partnership_id,
            is_urgent=urgent,
            **_times(found[kind], began, due_at),
        )
        for kind in kinds
    ]


def _times(target: Target | Kind, began: datetime, chosen: datetime | None = None) -> dict[str, str | datetime | None]:
    due_at = calendar.late_at(chosen, began) if chosen else calendar.due(target, began)
    return {
        "label": target.label,
        "unit": target.unit,
        "started_at": began,
        "due_at": due_at,
        "remind_at": first_reminder(started_at=began, due_at=due_at, days_before=_warns_days(target)),
    }


def _warns_days(target: Target | Kind) -> int | None:
    kind = KINDS.get(target.kind if isinstance(target, Target) else target.code)
    return kind.warns_days if kind else None


def renew(kind: str, *, root_id: UUID, partnership_id: UUID, at: datetime | None = None) -> int:
    """Let a running clock begin again, because what it warns of has not come about; return how many did."""
    return _begin_again(running(root_id).filter(kind=kind), kind, partnership_id, at or clock.now())


def put_back(kind: str, *, root_id: UUID, partnership_id: UUID, renewed_at: datetime, to: datetime) -> int:
    """Let a clock run from when it began before it was renewed by mistake; not one that was renewed again since."""
    renewed = running(root_id).filter(kind=kind, started_at=renewed_at)
    return _begin_again(renewed, kind, partnership_id, to)


def _begin_again(clocks: QuerySet[Deadline], kind: str, partnership_id: UUID, began: datetime) -> int:
    times = _times(targets([kind], partnership_id=partnership_id)[kind], began)
    return clocks.update(**times, expired_at=None, expiry_attempts=0)


def meet(root_id: UUID, kinds: Iterable[str], *, at: datetime | None = None) -> int:
    """Say that what these clocks waited for has happened; return how many were running."""
    return running(root_id).filter(kind__in=list(kinds)).update(met_at=at or clock.now())


def stop_all(root_id: UUID, *, keep: Iterable[str] = ()) -> int:
    """End every running clock of a record without meeting it, but those to `keep`; return how many."""
    return running(root_id).exclude(kind__in=list(keep)).update(stopped_at=clock.now())


def pause(root_id: UUID, kinds: Iterable[str]) -> int:
    """Hold these clocks, because the next step is somebody else's; return how many were not yet held."""
    return running(root_id).filter(kind__in=list(kinds), paused_at__isnull=True).update(paused_at=clock.now())


def resume(root_id: UUID, kinds: Iterable[str]) -> int:
    """Let held clocks run on, due later by the office hours they were held; return how many were held."""
    held = list(running(root_id).filter(kind__in=list(kinds), paused_at__isnull=False).select_for_update())
    run_on(held)
    return len(held)


def run_on(held: Collection[Deadline]) -> None:
    """Let these held clocks run on, and write that; see `resume`."""
    now = clock.now()
    for deadline in held:
        paused_at = deadline.paused_at or now
        deadline.due_at = calendar.moved(deadline.due_at, unit=deadline.unit, paused_at=paused_at, resumed_at=now)
        deadline.paused_spans = [*deadline.paused_spans, paused_at, now]
        deadline.paused_at = None
        deadline.remind_at = first_reminder(started_at=now, due_at=deadline.due_at)
    Deadline.objects.bulk_update(held, ["due_at", "paused_spans", "paused_at", "remind_at"])


def move_owner(root_id: UUID, agency_id: UUID) -> int:
    """Give every running clock of a record to the agency that now holds or leads it; return how many."""
    return running(root_id).update(owner_agency_id=agency_id)
