"""The daily look, by the worker, for what must never be: somebody dropped, or an agency that could not decide."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import structlog
from django.db import connection

from backend.access.binding import acting_as_system
from backend.agencies.models import Partnership
from backend.agencies.roles import Role
from backend.core import clock
from backend.notifications.audience import AgencyRoles
from backend.notifications.commands import tell
from backend.notifications.schedule import register_job

JOB = "administration.check_promises"
_SLOW = timedelta(minutes=10)
# Each must find nothing. The tables forbid most of it; this asks them once more, in plain SQL.
_CHECKS: Mapping[str, str] = {
    "referrals without holder or next date": """SELECT count(*) FROM (SELECT 1 FROM referrals_referral
        WHERE ended_at IS NULL AND submitted_at IS NOT NULL
          AND (holder_id IS NULL OR next_due_at IS NULL) LIMIT 51) x""",
    "cases without lead, owner or next date": """SELECT count(*) FROM (SELECT 1 FROM cases_case
        WHERE state <> 'closed' AND (lead_agency_id IS NULL OR next_action_on IS NULL
          OR (state <> 'unallocated' AND lead_practitioner_id IS NULL)) LIMIT 51) x""",
    "cases in the hands of somebody who has left": """SELECT count(*) FROM (SELECT 1 FROM cases_case c
        WHERE c.state <> 'closed' AND c.lead_practitioner_id IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM agencies_membership m WHERE m.user_id = c.lead_practitioner_id
             AND m.agency_id = c.practitioner_agency_id AND m.ended_at IS NULL) LIMIT 51) x""",
    "tasks in the hands of somebody who has left": """SELECT count(*) FROM (SELECT 1 FROM cases_task t
        WHERE t.state = 'open' AND NOT EXISTS (SELECT 1 FROM agencies_membership m WHERE m.user_id = t.owner_id
             AND m.agency_id = t.owner_agency_id AND m.ended_at IS NULL) LIMIT 51) x""",
    "actions in the hands of somebody who has left": """SELECT count(*) FROM (SELECT 1 FROM cases_action a
        WHERE a.state = 'open' AND NOT EXISTS (SELECT 1 FROM agencies_membership m WHERE m.user_id = a.owner_id
             AND m.agency_id = a.owner_agency_id AND m.ended_at IS NULL) LIMIT 51) x""",
    "agencies that receive by duty with nobody to decide": """SELECT count(*) FROM agencies_agency a
        WHERE a.receives_by_duty AND a.ended_at IS NULL AND (
          SELECT count(DISTINCT m.role) FROM agencies_membership m
           WHERE m.agency_id = a.id AND m.ended_at IS NULL AND m.role IN ('triage_officer', 'manager')) < 2""",
    "critical moments that reached nobody": """SELECT count(*) FROM (SELECT 1 FROM moments_criticalmoment
        WHERE state = 'received' AND recorded_at < %(slow)s LIMIT 51) x""",
}
log = structlog.get_logger(__name__)


def register() -> None:
    """Register the check with the worker, before anybody comes to work."""
    register_job(JOB, cron="20 5 * * *", run=check_promises)


def check_promises() -> dict[str, int]:
    """Look for each, tell the front door's managers of what is there, and return it; best is nothing."""
    with acting_as_system(job=JOB):
        found = {what: count for what, count in _counted() if count}
        doors = Partnership.objects.filter(front_door__isnull=False).values_list("front_door_id", flat=True)
        for what, count in found.items():
            log.error("a promise is broken", what=what, count=count)
            for front_door_id in doors:
                _alert(front_door_id, what, count)
    return found


def _alert(front_door_id: UUID, what: str, count: int) -> None:
    tell(
        event_id=None,
        root_id=None,
        audience=AgencyRoles(front_door_id, (Role.MANAGER.value,)),
        message="promise_broken",
        fields={"label": what, "amount": str(count)},
        path="/attention",
        urgent=True,
    )


def _counted() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        counted = []
        for what, statement in _CHECKS.items():
            cursor.execute(statement, {"slow": clock.now() - _SLOW})
            counted.append((what, int(cursor.fetchone()[0])))
    return counted
