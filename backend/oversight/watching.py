"""What the worker does each minute: take in what the log says anew, and ask about what is unusual in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from backend.access.binding import acting_as_system
from backend.agencies.models import Agency, User
from backend.core import clock
from backend.core.ids import uuid7
from backend.deadlines.calendar import due, local
from backend.notifications.commands import Notice, tell_all
from backend.oversight.commands import ONE_WORKING_DAY
from backend.oversight.models import ReadingDay, UnusualReading, Watch
from backend.oversight.queries import readings
from backend.oversight.queries.unusual import everybody_for
from backend.oversight.unusual import Finding, Limits, findings, limits

JOB = "oversight.watch"
# Of older days nobody is asked: a log that is read for the first time begins no year of questions.
_ASKED_ABOUT = timedelta(days=7)
# What is kept of who read what; the log itself has its own period.
KEPT = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class _New:
    """One finding about one person, with the rows that it is made of."""

    row: ReadingDay
    finding: Finding
    rows: Sequence[ReadingDay]


def watch() -> int:
    """Read on in the log; return how many questions are new."""
    found = 0
    while True:
        with acting_as_system(job=JOB):
            more, new = _read_on(limits())
        found += new
        if not more:
            return found


def _read_on(limit: Limits) -> tuple[bool, int]:
    Watch.objects.bulk_create([Watch(id=1)], ignore_conflicts=True)
    place = Watch.objects.select_for_update(skip_locked=True).first()
    if place is None:
        return False, 0
    before, are_more = readings.until(place.horizon)
    if before < place.horizon:
        # The database was restored on another server, whose transactions begin anew.
        place.horizon = 0
        before, are_more = readings.until(0)
    touched = readings.take_in(place.horizon, before, limit)
    today = local(clock.now()).date()
    if place.usual_on != today:
        place.usual, place.usual_on = readings.usual(today, limit), today
        ReadingDay.objects.filter(day__lt=today - KEPT).delete()
    place.horizon = before
    place.save()
    recent = {(user, day) for user, day in touched if day >= today - _ASKED_ABOUT}
    new = _ask(recent, place.usual, limit) if recent else 0
    return are_more, new


def _ask(touched: Iterable[readings.Place], usual: Mapping[str, Sequence[float]], limit: Limits) -> int:
    days: dict[UUID, list[date]] = defaultdict(list)
    for user, day in sorted(touched, key=lambda one: one[1]):
        days[user].append(day)
    first = min(day for some in days.values() for day in some) - timedelta(days=limit.back_days)
    rows, alerts = readings.of_people(days.keys(), first), readings.alerts_of(days.keys(), first)
    made: list[UnusualReading] = []
    for user, some in days.items():
        for day in some:
            made += _of_day(day, rows[user], alerts[user], usual, limit)
    _tell(made)
    return len(made)


def _of_day(
    day: date,
    rows: Sequence[ReadingDay],
    alerts: list[UnusualReading],
    usual: Mapping[str, Sequence[float]],
    limit: Limits,
) -> list[UnusualReading]:
    back = [row for row in rows if day - timedelta(days=limit.back_days) < row.day <= day]
    settled: dict[str, set[UUID]] = defaultdict(set)
    for one in alerts:
        if one.outcome:
            settled[one.kind].update(one.subject_ids)
    last = back[-1]
    found = findings(day, [readings.as_read(row) for row in back], readings.usual_in(usual, last.role), limit, settled)
    new = []
    for finding in found:
        about = _New(last, finding, [row for row in back if row.subject_id in finding.subjects])
        waiting = next((one for one in alerts if one.kind == finding.kind and not one.outcome), None)
        if waiting is None and last.agency_id is not None:
            waiting = _made(about, last.agency_id)
            alerts.append(waiting)
            new.append(waiting)
        elif waiting is not None:
            _added(waiting, about)
    return new


def _made(about: _New, agency_id: UUID) -> UnusualReading:
    now = clock.now()
    return UnusualReading(
        id=uuid7(),
        user_id=about.row.user_id,
        agency_id=agency_id,
        role=about.row.role,
        kind=about.finding.kind,
        subject_ids=sorted(about.finding.subjects),
        usual=about.finding.usual,
        first_at=min(row.first_at for row in about.rows),
        last_at=max(row.last_at for row in about.rows),
        found_at=now,
        review_due_at=due(ONE_WORKING_DAY, now),
    )


def _added(one: UnusualReading, about: _New) -> None:
    """More of the same, before anybody has decided: it is added, and nobody is told again."""
    subjects = sorted({*one.subject_ids, *about.finding.subjects})
    last_at = max(one.last_at, *(row.last_at for row in about.rows))
    is_more = (subjects, last_at) != (one.subject_ids, one.last_at)
    one.subject_ids, one.last_at = subjects, last_at
    if is_more and not one._state.adding:
        one.save(update_fields=["subject_ids", "last_at"])


def _tell(made: Sequence[UnusualReading]) -> None:
    if not made:
        return
    names = dict(User.objects.filter(pk__in={one.user_id for one in made}).values_list("id", "name"))
    agencies = Agency.objects.in_bulk({one.agency_id for one in made})
    for one in made:
        one.agency = agencies[one.agency_id]
        one.user_name, one.partnership_id = names[one.user_id], one.agency.partnership_id
    UnusualReading.objects.bulk_create(made)
    for one in made:
        fields = {"person": one.user_name, "agency": one.agency.name}
        notices = [Notice(whom, "unusual_found", fields, one.path, urgent=True) for whom in everybody_for(one)]
        tell_all(notices, event_id=None, root_id=None)
