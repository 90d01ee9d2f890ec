"""Keeps the day on which each ended record becomes due: computes those that ended or changed, and no other."""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from backend.access.binding import acting_as_system
from backend.access.models import SameChild
from backend.agencies.models import Partnership
from backend.audit.models import Event
from backend.cases.models import Case
from backend.configuration.models import Version
from backend.deadlines.calendar import local
from backend.referrals.models import Referral
from backend.retention import rules
from backend.retention.models import Due
from backend.retention.queries import schedule

JOB = "retention.compute"
_AT_ONCE = 500
_COLUMNS = (
    *("child_id", "about_id", "agency_id", "reference", "path", "record", "starts_from", "ended_on", "starts_on"),
    *("due_on", "rule", "schedule", "record_version"),
)
_OPEN = """EXISTS (SELECT 1 FROM cases_case c WHERE c.state <> 'closed' AND c.child_id = ANY (app.same_records({0})))
  OR EXISTS (SELECT 1 FROM referrals_referral r WHERE r.submitted_at IS NOT NULL AND r.ended_at IS NULL
                AND r.child_id = ANY (app.same_records({0})))"""
_SUM_UP = """INSERT INTO retention_duechild (id, partnership_id, agency_ids, "references", due_on, schedule)
  SELECT about_id, min(partnership_id::text)::uuid, array_agg(DISTINCT agency_id),
         array_agg(reference ORDER BY ended_on, id),
         CASE WHEN bool_or(due_on IS NULL) THEN NULL ELSE max(due_on) END, max(schedule)
    FROM retention_due WHERE about_id = ANY (%s) GROUP BY about_id
  ON CONFLICT (id) DO UPDATE SET agency_ids = excluded.agency_ids, "references" = excluded."references",
    due_on = excluded.due_on, schedule = excluded.schedule"""
_FORGET_OPEN = f"DELETE FROM retention_duechild d WHERE {_OPEN.format('d.id')}"  # noqa: S608 - our own words
_FORGET_EMPTY = (
    "DELETE FROM retention_duechild d WHERE NOT EXISTS (SELECT 1 FROM retention_due w WHERE w.about_id = d.id)"
)


def compute_all() -> int:
    """Bring every day up to date; return how many records were computed. Each batch is a transaction of its own."""
    done = 0
    with acting_as_system(job=JOB):
        partnerships = list(Partnership.objects.values_list("id", flat=True))
    for partnership_id in partnerships:
        for kind in (rules.CASE, rules.REFERRAL):
            while found := _compute_some(partnership_id, kind):
                done += found
    with acting_as_system(job=JOB), connection.cursor() as cursor:
        _forget_what_goes_on()
        cursor.execute(_FORGET_OPEN)
        cursor.execute(_FORGET_EMPTY)
    return done


def _compute_some(partnership_id: UUID, kind: str) -> int:
    with acting_as_system(job=JOB):
        version = schedule(partnership_id)
        if version is None:
            return 0
        found = list(_stale(kind, version).order_by("id")[:_AT_ONCE])
        before = set(Due.objects.filter(id__in=[one.id for one in found]).values_list("about_id", flat=True))
        rows = [_row(kind, one, version) for one in found]
        Due.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=_COLUMNS)
        _sum_up(before | {row.about_id for row in rows})
    return len(rows)


def _stale(kind: str, version: Version) -> QuerySet[Any]:
    """Return ended records whose day was never computed, or from something else than there is now."""
    about = Coalesce(
        Subquery(SameChild.objects.filter(record_id=OuterRef("child_id")).values("stands_for_id")[:1]), "child_id"
    )
    fresh = Due.objects.filter(
        id=OuterRef("id"), record_version=OuterRef("version"), schedule=version.number, about_id=OuterRef("stands_for")
    )
    last = Event.objects.filter(root_id=OuterRef("id")).order_by("-at").values("at")[:1]
    ended = _ended(kind).filter(partnership_id=version.partnership_id)
    told = {"stands_for": about, "born_on": F("child__date_of_birth"), "last_at": Subquery(last)}
    stale: QuerySet[Any] = ended.annotate(**told).exclude(Exists(fresh))
    return stale


def _ended(kind: str) -> QuerySet[Any]:
    if kind == rules.CASE:
        return Case.objects.filter(state=Case.CLOSED)
    return Referral.objects.filter(ended_at__isnull=False, child__isnull=False)


def _row(kind: str, record: Any, version: Version) -> Due:
    is_case = kind == rules.CASE
    ended_on = local(record.closed_at if is_case else record.ended_at).date()
    found = rules.computed(
        version.entries,
        rules.Ended(
            kind=kind,
            outcome=record.closing_reason if is_case else record.state,
            on=ended_on,
            born=record.born_on,
            last_entry=local(record.last_at).date() if record.last_at else ended_on,
        ),
    )
    return Due(
        id=record.id,
        child_id=record.child_id,
        about_id=record.stands_for,
        partnership_id=record.partnership_id,
        agency_id=record.lead_agency_id if is_case else record.holder_id,
        reference=record.reference,
        path=f"/{kind}s/{record.id}",
        record=found.record,
        starts_from=found.starts_from,
        ended_on=ended_on,
        starts_on=found.starts_on,
        due_on=found.due_on,
        rule=found.rule,
        schedule=version.number,
        record_version=record.version,
    )


def _sum_up(children: Collection[UUID]) -> None:
    """Say of each child when the last of its records becomes due."""
    if children:
        with connection.cursor() as cursor:
            cursor.execute(_SUM_UP, [sorted(children)])


def _forget_what_goes_on() -> None:
    """A record that was opened again is not due on any day."""
    for open_again in _open_again():
        gone = Due.objects.filter(Exists(open_again))
        children = set(gone.values_list("about_id", flat=True))
        gone.delete()
        _sum_up(children)


def _open_again() -> Iterator[QuerySet[Any]]:
    yield Case.objects.filter(id=OuterRef("id")).exclude(state=Case.CLOSED)
    yield Referral.objects.filter(id=OuterRef("id"), ended_at__isnull=True)
