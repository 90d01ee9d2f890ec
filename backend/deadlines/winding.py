"""Winding: all that one edge does to the clocks of a record, in one statement to read them and few to write them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.core import clock
from backend.deadlines.commands import new_clocks, run_on
from backend.deadlines.models import Deadline
from backend.deadlines.queries import running_of


@dataclass(frozen=True, slots=True)
class Clocks:
    """What an edge does to a record's clocks; owners are the agency that holds or leads after the edge."""

    starts: tuple[str, ...] = ()
    # Clocks that only some records have, such as what was promised to a school.
    starts_for: Callable[[Any], tuple[str, ...]] = lambda _target: ()
    meets: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    stops_all_but: tuple[str, ...] | None = None


UNTOUCHED = Clocks()


@dataclass(frozen=True, slots=True)
class Wound:
    """The record whose clocks are wound, as it is after the edge; `has_moved` to another owner by it."""

    root_id: UUID
    child_id: UUID | None
    partnership_id: UUID
    owner_agency_id: UUID
    has_moved: bool = False
    is_urgent: bool = False


def wind(record: Wound, clocks: Clocks) -> datetime | None:
    """Meet, stop, hold, resume, hand over and start, in this order, under the lock of the record.

    Return when the earliest clock falls due that ticks afterwards. A clock of a kind that runs is not started again.
    """
    return wind_all([record], clocks)[0]


def wind_all(records: Sequence[Wound], clocks: Clocks) -> list[datetime | None]:
    """Wind the clocks of several records that take one edge, in as many statements as of one; see `wind`."""
    found = list(running_of([record.root_id for record in records]))
    now = clock.now()
    changed = _Changed()
    over = _set(changed, [one for one in found if one.kind in clocks.meets], met_at=now)
    if clocks.stops_all_but is not None:
        kept = clocks.stops_all_but
        over += _set(changed, [one for one in found if one.kind not in kept and one not in over], stopped_at=now)
    left = [one for one in found if one not in over]
    _set(changed, [one for one in left if one.kind in clocks.pauses and one.paused_at is None], paused_at=now)
    held = [one for one in left if one.kind in clocks.resumes and one.paused_at is not None]
    if held:
        run_on(held)
    for record in records:
        if record.has_moved:
            mine = [one for one in left if one.root_id == record.root_id]
            _set(changed, mine, owner_agency_id=record.owner_agency_id)
    _write(changed)
    left += _started(records, clocks.starts, left)
    return [_next_due(left, record.root_id) for record in records]


def _next_due(deadlines: Sequence[Deadline], root_id: UUID) -> datetime | None:
    ticking = (one.due_at for one in deadlines if one.root_id == root_id and one.paused_at is None)
    return min(ticking, default=None)


@dataclass(slots=True)
class _Changed:
    """The clocks that were changed in hand and are still to be written, and which of their columns."""

    clocks: dict[UUID, Deadline] = field(default_factory=dict)
    columns: set[str] = field(default_factory=set)


def _set(changed: _Changed, deadlines: list[Deadline], **values: datetime | UUID) -> list[Deadline]:
    """Give these values to each, in hand."""
    for one in deadlines:
        changed.clocks[one.pk] = one
        changed.columns.update(values)
        for name, value in values.items():
            setattr(one, name, value)
    return deadlines


def _write(changed: _Changed) -> None:
    """Write what was changed in one statement, whichever clock was changed how."""
    if changed.clocks:
        Deadline.objects.bulk_update(changed.clocks.values(), sorted(changed.columns))


def _started(records: Sequence[Wound], kinds: Collection[str], left: Sequence[Deadline]) -> list[Deadline]:
    run = {(one.root_id, one.kind) for one in left}
    rows = [
        row
        for record in records
        for row in new_clocks(
            [kind for kind in kinds if (record.root_id, kind) not in run],
            root_id=record.root_id,
            child_id=record.child_id,
            owner_agency_id=record.owner_agency_id,
            partnership_id=record.partnership_id,
            urgent=record.is_urgent,
        )
    ]
    return Deadline.objects.bulk_create(rows)
